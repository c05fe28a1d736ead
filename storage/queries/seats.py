"""Which open proposals count on a person's signature: asked when the person loses a role or an account.

Owns how they are found. Must not know who signs instead.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, Select, and_, bindparam, literal, select, text, union

from engine.actor import Actor
from storage.queries.scope import DEPARTMENTAL
from storage.tables import position, proposal, seat, signature, task_department

# The predicate of the partial index is a literal, because SQLite uses no such index where the value is bound.
_OPEN = text("proposal.state = 'open'")
_BY_TASK = "responsible_leader"
"""A role that a task's own list of leaders gives, whatever position they hold."""

_SEATS = (
    select(proposal.c.task_id, proposal.c.id, seat.c.candidates)
    .join_from(
        proposal, seat, and_(seat.c.proposal_id == proposal.c.id, seat.c.revision == proposal.c.revision)
    )
    .where(_OPEN, proposal.c.organisation_id == bindparam("organisation"))
    .order_by(proposal.c.id, seat.c.position)
)


def _owed_in(role: Select[tuple[int, int]]) -> Select[tuple[int, int]]:
    """Narrow to seats of the current revision that nobody signed and that did not fall away."""
    current = and_(seat.c.proposal_id == proposal.c.id, seat.c.revision == proposal.c.revision)
    return (
        role.join(seat, and_(current, seat.c.role == position.c.role, seat.c.fell_away.is_(None)))
        .outerjoin(signature, and_(signature.c.seat_id == seat.c.id, signature.c.voided_at.is_(None)))
        .where(
            _OPEN,
            signature.c.id.is_(None),
            position.c.person_id == bindparam("person"),
            proposal.c.organisation_id == bindparam("organisation"),
        )
    )


_PAIR = select(proposal.c.task_id, proposal.c.id.label("proposal"))
_LEADS = and_(
    task_department.c.department_id == position.c.department_id, task_department.c.part == literal("lead")
)
_ABOUT = union(
    _owed_in(
        _PAIR.join_from(position, task_department, _LEADS)
        .join(proposal, proposal.c.task_id == task_department.c.task_id)
        .where(position.c.role.in_(DEPARTMENTAL))
    ),
    _owed_in(
        _PAIR.join_from(position, proposal, proposal.c.organisation_id == position.c.organisation_id).where(
            position.c.role.not_in((*DEPARTMENTAL, _BY_TASK))
        )
    ),
).order_by("proposal")


def open_proposals_of(connection: Connection, person: int, actor: Actor) -> tuple[tuple[int, int], ...]:
    """Give the open proposals with a seat that a person may sign in, each as task and proposal.

    Whoever takes a role or an account away submits :class:`engine.commands.Reseat` for each of them, in
    a unit of work of its own.
    """
    rows = connection.execute(_SEATS, {"organisation": actor.organisation})
    found = {(row.task_id, row.id): None for row in rows if person in json.loads(row.candidates)}
    return tuple(found)


def open_proposals_about(
    connection: Connection, person: int, organisation: int
) -> tuple[tuple[int, int], ...]:
    """Give the open proposals with an owed seat of a role that a person held, holds or will hold.

    Wider than :func:`open_proposals_of`: a seat that nobody could take is found for whoever can take it now.
    A department's own role concerns the tasks that the department leads.
    """
    rows = connection.execute(_ABOUT, {"person": person, "organisation": organisation})
    return tuple((row.task_id, row.proposal) for row in rows)
