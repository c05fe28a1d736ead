"""What confirming a plan hands to storage and gets from it: the directory, drafts, and a plan to be created.

Frozen data alone. Must not know how a document is read, how pages look, or SQL. Where a record names what
gets its number only when it is stored, the text ``{new}`` stands for that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from engine.audit import AuditDraft
from workflows.rectification.records import ClockStarted, NoticeDraft
from workflows.rectification.vocabulary import DeadlineKind, TaskKind

NEW = "{new}"
"""Stands for the number that storage gives to what is being created."""


class DepartmentPart(StrEnum):
    """What a name in a task's list of departments is."""

    LEAD = "lead"
    """A lead department (牵头部门)."""
    SUPPORTING = "supporting"
    """A supporting department that the plan names singly (配合部门)."""
    GROUP = "group"
    """A name such as 各审判业务部门: kept as written, refers to no department, gives no seat."""


class MilestoneKind(StrEnum):
    """What everybody has to have done by a milestone, as a plan says it and as it is kept."""

    MID_TERM_REPORT = "mid_term_report"
    """The report in the middle of the year (中期进度报送)."""
    YEAR_END_REPORT = "year_end_report"
    """The report on the whole year (全年情况报送)."""
    SURVEY = "survey"
    """An outside body asks how satisfied people are, or accepts the work (满意度测评)."""
    OTHER = "other"
    """Anything else; a person decides what it means (其他节点)."""


class DraftState(StrEnum):
    """Where the import of a document stands."""

    OPEN = "open"
    """Read, waiting for a person."""
    CONFIRMED = "confirmed"
    """Its tasks were created."""
    DISCARDED = "discarded"
    """A person put it aside."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds in a department today."""

    role: str
    department: int


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """A department of the directory."""

    department: int
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person of the directory; ``active`` is false where the account was disabled."""

    person: int
    name: str
    posts: tuple[Post, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Directory:
    """Departments in the organisation's own order, and people with the posts they hold today."""

    departments: tuple[DepartmentEntry, ...]
    people: tuple[PersonEntry, ...]


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A document that was read.

    Attributes:
        draft: Its identifier.
        source_digest: SHA-256 of the file, which is kept.
        source_name: The file's cleaned name.
        reading: What was read, as JSON text; see ``workflows.plans.keeping``.
        corrections: Fields that a person changed, by name.
        version: Counts savings.
        state: Where it stands.
        plan: The plan that came of it.
        created_by: Who handed it in; None for a command.
        created_at: When.
    """

    draft: int
    source_digest: str
    source_name: str
    reading: str
    corrections: Mapping[str, str]
    version: int
    state: DraftState
    plan: int | None
    created_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A document that was just read."""

    source_digest: str
    source_name: str
    reading: str
    audit: AuditDraft


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """The same file, handed in before: a plan that came of it, or an import that still waits."""

    draft: int | None
    plan: int | None
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """The definition that new tasks run on."""

    name: str
    version: int
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A date for everybody."""

    kind: MilestoneKind
    due_on: date
    what: str


@dataclass(frozen=True, slots=True)
class NewDepartment:
    """A department of a task, in the plan's order; a group refers to none."""

    name: str
    part: DepartmentPart
    department: int | None


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """A criterion; ``measure`` is the number of the measure that serves as it."""

    text: str
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class TaskContent:
    """A task in the plan's own words, with everything a person had to supply.

    Attributes:
        number: Its number in the plan, from 1.
        section: The heading it stands under.
        problem: The problem it answers.
        objective: What is to be reached.
        remark: A remark of the plan.
        kind: How its day is given.
        also_ongoing: Whether the plan adds 长期坚持 to a day.
        deadline_text: The plan's own words for the day.
        due_on: The day; None for immediate and ongoing tasks.
        departments: Lead departments first.
        leaders: The responsible leaders.
        measures: In the plan's order.
        criteria: In the plan's order; measures taken over come last.
    """

    number: int
    section: str
    problem: str
    objective: str
    remark: str
    kind: TaskKind
    also_ongoing: bool
    deadline_text: str
    due_on: date | None
    departments: tuple[NewDepartment, ...]
    leaders: tuple[int, ...]
    measures: tuple[str, ...]
    criteria: tuple[NewCriterion, ...]


@dataclass(frozen=True, slots=True)
class PlanContent:
    """A plan as a person confirmed it; ``review_on`` is the plan year's last day."""

    title: str
    document_number: str
    issued_on: date | None
    basis: str
    approved_by: str
    year: int
    review_on: date
    milestones: tuple[NewMilestone, ...]
    tasks: tuple[TaskContent, ...]


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be created with everything that comes into being with it.

    Attributes:
        content: The task itself.
        state: The state it begins in.
        clocks: The clocks that start with it.
        next_due_on: The day of the clock that runs out first.
        next_kind: That clock's kind.
        notices: Who is told; the cause and the audit entry's stream name the task as ``{new}``.
        audit: The first entry of its record.
    """

    content: TaskContent
    state: str
    clocks: tuple[ClockStarted, ...]
    next_due_on: date | None
    next_kind: DeadlineKind | None
    notices: tuple[NoticeDraft, ...]
    audit: AuditDraft


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be created with its tasks, all or nothing."""

    content: PlanContent
    source_digest: str
    source_name: str
    definition: DefinitionText
    tasks: tuple[NewTask, ...]
    audit: AuditDraft


@dataclass(frozen=True, slots=True)
class Created:
    """What creating a plan came to."""

    plan: int
    tasks: tuple[int, ...]
