"""The one form in which every bench prints what it found."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trials.court.machine import machine

RUNS = 5
"""How often everything is measured; the median counts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bench found.

    Attributes:
        n: What was asked for with ``--n``.
        ours: What each run of the product took, in ``unit``.
        floor: What each run of the bare statements took.
        unit: What is counted.
        more: Further figures of the same runs.
        sound: Whether what the bench proves beside its figures held.
    """

    n: int
    ours: Sequence[float]
    floor: Sequence[float]
    unit: str
    more: Mapping[str, object] = field(default_factory=dict)
    sound: bool = True

    def record(self, name: str, backend: str) -> dict[str, object]:
        """Give the JSON object that is printed; ``ours`` and ``floor`` are medians."""
        ours, floor = statistics.median(self.ours), statistics.median(self.floor)
        return {
            "name": name,
            "backend": backend,
            "n": self.n,
            "ours": round(ours, 4),
            "floor": round(floor, 4),
            "ratio": round(ours / floor, 3),
            "unit": self.unit,
            "runs": len(self.ours),
            **self.more,
            "machine": machine(),
        }
