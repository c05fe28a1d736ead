"""Which open proposals count on a person's signature: asked when the person loses a role or an account."""

from __future__ import annotations

import json

from sqlalchemy import Connection, and_, bindparam, select, text

from engine.actor import Actor
from storage.tables import proposal, seat

# The predicate of the partial index is a literal, because SQLite uses no such index where the value is bound.
_SEATS = (
    select(proposal.c.task_id, proposal.c.id, seat.c.candidates)
    .join_from(
        proposal, seat, and_(seat.c.proposal_id == proposal.c.id, seat.c.revision == proposal.c.revision)
    )
    .where(text("proposal.state = 'open'"), proposal.c.organisation_id == bindparam("organisation"))
    .order_by(proposal.c.id, seat.c.position)
)


def open_proposals_of(connection: Connection, person: int, actor: Actor) -> tuple[tuple[int, int], ...]:
    """Give the open proposals with a seat that a person may sign in, each as task and proposal.

    Whoever takes a role or an account away submits :class:`engine.commands.Reseat` for each of them, in
    a unit of work of its own.
    """
    rows = connection.execute(_SEATS, {"organisation": actor.organisation})
    found = {(row.task_id, row.id): None for row in rows if person in json.loads(row.candidates)}
    return tuple(found)
