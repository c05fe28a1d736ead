"""What storage hands over about a task, gathered under the task's lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.facts import LatestChange, OpenProposal
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, TaskKind


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task's own row with what its plan adds; how often and by how many days it was extended."""

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
    extensions: int = 0
    extended_days: int = 0


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
class ExtensionRecord:
    """An extension of the task, counted from 1.

    Attributes:
        number: Its number among the task's.
        state: Where it stands.
        version: Its steps so far plus one.
        definition_text: The definition it runs on.
    """

    number: int
    state: str
    version: int
    definition_text: str


@dataclass(frozen=True, slots=True)
class PositionRecord:
    """A position that somebody holds, or held since the task was created."""

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
        positions: The positions in its lead and supporting departments, of the offices, and those in which
            its responsible leaders are in charge of a department.
        submitters: Everybody who handed in evidence for it, in whatever round.
        milestones: The plan's days by kind (``mid_term_report``, ``year_end_report``).
        settings: The organisation's settings.
        evidence: Identifiers of everything that was handed in for it.
        delegations: For each principal those who may sign for them on this task at this moment.
        proposal: Its open proposal.
        extensions: Its extensions, the oldest first.
        extension_proposal: The open proposal of the extension that is asked for.
        extension_text: The newest published definition of extensions; None where none was published.
        former: The positions in its departments that ended since the task was created, or whose holder has
            no account any more: whoever left goes on to be too near to judge.
        former_lead_departments: Departments that led it before a change.
        former_supporting_departments: Departments that supported it before a change.
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
    evidence: frozenset[int] = frozenset()
    delegations: Mapping[int, frozenset[int]] = field(default_factory=dict)
    proposal: OpenProposal | None = None
    extensions: tuple[ExtensionRecord, ...] = ()
    extension_proposal: OpenProposal | None = None
    extension_text: str | None = None
    former: tuple[PositionRecord, ...] = ()
    former_lead_departments: tuple[int, ...] = ()
    former_supporting_departments: tuple[int, ...] = ()
