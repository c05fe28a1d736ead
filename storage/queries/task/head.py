"""The task itself: its own words, where it stands, its plan, departments and leaders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.scope import visible_tasks
from storage.queries.task.limits import of_task
from storage.tables import plan, task, task_department


@dataclass(frozen=True, slots=True)
class TaskHead:
    """A task as its page begins; see ``storage.tables.task`` for what the fields mean."""

    task: int
    number: int
    section: str
    problem: str
    objective: str
    remark: str
    kind: str
    also_ongoing: bool
    deadline_text: str
    due_on: date | None
    original_due_on: date | None
    state: str
    suspended_from: str | None
    version: int
    round: int
    acknowledged_at: datetime | None
    next_due_on: date | None
    next_kind: str | None
    extensions: int
    extended_days: int
    created_at: datetime
    plan: int
    plan_title: str
    plan_document_number: str
    plan_year: int
    review_on: date


@dataclass(frozen=True, slots=True)
class TaskDepartment:
    """A department of a task: ``lead``, ``supporting``, or a ``group`` kept as written."""

    department: int | None
    name: str
    part: str


def head(connection: Connection, actor: Actor, number: int) -> TaskHead:
    """Give a task.

    Raises:
        NotFoundError: There is none that this actor may see.
    """
    statement = (
        select(
            task.c.id.label("task"),
            *(task.c[name] for name in _OWN),
            plan.c.id.label("plan"),
            plan.c.title.label("plan_title"),
            plan.c.document_number.label("plan_document_number"),
            plan.c.year.label("plan_year"),
            plan.c.review_on,
        )
        .join(plan, plan.c.id == task.c.plan_id)
        .where(task.c.id == number, visible_tasks(actor))
    )
    row = connection.execute(statement).mappings().one_or_none()
    if row is None:
        raise NotFoundError("task_not_found", task=number)
    return TaskHead(**row)


_OWN = (
    *("number", "section", "problem", "objective", "remark", "kind", "also_ongoing", "deadline_text"),
    *("due_on", "original_due_on", "state", "suspended_from", "version", "round", "acknowledged_at"),
    *("next_due_on", "next_kind", "extensions", "extended_days", "created_at"),
)


def departments(connection: Connection, actor: Actor, number: int) -> tuple[TaskDepartment, ...]:
    """Give a task's departments in the plan's order."""
    table = task_department.c
    statement = (
        select(table.department_id, table.name, table.part)
        .where(of_task(table.task_id, actor, number))
        .order_by(table.position)
    )
    return tuple(TaskDepartment(*row) for row in connection.execute(statement))
