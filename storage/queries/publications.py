"""What the public was told, as the publicity office keeps it in view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks
from storage.tables import plan, publication, publication_task, task


@dataclass(frozen=True, slots=True)
class Published:
    """A task that was made public.

    Attributes:
        task: Its identifier.
        plan: The plan's title.
        year: The plan's year.
        number: The task's number in its plan.
        objective: What was to be reached.
        text: What the public was told.
        address: Where it was published, where that is an address.
        published_at: When.
    """

    task: int
    plan: str
    year: int
    number: int
    objective: str
    text: str
    address: str | None
    published_at: datetime


_SHOWN = (
    task.c.id,
    plan.c.title,
    plan.c.year,
    task.c.number,
    task.c.objective,
    publication.c.text,
    publication.c.address,
    publication.c.published_at,
)
# Only the publication of the round in which the task stands, and only while it stands as publicized: a task
# that was reopened leaves the page at once.
_PUBLISHED = (
    select(*_SHOWN)
    .join_from(publication_task, publication, publication.c.id == publication_task.c.publication_id)
    .join(task, task.c.id == publication_task.c.task_id)
    .join(plan, plan.c.id == task.c.plan_id)
    .where(task.c.state == "publicized", publication_task.c.round == task.c.round)
    .order_by(plan.c.year.desc(), plan.c.id.desc(), task.c.number, publication.c.id.desc())
)


def published(connection: Connection, actor: Actor, most: int = 50) -> tuple[Published, ...]:
    """Give the publicized tasks the actor may see, in the order of their plans."""
    statement = _PUBLISHED.where(visible_tasks(actor)).limit(most)
    return tuple(Published(*row) for row in connection.execute(statement))
