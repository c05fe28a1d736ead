"""What storage hands over about a task, and what it is asked to write: plain frozen records.

The case is gathered under the task's lock; the change is everything one command brings about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.audit import AuditDraft
from engine.decision import Decision
from engine.facts import LatestChange, OpenProposal
from workflows.deadlines.records import Outcome, Pause
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, TaskKind, Verdict


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task's own row with what its plan adds."""

    task: int
    organisation: int
    plan: int
    number: int
    state: str
    version: int
    round: int
    kind: TaskKind
    due_on: date | None
    original_due_on: date | None
    review_on: date
    acknowledged: bool
    suspended_from: str | None
    latest: LatestChange


@dataclass(frozen=True, slots=True)
class Part:
    """A measure or criterion: its identifier, its number in the task, and a criterion's target."""

    identifier: int
    number: int
    target: int | None = None


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report that was filed."""

    report: int
    kind: ReportKind
    round: int
    received: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """The newest clock of a kind, running, held or stopped.

    Attributes:
        deadline: Its identifier.
        kind: Its kind.
        visit: How many times this kind has been started for the task.
        due_on: The day it is due.
        original_due_on: The day it was first due.
        state: ``running``, ``held`` or ``stopped``.
        held_at: Since when it is held.
    """

    deadline: int
    kind: DeadlineKind
    visit: int
    due_on: date
    original_due_on: date
    state: str
    held_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it runs or is held."""
        return self.state != "stopped"


@dataclass(frozen=True, slots=True)
class PositionRecord:
    """A position somebody with an enabled account holds today."""

    person: int
    department: int
    role: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a decision about one task rests on, as it stands in this unit of work.

    Attributes:
        task: The task.
        definition_text: The definition it runs on.
        measures: Its measures.
        criteria: Its criteria.
        reports: Its reports of all rounds.
        clocks: Its newest clock of each kind.
        lead_departments: Its lead departments.
        supporting_departments: The supporting departments that the plan names singly.
        leaders: Its responsible leaders.
        positions: The positions in its lead and supporting departments, and of the offices.
        submitters: Everybody who handed in evidence for it.
        milestones: The plan's days by kind (``mid_term_report``, ``year_end_report``).
        settings: The organisation's settings.
        proposal: Its open proposal.
    """

    task: TaskRecord
    definition_text: str
    measures: tuple[Part, ...]
    criteria: tuple[Part, ...]
    reports: tuple[ReportRecord, ...]
    clocks: tuple[ClockRecord, ...]
    lead_departments: tuple[int, ...]
    supporting_departments: tuple[int, ...]
    leaders: tuple[int, ...]
    positions: tuple[PositionRecord, ...]
    submitters: frozenset[int]
    milestones: Mapping[str, date] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    proposal: OpenProposal | None = None


@dataclass(frozen=True, slots=True)
class ClockStarted:
    """A clock begins: ``next_at`` is the moment of its first rung."""

    kind: DeadlineKind
    visit: int
    due_on: date
    original_due_on: date
    next_at: datetime | None


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


ClockChange = ClockStarted | ClockStopped | ClockHeld | ClockResumed | ClockRested


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
    """

    decision: Decision
    task: TaskPatch
    clocks: tuple[ClockChange, ...]
    consequences: tuple[Consequence, ...]
    notices: tuple[NoticeDraft, ...]
    audit: AuditDraft


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
