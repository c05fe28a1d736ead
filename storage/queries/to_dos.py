"""What the ladder leaves for an office to decide, such as 提请督察室关注?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines_of
from storage.queries.scope import visible_tasks
from storage.queries.stages import apart_from
from storage.tables import deadline, rung, task, to_do


@dataclass(frozen=True, slots=True)
class ToDoLine:
    """Something to be decided about a task's overdue clock.

    Attributes:
        to_do: Its identifier.
        kind: What is to be decided.
        line: The task.
        clock: The kind of the clock.
        due_on: The clock's day.
        running: Whether the clock still runs.
        created_at: When the ladder left it.
        own: Whether a department of the actor's leads the task.
    """

    to_do: int
    kind: str
    line: TaskLine
    clock: str
    due_on: date
    running: bool
    created_at: datetime
    own: bool


_HEADS = {"performance_office_head": "performance_office"}
"""What is left to an office is left to its head too."""


def open_to_dos(connection: Connection, actor: Actor, most: int = 100) -> tuple[ToDoLine, ...]:
    """Give what is still to be decided by a role the actor holds, the oldest first."""
    rows = connection.execute(_open(actor).limit(most)).all()
    tasks = [row.task_id for row in rows]
    about = {line.task: line for line in lines_of(connection, actor, tasks)}
    others = select(task.c.id).where(task.c.id.in_(tasks), apart_from(actor, "lead"))
    apart = set(connection.execute(others).scalars())
    return tuple(
        ToDoLine(
            to_do=row.id,
            kind=row.kind,
            line=about[row.task_id],
            clock=row.clock,
            due_on=row.due_on,
            running=row.state != "stopped",
            created_at=row.created_at,
            own=row.task_id not in apart,
        )
        for row in rows
    )


def _open(actor: Actor) -> Select[Any]:
    held = {holding.role for holding in actor.holdings}
    roles = sorted(held | {_HEADS[role] for role in held & _HEADS.keys()})
    return (
        select(
            to_do.c.id,
            to_do.c.kind,
            to_do.c.task_id,
            deadline.c.kind.label("clock"),
            deadline.c.due_on,
            deadline.c.state,
            to_do.c.created_at,
        )
        .join_from(to_do, task, task.c.id == to_do.c.task_id)
        .join(rung, rung.c.id == to_do.c.rung_id)
        .join(deadline, deadline.c.id == rung.c.deadline_id)
        .where(to_do.c.done_at.is_(None), to_do.c.role.in_(roles), visible_tasks(actor))
        .order_by(to_do.c.created_at, to_do.c.id)
    )
