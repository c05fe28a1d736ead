"""How far a task is, as a handler's first screen needs to know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure by its number: when it is to be carried out, and whether anything was said of it."""

    number: int
    first_on: date | None
    last_on: date | None
    reported: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open proposal: the move, in which capacity it waits to be signed, and by whom."""

    trigger: str
    role: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a task is.

    Attributes:
        task: Its identifier.
        state: Where it stands.
        kind: How its day is given.
        acknowledged: Whether the department has acknowledged it.
        measures: Its measures.
        criteria: Its criteria as identifier and number.
        proven: Identifiers of the criteria for which evidence was handed in during this round.
        waiting: Its open proposal.
        begun: The moves for which the reader has begun a form.
    """

    task: int
    state: str
    kind: str
    acknowledged: bool
    measures: tuple[MeasureState, ...] = ()
    criteria: tuple[tuple[int, int], ...] = ()
    proven: frozenset[int] = field(default_factory=frozenset)
    waiting: Waiting | None = None
    begun: frozenset[str] = field(default_factory=frozenset)
