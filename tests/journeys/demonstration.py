"""A demonstration as a process of its own, started as anybody starts it.

It knows the command and what it prints, and no page.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cli.demo.court import PASSWORD
from tests.support.surroundings import ROOT

_LAST_NOTE: Final = "Ctrl-C"
_PATIENCE: Final = 120


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A demonstration that runs.

    Attributes:
        address: What its pages' addresses begin with.
        folder: Where its data lies.
        logins: One login for each role, in the order in which they are printed.
        password: The password of everybody.
    """

    address: str
    folder: Path
    logins: tuple[str, ...]
    password: str = PASSWORD


@contextmanager
def demonstration(folder: Path) -> Iterator[Demonstration]:
    """Make a fresh demonstration and run it until it is no longer needed.

    Args:
        folder: An empty folder, or one that is not there yet.

    Raises:
        AssertionError: It did not start, or did not end as it should; says what it printed.
    """
    command = (sys.executable, "-m", "cli", "demo", "--fresh", "--port", "0", "--data-dir", str(folder))
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "LC_ALL": "zh_CN.UTF-8"}
    greeting, notes = (folder.parent / f"{folder.name}.{name}" for name in ("greeting", "notes"))
    with greeting.open("wb") as out, notes.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=log)
        try:
            _wait(process, notes)
            yield _found(folder, greeting.read_text(encoding="utf-8"))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=_PATIENCE)
    said = notes.read_text(encoding="utf-8")
    assert (process.returncode, "Traceback" in said) == (0, False), said


def _wait(process: subprocess.Popen[bytes], notes: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while _LAST_NOTE not in (said := notes.read_text(encoding="utf-8")):
        assert process.poll() is None, f"it ended before it was ready: {said}"
        assert time.monotonic() < until, f"it is not ready after {_PATIENCE} s: {said}"
        time.sleep(0.1)


def _found(folder: Path, greeting: str) -> Demonstration:
    address = re.search(r"http://\S+", greeting)
    assert address is not None, greeting
    logins = re.findall(r"^\S+ +([a-z]+) ", greeting, re.MULTILINE)
    return Demonstration(address[0], folder, tuple(logins))
