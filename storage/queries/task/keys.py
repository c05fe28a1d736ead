"""What an idempotency key has been used for: whether a form was handed in before."""

from __future__ import annotations

from sqlalchemy import Connection, select, union_all

from engine.actor import Actor
from storage.queries.task.limits import of_task
from storage.tables import proposal, step


def used_before(connection: Connection, actor: Actor, number: int, key: str) -> bool:
    """Say whether the actor proposed something about a task under this key."""
    found = union_all(
        select(proposal.c.id).where(
            of_task(proposal.c.task_id, actor, number),
            proposal.c.key == key,
            proposal.c.proposer_id == actor.person,
        ),
        select(step.c.id).where(
            of_task(step.c.task_id, actor, number), step.c.key == key, step.c.person_id == actor.person
        ),
    )
    return connection.execute(found).first() is not None
