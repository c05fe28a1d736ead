"""A due deadline or a position as the sweep finds it, and what it writes about a deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.audit import AuditDraft
from workflows.deadlines.records import Outcome, Pause
from workflows.rectification.records.case import Case
from workflows.rectification.records.change import NoticeDraft
from workflows.rectification.vocabulary import DeadlineKind


@dataclass(frozen=True, slots=True)
class DueDeadline:
    """A deadline whose next rung has come, with its task.

    Attributes:
        deadline: Its identifier.
        kind: Its kind.
        visit: How many times this kind has been started for the task.
        version: Which due day of this visit it is.
        due_on: The legal day.
        started_at: When it began.
        recorded: Rungs already recorded for this version and visit.
        pauses: Spans in which its rungs rest.
        objective: The task's objective, for the notices.
        case: The task.
    """

    deadline: int
    kind: DeadlineKind
    visit: int
    version: int
    due_on: date
    started_at: datetime
    recorded: frozenset[str]
    pauses: tuple[Pause, ...]
    objective: str
    case: Case


@dataclass(frozen=True, slots=True)
class RungRecorded:
    """A rung that was reached, and what became of it."""

    rung: str
    planned_on: date
    due_at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SweepChange:
    """Everything a sweep writes about one deadline; ``to_dos`` are pairs of rung and kind."""

    deadline: int
    rungs: tuple[RungRecorded, ...]
    notices: tuple[NoticeDraft, ...]
    to_dos: tuple[tuple[str, str], ...]
    next_at: datetime | None
    audit: AuditDraft | None


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """A position that began, ended or was changed by hand since it was last looked at."""

    position: int
    organisation: int
    person: int
