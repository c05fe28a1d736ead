"""What it takes to start: ``zhenggai --version`` beside Python importing the two libraries it stands on."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.figures import RUNS, Figures

DEFAULT = 15
"""How often each is started."""

_OURS = (str(Path(sys.executable).parent / "zhenggai"), "--version")
_FLOOR = (sys.executable, "-c", "import flask, sqlalchemy")


def run(backend: str, n: int) -> Figures:
    """Start each ``n`` times in turn, at least as often as any bench runs; no database is involved."""
    del backend
    _seconds(_OURS)
    _seconds(_FLOOR)
    pairs = [(_seconds(_OURS), _seconds(_FLOOR)) for _ in range(max(n, RUNS))]
    ours, floor = ([seconds * 1000 for seconds in side] for side in zip(*pairs, strict=True))
    return Figures(n, ours, floor, "milliseconds of processor time a start")


def _seconds(command: Sequence[str]) -> float:
    before = _of_children()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
