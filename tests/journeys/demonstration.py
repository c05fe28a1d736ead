"""A demonstration as a process of its own, started as anybody starts it.

It knows the command and what it prints, and no page.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cli.demo.court import PASSWORD
from tests.support.surroundings import ROOT

_LAST_LINE: Final = "替补"
_PATIENCE: Final = 60


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
    with (folder.parent / f"{folder.name}.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            yield _found(folder, _greeting(process, log.name))
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=_PATIENCE)
        log.seek(0)
        assert (process.returncode, "Traceback" in (said := log.read())) == (0, False), said


def _greeting(process: subprocess.Popen[str], log: str) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if line.startswith(_LAST_LINE):
            return said
    raise AssertionError(f"it ended before it was ready: {said}{Path(log).read_text(encoding='utf-8')}")


def _found(folder: Path, greeting: str) -> Demonstration:
    address = re.search(r"http://\S+", greeting)
    assert address is not None, greeting
    logins = re.findall(r"^\S+ +([a-z]+) ", greeting, re.MULTILINE)
    return Demonstration(address[0], folder, tuple(logins))
