"""How often more time was asked for a task, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.actor import Actor
from storage.queries.task.limits import of_task
from storage.tables import extension


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """An extension of a task; see ``storage.tables.tasks.extension``."""

    number: int
    state: str
    due_on: date
    new_due_on: date
    category: str
    late: bool
    asked_by: int
    asked_at: datetime
    ended_at: datetime | None

    @property
    def days(self) -> int:
        """By how many calendar days the day moves, or would."""
        return (self.new_due_on - self.due_on).days


def extensions(connection: Connection, actor: Actor, number: int) -> tuple[ExtensionRow, ...]:
    """Give a task's extensions, the newest first."""
    table = extension.c
    statement = (
        select(
            table.number,
            table.state,
            table.due_on,
            table.new_due_on,
            table.category,
            table.late,
            table.asked_by,
            table.asked_at,
            table.ended_at,
        )
        .where(of_task(table.task_id, actor, number))
        .order_by(table.number.desc())
    )
    return tuple(ExtensionRow(*row) for row in connection.execute(statement))
