"""What storage is asked to write: everything that one command brings about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.audit import AuditDraft
from engine.decision import Decision
from engine.definition import Definition
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, Verdict


@dataclass(frozen=True, slots=True)
class ClockStarted:
    """A clock begins: ``next_at`` is the moment of its first rung; ``held`` says that it stands at once."""

    kind: DeadlineKind
    visit: int
    due_on: date
    original_due_on: date
    next_at: datetime | None
    held: bool = False


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """A clock ends; ``met_on`` is the day that counts."""

    deadline: int
    met_on: date
    waited_days: int


@dataclass(frozen=True, slots=True)
class ClockHeld:
    """A clock stands: the department has done its part."""

    deadline: int


@dataclass(frozen=True, slots=True)
class ClockResumed:
    """A held clock runs on."""

    deadline: int
    waited_days: int


@dataclass(frozen=True, slots=True)
class ClockRested:
    """The reminders of a running clock rest while the task is suspended, or no longer do."""

    deadline: int
    resting: bool


@dataclass(frozen=True, slots=True)
class ClockExtended:
    """A running or held clock gets a new day: the next version of it, with a ladder of its own."""

    deadline: int
    due_on: date
    next_at: datetime | None


ClockChange = ClockStarted | ClockStopped | ClockHeld | ClockResumed | ClockRested | ClockExtended


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """A report is filed, by a report of its own or by a completion that counts as it."""

    kind: ReportKind
    by_completion: bool
    while_suspended: bool
    due_on: date | None
    reported_on: date


@dataclass(frozen=True, slots=True)
class ReportReceived:
    """The performance office has taken a report; storage gives it the next receipt number of ``year``."""

    report: int
    year: int


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """The performance office wants a report again, by a new day."""

    report: int
    reason: str
    new_due_on: date


@dataclass(frozen=True, slots=True)
class CriterionJudged:
    """A criterion was judged by the department or by the verifier."""

    criterion: int
    given_by: str
    verdict: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class ProgressNoted:
    """The latest words about a measure."""

    measure: int
    first_on: date | None
    last_on: date | None
    progress: str
    problems: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Published:
    """The public was told; the same text at the same place is one publication for many tasks."""

    digest: str
    text: str
    address: str | None
    scan_digest: str | None


Consequence = ReportFiled | ReportReceived | ReportReturned | CriterionJudged | ProgressNoted | Published


@dataclass(frozen=True, slots=True)
class TaskPatch:
    """The task's row after the command."""

    state: str
    version: int
    round: int
    due_on: date | None
    suspended_from: str | None
    acknowledged: bool
    next_due_on: date | None
    next_kind: DeadlineKind | None
    extensions: int = 0
    extended_days: int = 0


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """What is asked for: from which day to which, why, and whether the day had passed by then."""

    due_on: date
    new_due_on: date
    category: str
    late: bool


@dataclass(frozen=True, slots=True)
class ExtensionPatch:
    """An extension's row after a command about it.

    Attributes:
        number: Which of the task's extensions.
        state: Where it stands.
        version: Its version.
        ended: Whether it is decided.
        asked: Its days, category and lateness, where it was now asked for or revised.
        definition: The definition it runs on.
    """

    number: int
    state: str
    version: int
    ended: bool
    asked: ExtensionAsked | None
    definition: Definition


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """Somebody is to be told. ``cause`` with the person is unique, so nobody is told twice."""

    person: int
    kind: str
    cause: str
    urgent: bool
    params: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Everything one command brings about: storage writes all of it or none.

    Attributes:
        decision: What the engine decided.
        task: The task's row afterwards.
        clocks: What happens to its clocks.
        consequences: What the step leaves behind.
        notices: Who is told. A cause ends in ``{proposal}`` or ``{version}`` already filled in, except for a
            proposal that is only now being opened: there storage puts the new number in place of ``{new}``.
        audit: The entry of the record of operations.
        extension: The row of the task's extension, where the command is about that.
    """

    decision: Decision
    task: TaskPatch
    clocks: tuple[ClockChange, ...]
    consequences: tuple[Consequence, ...]
    notices: tuple[NoticeDraft, ...]
    audit: AuditDraft
    extension: ExtensionPatch | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command came to.

    Attributes:
        task: The task.
        proposal: The proposal it was about; None for a move that happened at once.
        state: The task's state afterwards.
        version: Its version afterwards.
        moved: Whether a step happened.
        repeated: Whether this is the answer to an earlier request with the same key.
    """

    task: int
    proposal: int | None
    state: str
    version: int
    moved: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an idempotency key was used for before."""

    digest: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the record as it was written, with the words that are kept beside it."""

    body: Mapping[str, Any]
    words: Mapping[str, str]
