"""How a long-running command is told to end: by Ctrl-C or by a service manager, and both mean the same."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ends_like_ctrl_c() -> Iterator[None]:
    """Let SIGTERM raise KeyboardInterrupt in the main thread, as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def told_to_end() -> Iterator[Callable[[], None]]:
    """Hold both signals back and give what waits for the first of them; from then on they act as before.

    An exception that a signal raises is lost where it happens to fall into the collection of garbage, and the
    process would go on for ever; a signal that is waited for cannot be lost. One that the process was started
    to ignore stays ignored.
    """
    ends = {s for s in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(s) is not signal.SIG_IGN}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)

    def wait() -> None:
        signal.sigwait(ends)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    try:
        yield wait
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
