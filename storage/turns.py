"""How SQLite's writers on one machine take turns: one lock on a file, and a limit to the waiting.

Must not know the database. SQLite's busy handler sleeps and tries again, so that whoever just wrote is
likeliest to write next; the kernel's queue on a file is fair. But the kernel lets nobody wait for a while
only: so a thread of its own waits in the queue, and whoever sent it goes away when the time is over. The next
one who waits takes over the place in the queue that was given up.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import SurroundingsError
from storage.failures import BUSY


class _Place:
    """A place in the kernel's queue, kept by a thread that waits until it is called."""

    def __init__(self, lock: Path) -> None:
        self.lock = lock
        self.called = threading.Event()
        self._descriptor = _opened(lock)
        threading.Thread(target=self._wait, name="turn", daemon=True).start()

    def _wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with _GIVEN_UP_LOCK:
            self.called.set()
            unwanted = self in _GIVEN_UP
            if unwanted:
                _GIVEN_UP.remove(self)
        if unwanted:
            os.close(self._descriptor)

    def wait(self, seconds: float) -> int | None:
        """Give the locked file; None where the time is over."""
        try:
            self.called.wait(seconds)
        except BaseException:  # Ctrl-C while waiting must not leave a lock behind.
            descriptor = self._or_give_up()
            if descriptor is not None:
                os.close(descriptor)
            raise
        return self._or_give_up()

    def _or_give_up(self) -> int | None:
        with _GIVEN_UP_LOCK:
            if self.called.is_set():
                return self._descriptor
            _GIVEN_UP.append(self)
            return None


_GIVEN_UP: list[_Place] = []
_GIVEN_UP_LOCK = threading.Lock()


@contextmanager
def turn(lock: Path, seconds: float) -> Iterator[None]:
    """Wait for one's turn to write, among all processes of this machine.

    The lock ends with the process, however that ends; a process that is stopped keeps it.

    Args:
        lock: The file that is locked.
        seconds: How long to wait.

    Raises:
        SurroundingsError: ``database_busy``: somebody else had the turn for longer than that.
        OSError: The file cannot be made.
    """
    descriptor = _opened(lock)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        queued = _place(lock).wait(seconds)
        if queued is None:
            raise SurroundingsError(BUSY) from None
        descriptor = queued
    try:
        yield
    finally:
        os.close(descriptor)


def _place(lock: Path) -> _Place:
    """Give a place that was given up, which is further ahead, or else a new one."""
    with _GIVEN_UP_LOCK:
        for place in _GIVEN_UP:
            if place.lock == lock:
                _GIVEN_UP.remove(place)
                return place
    return _Place(lock)


def _opened(lock: Path) -> int:
    return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
