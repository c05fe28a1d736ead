"""How a task comes into being: the state it begins in, the clocks that start, who is told, what is recorded.

Pure code over what a person confirmed. Must not know documents, pages or SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.audit import AuditDraft
from engine.definition import Clock, Definition
from engine.facts import LatestChange
from workflows.notices.records import NoticeKind
from workflows.plans.records import (
    NEW,
    DefinitionText,
    DepartmentPart,
    Directory,
    NewPlan,
    NewTask,
    PlanContent,
    TaskContent,
)
from workflows.rectification.clocks import Clocks
from workflows.rectification.definition import compiled
from workflows.rectification.records import Case, ClockStarted, NoticeDraft, TaskRecord
from workflows.rectification.service import Rules
from workflows.rectification.vocabulary import DeadlineKind, Role

ASSIGNED_TO = (Role.HANDLER, Role.DEPARTMENT_HEAD)
"""Who in a lead department is told that a task was assigned to it."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What creating rests on besides the plan.

    Attributes:
        definition_text: The definition the tasks run on.
        directory: Departments and people as they stand today.
        settings: The organisation's settings.
        rules: Calendar and ladders.
    """

    definition_text: str
    directory: Directory
    settings: Mapping[str, str]
    rules: Rules


def create(
    plan: PlanContent,
    source: tuple[str, str],
    grounds: Grounds,
    organisation: int,
    creator: int | None,
    now: datetime,
) -> NewPlan:
    """Give everything that comes into being with a confirmed plan.

    Args:
        plan: The plan.
        source: The SHA-256 and the name of the file it came from.
        grounds: Definition, directory, settings, calendar and ladders.
        organisation: Whose plan it is.
        creator: Who confirmed it; not told what they did themselves.
        now: The moment of creation.

    Raises:
        ZhenggaiError: A day limit of the settings is out of range, or a task lacks the day its kind needs.
    """
    definition = compiled(grounds.definition_text).definition
    digest, name = source
    return NewPlan(
        content=plan,
        source_digest=digest,
        source_name=name,
        definition=DefinitionText(
            definition.name, definition.version, definition.digest, grounds.definition_text
        ),
        tasks=tuple(
            _task(task, plan, definition, grounds, organisation, creator, now) for task in plan.tasks
        ),
        audit=_plan_entry(plan, digest, definition),
    )


def _task(
    task: TaskContent,
    plan: PlanContent,
    definition: Definition,
    grounds: Grounds,
    organisation: int,
    creator: int | None,
    now: datetime,
) -> NewTask:
    case = _case(task, plan, definition, grounds, organisation, creator, now)
    clocks = Clocks(case, grounds.rules.timetable, grounds.rules.ladders, now)
    for kind in definition.started_by(Clock.CREATED):
        clocks.start(DeadlineKind(kind), None)
    started = tuple(change for change in clocks.changes if isinstance(change, ClockStarted))
    following = clocks.next_due()
    return NewTask(
        content=task,
        state=definition.initial,
        clocks=started,
        next_due_on=following[0] if following else None,
        next_kind=following[1] if following else None,
        notices=_notices(task, started, grounds.directory, creator),
        audit=_task_entry(task, started, definition),
    )


def _case(
    task: TaskContent,
    plan: PlanContent,
    definition: Definition,
    grounds: Grounds,
    organisation: int,
    creator: int | None,
    now: datetime,
) -> Case:
    """Give the task as the clocks need to see it; what has no number yet has 0."""
    return Case(
        task=_record(task, plan, definition, organisation, LatestChange(creator, now, "create")),
        definition_text=grounds.definition_text,
        measures=(),
        criteria=(),
        reports=(),
        clocks=(),
        lead_departments=_leading(task),
        supporting_departments=(),
        leaders=task.leaders,
        positions=(),
        submitters=frozenset(),
        milestones={milestone.kind: milestone.due_on for milestone in plan.milestones},
        settings=grounds.settings,
    )


def _record(
    task: TaskContent, plan: PlanContent, definition: Definition, organisation: int, latest: LatestChange
) -> TaskRecord:
    return TaskRecord(
        task=0,
        organisation=organisation,
        plan=0,
        number=task.number,
        state=definition.initial,
        version=1,
        round=1,
        kind=task.kind,
        due_on=task.due_on,
        original_due_on=task.due_on,
        review_on=plan.review_on,
        acknowledged=False,
        suspended_from=None,
        latest=latest,
    )


def _leading(task: TaskContent) -> tuple[int, ...]:
    return tuple(
        d.department for d in task.departments if d.part is DepartmentPart.LEAD and d.department is not None
    )


def _notices(
    task: TaskContent, clocks: tuple[ClockStarted, ...], directory: Directory, creator: int | None
) -> tuple[NoticeDraft, ...]:
    """Tell whoever acts for the lead department, and the leaders; one notice for a person of two parts."""
    due_on = next(clock.due_on for clock in clocks if clock.kind is DeadlineKind.ACKNOWLEDGE).isoformat()
    leading = _leading(task)
    told: dict[int, NoticeKind] = dict.fromkeys(task.leaders, NoticeKind.LEADERSHIP_ASSIGNED)
    for person in directory.people:
        if any(post.role in ASSIGNED_TO and post.department in leading for post in person.posts):
            told[person.person] = NoticeKind.ASSIGNMENT_CREATED
    return tuple(
        NoticeDraft(person, kind, f"created:task:{NEW}", urgent=False, params=(("due_on", due_on),))
        for person, kind in told.items()
        if person != creator
    )


def _task_entry(task: TaskContent, clocks: tuple[ClockStarted, ...], definition: Definition) -> AuditDraft:
    return AuditDraft(
        stream=f"task:{NEW}",
        action="create",
        state=definition.initial,
        definition=definition.reference,
        references={
            "number": task.number,
            "kind": task.kind,
            "due_on": task.due_on,
            "departments": [[d.part, d.department] for d in task.departments],
            "leaders": task.leaders,
            "measures": len(task.measures),
            "criteria": len(task.criteria),
            "adopted": [c.measure for c in task.criteria if c.measure is not None],
            "clocks": {clock.kind: clock.due_on for clock in clocks},
        },
    )


def _plan_entry(plan: PlanContent, source_digest: str, definition: Definition) -> AuditDraft:
    return AuditDraft(
        stream=f"plan:{NEW}",
        action="create",
        definition=definition.reference,
        references={
            "source": source_digest,
            "year": plan.year,
            "review_on": plan.review_on,
            "milestones": [[m.kind, m.due_on] for m in plan.milestones],
            "tasks": len(plan.tasks),
        },
    )
