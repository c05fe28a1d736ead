"""Runs the stages of ``make test`` one after the other and tells how long each took.

A failed stage stops none of those behind it. What a stage examines is known to ``tests/__main__.py`` alone.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

from tests.support.surroundings import ROOT, SurroundingsError

# Far more than any stage needs; a stage that hangs must not take the whole run with it.
_AT_MOST: Final = 1200.0
_CLOSING: Final = re.compile(r"^=*\s*(?:\d+ \w+,? ?)+ in [\d.]+s.*$")
_COUNT: Final = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")


@dataclass(slots=True)
class Report:
    """What came of the stages so far.

    Attributes:
        lines: one per stage: its name, its seconds and whether it held.
        counts: tests by outcome, over all stages that ran pytest.
        held: whether every stage held.
    """

    lines: list[tuple[str, float, bool]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether every stage held."""
        return all(well for _, _, well in self.lines)

    def command(self, name: str, arguments: Sequence[str]) -> None:
        """Runs a command as a stage; it holds where the command ends with 0."""
        self.step(name, lambda: self._run(arguments))

    def step(self, name: str, work: Callable[[], bool]) -> None:
        """Runs a function as a stage; it holds where the function says so."""
        print(f"\n=== {name}", flush=True)
        began = time.monotonic()
        try:
            well = work()
        except SurroundingsError as error:
            print(error, flush=True)
            well = False
        self.lines.append((name, time.monotonic() - began, well))

    def show(self) -> None:
        """Prints the seconds of each stage, and the tests that were counted."""
        print("\n=== seconds of each stage")
        for name, seconds, well in self.lines:
            print(f"{name:<24}{seconds:>8.1f}  {'' if well else 'FAILED'}".rstrip())
        print(f"{'in all':<24}{sum(seconds for _, seconds, _ in self.lines):>8.1f}")
        passed, skipped = self.counts.get("passed", 0), self.counts.get("skipped", 0)
        failed = sum(self.counts.values()) - passed - skipped
        print(f"tests: {passed} passed, {failed} failed, {skipped} skipped", flush=True)

    def _run(self, arguments: Sequence[str]) -> bool:
        print("$", *arguments, flush=True)
        process = subprocess.Popen(
            arguments,
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            # A group of its own, so that what hangs goes with everything it started.
            start_new_session=True,
        )
        patience = threading.Timer(_AT_MOST, _end, [process])
        patience.start()
        with process:
            try:
                if process.stdout is not None:
                    self._count(_echoed(process.stdout))
                return process.wait() == 0
            finally:
                patience.cancel()
                _end(process)

    def _count(self, lines: Iterator[str]) -> None:
        for line in lines:
            if _CLOSING.match(line):
                for number, outcome in _COUNT.findall(line):
                    self.counts[outcome] = self.counts.get(outcome, 0) + int(number)


def _echoed(output: IO[str]) -> Iterator[str]:
    for line in output:
        print(line, end="", flush=True)
        yield line.rstrip("\n")


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
