"""The condition under which rows that belong to tasks may be read."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, and_, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks
from storage.tables import task


def of_task(column: Column[int], actor: Actor, *numbers: int) -> ColumnElement[bool]:
    """Limit rows to some tasks, and to nothing where the actor may not see them.

    Args:
        column: The rows' reference to the task.
        actor: Who reads.
        numbers: The tasks' identifiers.
    """
    visible = select(task.c.id).where(task.c.id.in_(numbers), visible_tasks(actor))
    return and_(column.in_(numbers), column.in_(visible))
