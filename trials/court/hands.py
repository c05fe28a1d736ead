"""Processes of our own: forked, heard, killed.

Only a process without threads and without open databases may fork; whoever calls sees to that.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Child:
    """A process that was forked."""

    number: int

    def kill(self) -> None:
        """End it at once, wherever it is."""
        self.tell(signal.SIGKILL)
        self.wait()

    def tell(self, what: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.number, what)

    def wait(self) -> int:
        """Wait for its end and give its exit status; negative where a signal ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])

    def wait_at_most(self, seconds: float) -> int | None:
        """Wait for its end; None where it does not end in time."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            number, status = os.waitpid(self.number, os.WNOHANG)
            if number:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.005)
        return None


def fork(work: Callable[[], None]) -> Child:
    """Let another process do some work; it ends with 0 where that ended well."""
    number = os.fork()
    if number:
        return Child(number)
    status = 1
    try:
        work()
        status = 0
    except BaseException:  # noqa: BLE001  # Nothing of the parent's may run in the child.
        traceback.print_exc()
    finally:
        os._exit(status)
