"""A case that one requirement of one transition alone refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.bundle import Entry
from workflows.rectification.vocabulary import Role, State

PAST = date(2026, 5, 31)


@dataclass(frozen=True, slots=True)
class Case:
    """A proposal that one requirement alone refuses.

    Attributes:
        needs: The guard, evidence kind or relation that refuses it.
        trigger: What is proposed.
        state: Where the task stands.
        code: Why it is refused.
        values: What the reason says.
        facts: How the task differs from one that nothing stands against.
        said: How the bundle differs from one with nothing missing.
        role: Who proposes.
        round: In which round.
    """

    needs: str
    trigger: str
    state: State
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)
    role: Role = Role.HANDLER
    round: int = 1


def entries(*entries: tuple[str, Mapping[str, str]]) -> tuple[Entry, ...]:
    return tuple(Entry(about, tuple(values.items())) for about, values in entries)
