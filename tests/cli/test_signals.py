"""A process that is told to end hears of it, wherever it was when it was told."""

from __future__ import annotations

import signal
import threading

import pytest

from cli.signals import told_to_end

ENDS = [signal.SIGINT, signal.SIGTERM]


class _Garbage:
    """Tells the process to end while it is being collected."""

    def __init__(self, told: signal.Signals) -> None:
        self.told = told

    def __del__(self) -> None:
        signal.pthread_kill(threading.get_ident(), self.told)
        # Python hands a signal on at the next line of the program, which is still within the collection.
        len(str(self.told))


@pytest.mark.parametrize("told", ENDS)
def test_being_told_in_the_middle_of_a_collection_is_heard(told: signal.Signals) -> None:
    with told_to_end() as wait:
        garbage = _Garbage(told)
        del garbage
        wait()


@pytest.mark.parametrize("told", ENDS)
def test_being_told_once_more_ends_at_once_what_takes_long(told: signal.Signals) -> None:
    heard = threading.Event()
    before = signal.signal(told, lambda *_: heard.set())
    try:
        with told_to_end() as wait:
            signal.pthread_kill(threading.get_ident(), told)
            wait()
            assert not heard.is_set()
            signal.pthread_kill(threading.get_ident(), told)
            assert heard.wait(10)
    finally:
        signal.signal(told, before)


def test_a_signal_that_the_process_was_started_to_ignore_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with told_to_end() as wait:
            signal.pthread_kill(threading.get_ident(), signal.SIGINT)
            assert signal.sigpending() == set()
            signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
            wait()
    finally:
        signal.signal(signal.SIGINT, before)
