"""A task's case for a page that shows what may be done: the facts a decision rests on, without the lock."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.gathering import gather_case
from storage.queries.scope import visible_tasks
from storage.tables import definition_version, plan, task
from workflows.rectification.records import Case


def case_of(connection: Connection, actor: Actor, number: int, today: date) -> Case:
    """Give the case of a task as it stands now; by the time of a decision it may stand otherwise.

    Args:
        connection: A reading.
        actor: Who reads.
        number: The task.
        today: The calendar day on which positions count.

    Raises:
        NotFoundError: There is no such task that this actor may see.
    """
    statement = (
        select(task, plan.c.review_on, definition_version.c.text.label("definition_text"))
        .join_from(task, plan, plan.c.id == task.c.plan_id)
        .join(definition_version, definition_version.c.id == task.c.definition_version_id)
        .where(task.c.id == number, visible_tasks(actor))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NotFoundError("task_not_found", task=number)
    return gather_case(connection, row, today).case
