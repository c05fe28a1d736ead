"""What a move at once has to name of its task: number, version, round and definition."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.scope import visible_tasks
from storage.tables import definition_version, task


@dataclass(frozen=True, slots=True)
class Subject:
    """A task as a bundle names it; ``definition`` is name and version, for example ``rectification@1``."""

    number: int
    version: int
    round: int
    definition: str


def subject_of(connection: Connection, actor: Actor, number: int) -> Subject:
    """Give what a bundle about a task has to name.

    Raises:
        NotFoundError: There is no such task for this actor.
    """
    statement = (
        select(
            task.c.number,
            task.c.version,
            task.c.round,
            definition_version.c.name,
            definition_version.c.version.label("published"),
        )
        .join_from(task, definition_version, definition_version.c.id == task.c.definition_version_id)
        .where(task.c.id == number, visible_tasks(actor))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NotFoundError("task_not_found", task=number)
    return Subject(row.number, row.version, row.round, f"{row.name}@{row.published}")
