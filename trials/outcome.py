"""The one form in which every trial says what came of it, and the place where full runs are kept."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.surroundings import ROOT

RESULTS = ROOT / "trials" / "results"
"""Where the figures of full runs are kept, each with the commit it belongs to."""

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Tooth:
    """A fault that was planted in the same run.

    Attributes:
        fault: What was broken.
        caught: Whether the trial noticed; where it did not, the trial proves nothing.
        after: How many tries it took.
    """

    fault: str
    caught: bool
    after: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial.

    Attributes:
        n: How often it was tried.
        counts: What happened meanwhile.
        faults: What did not hold, in words.
        tooth: The planted fault.
    """

    n: int
    counts: Mapping[str, int]
    faults: Sequence[str]
    tooth: Tooth
    teeth: Sequence[Tooth] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether all held, and every planted fault was caught."""
        return not self.faults and all(tooth.caught for tooth in (self.tooth, *self.teeth))

    def record(self, name: str, backend: str, seed: int, seconds: float) -> dict[str, object]:
        """Give the JSON object that is printed."""
        return {
            "name": name,
            "backend": backend,
            "n": self.n,
            "seed": seed,
            "passed": self.passed,
            "counts": dict(self.counts),
            "tooth": _planted((self.tooth, *self.teeth)),
            "faults": list(self.faults[:_SHOWN]),
            "seconds": round(seconds, 1),
        }


def _planted(teeth: Sequence[Tooth]) -> dict[str, object]:
    return {
        "fault": "; ".join(tooth.fault for tooth in teeth),
        "caught": all(tooth.caught for tooth in teeth),
        "after": sum(tooth.after for tooth in teeth),
    }


def keep(record: Mapping[str, object], machine: str) -> Path:
    """Write a record into the repository with the commit it belongs to, and give its place."""
    kept = {**record, "machine": machine, "commit": _commit()}
    path = RESULTS / f"{record['name']}-{record['backend']}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
