"""What an idempotency key has been used for: whether a form was handed in before, and with what."""

from __future__ import annotations

from sqlalchemy import Connection, and_, select, union_all

from engine.actor import Actor
from storage.queries.task.limits import of_task
from storage.tables import proposal, proposal_revision, step


def bundle_under(connection: Connection, actor: Actor, number: int, key: str) -> str | None:
    """Give the canonical text of what the actor first proposed about a task under a key; None for nothing."""
    first = and_(proposal_revision.c.proposal_id == proposal.c.id, proposal_revision.c.revision == 1)
    found = union_all(
        select(proposal_revision.c.bundle)
        .join_from(proposal, proposal_revision, first)
        .where(
            of_task(proposal.c.task_id, actor, number),
            proposal.c.key == key,
            proposal.c.proposer_id == actor.person,
        ),
        select(step.c.bundle).where(
            of_task(step.c.task_id, actor, number), step.c.key == key, step.c.person_id == actor.person
        ),
    )
    return connection.execute(found).scalars().first()
