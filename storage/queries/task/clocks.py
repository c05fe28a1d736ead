"""A task's clocks, and the rungs of their ladders that were reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.actor import Actor
from storage.queries.task.limits import of_task
from storage.tables import deadline, rung


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock of a task: ``running``, ``held`` or ``stopped``."""

    deadline: int
    kind: str
    visit: int
    due_on: date
    original_due_on: date
    state: str
    started_at: datetime
    held_at: datetime | None
    stopped_at: datetime | None
    met_on: date | None
    waited_days: int


@dataclass(frozen=True, slots=True)
class RungRow:
    """A rung that was reached: of which clock, and what became of it."""

    kind: str
    rung: str
    planned_on: date
    due_on: date
    resolved_at: datetime
    outcome: str


def clocks(connection: Connection, actor: Actor, number: int) -> tuple[ClockRow, ...]:
    """Give every clock a task ever had, the oldest first."""
    table = deadline.c
    statement = (
        select(
            table.id,
            table.kind,
            table.visit,
            table.due_on,
            table.original_due_on,
            table.state,
            table.started_at,
            table.held_at,
            table.stopped_at,
            table.met_on,
            table.waited_days,
        )
        .where(of_task(table.task_id, actor, number))
        .order_by(table.id)
    )
    return tuple(ClockRow(*row) for row in connection.execute(statement))


def rungs(connection: Connection, actor: Actor, number: int) -> tuple[RungRow, ...]:
    """Give every rung that a task's clocks reached, the oldest first."""
    statement = (
        select(
            deadline.c.kind,
            rung.c.rung,
            rung.c.planned_on,
            deadline.c.due_on,
            rung.c.resolved_at,
            rung.c.outcome,
        )
        .join(deadline, deadline.c.id == rung.c.deadline_id)
        .where(of_task(deadline.c.task_id, actor, number))
        .order_by(rung.c.id)
    )
    return tuple(RungRow(*row) for row in connection.execute(statement))
