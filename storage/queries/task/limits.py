"""The condition under which rows that belong to one task may be read."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, and_, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks
from storage.tables import task


def of_task(column: Column[int], actor: Actor, number: int) -> ColumnElement[bool]:
    """Limit rows to one task, and to nothing where the actor may not see it.

    Args:
        column: The rows' reference to the task.
        actor: Who reads.
        number: The task's identifier.
    """
    visible = select(task.c.id).where(task.c.id == number, visible_tasks(actor))
    return and_(column == number, column.in_(visible))
