"""The ladders of all kinds of deadlines, and what the settings change in them.

Must not know how they are written down, when a rung fires, or who the people are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from workflows.deadlines.records import Rung
from workflows.rectification.vocabulary import DeadlineKind

INSPECTOR_BY_ITSELF = "inspector_by_itself"
"""The setting with which the inspector is told without the performance office deciding; off by default."""

SWITCHES = frozenset({INSPECTOR_BY_ITSELF})
"""Every setting that a ladder may name."""


@dataclass(frozen=True)
class Ladders:
    """The rungs of every kind of deadline, in the order in which they fire.

    Attributes:
        by_kind: For every kind its rungs.
        resting: The kinds whose rungs rest while the task is suspended.
    """

    by_kind: Mapping[DeadlineKind, tuple[Rung, ...]]
    resting: frozenset[DeadlineKind]

    def rungs(self, kind: DeadlineKind) -> tuple[Rung, ...]:
        """Give the rungs of a kind."""
        return self.by_kind[kind]

    def with_switches(self, switches: Collection[str]) -> Ladders:
        """Give the ladders as the settings want them.

        The people behind each setting in ``switches`` join their rung, and a rung that tells nobody is left
        out. The same settings give the same ladders again.
        """
        chosen = frozenset(switches)
        found = self._switched_before.get(chosen)
        if found is None:
            by_kind = {kind: _switched(rungs, chosen) for kind, rungs in self.by_kind.items()}
            found = self._switched_before[chosen] = Ladders(by_kind, self.resting)
        return found

    @cached_property
    def _switched_before(self) -> dict[frozenset[str], Ladders]:
        return {}


def _switched(rungs: tuple[Rung, ...], switches: Collection[str]) -> tuple[Rung, ...]:
    joined = (
        replace(
            rung,
            recipients=rung.recipients + tuple(who for who, switch in rung.switched if switch in switches),
            switched=(),
        )
        for rung in rungs
    )
    return tuple(rung for rung in joined if rung.recipients)
