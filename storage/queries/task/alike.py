"""Further tasks that stand where one task stands, so that the same can be proposed for several at once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks
from storage.tables import proposal, task


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A task by its number in the plan."""

    task: int
    number: int
    objective: str


def tasks_alike(connection: Connection, actor: Actor, number: int) -> tuple[AlikeRow, ...]:
    """Give the other tasks of a task's plan that are in its state and wait for no signature."""
    one = task.alias("one")
    waiting = exists().where(
        and_(proposal.c.task_id == task.c.id, proposal.c.state == "open", proposal.c.extension == 0)
    )
    statement = (
        select(task.c.id, task.c.number, task.c.objective)
        .join(one, and_(one.c.plan_id == task.c.plan_id, one.c.state == task.c.state))
        .where(one.c.id == number, task.c.id != number, ~waiting, visible_tasks(actor))
        .order_by(task.c.number)
    )
    return tuple(AlikeRow(*row) for row in connection.execute(statement))
