"""The open proposals of a task and of its extensions with their bundles and seats, in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, case, select, text

from engine.bundle import Bundle
from engine.definition import Rule
from engine.facts import FellAway, OpenProposal, Seat
from storage.gathering.around import AnyRow
from storage.tables import proposal, proposal_revision, seat, signature

# The bundle comes with the first seat alone; the predicate of the partial index is a literal, because SQLite
# uses no such index where the value is bound.
_OPEN = (
    select(
        proposal.c.id,
        proposal.c.extension,
        proposal.c.revision,
        proposal.c.proposer_id,
        proposal.c.proposed_at,
        proposal.c.returned,
        case((seat.c.position == 0, proposal_revision.c.bundle)).label("bundle"),
        seat.c.id.label("seat"),
        seat.c.stage,
        seat.c.role,
        seat.c.candidates,
        seat.c.reports,
        seat.c.fell_away,
        seat.c.substitute,
        seat.c.rule,
        seat.c.within,
        seat.c.independent_of,
        signature.c.person_id.label("signed_by"),
        signature.c.on_behalf_of.label("signed_for"),
        signature.c.signed_at,
    )
    .join_from(
        proposal,
        proposal_revision,
        and_(
            proposal_revision.c.proposal_id == proposal.c.id,
            proposal_revision.c.revision == proposal.c.revision,
        ),
    )
    .join(seat, and_(seat.c.proposal_id == proposal.c.id, seat.c.revision == proposal.c.revision))
    .outerjoin(signature, and_(signature.c.seat_id == seat.c.id, signature.c.voided_at.is_(None)))
    .where(proposal.c.task_id == bindparam("task"), text("proposal.state = 'open'"))
    .order_by(proposal.c.id, seat.c.position)
)


def open_proposals(connection: Connection, task: int) -> dict[int, OpenProposal]:
    """Give what waits for signatures, by the number of the extension it is about; 0 is the task itself."""
    rows = connection.execute(_OPEN, {"task": task}).all()
    numbers = dict.fromkeys(row.extension for row in rows)
    return {number: _proposal([row for row in rows if row.extension == number]) for number in numbers}


def _proposal(rows: Sequence[AnyRow]) -> OpenProposal:
    first = rows[0]
    return OpenProposal(
        identifier=first.id,
        revision=first.revision,
        bundle=Bundle.from_text(first.bundle),
        proposer=first.proposer_id,
        seats=_seats(rows),
        proposed_at=first.proposed_at,
        returned=first.returned,
    )


def _seats(rows: Sequence[AnyRow]) -> tuple[Seat, ...]:
    return tuple(
        Seat(
            stage=row.stage,
            role=row.role,
            candidates=tuple(json.loads(row.candidates)),
            reports=bool(row.reports),
            fell_away=FellAway(row.fell_away) if row.fell_away else None,
            substitute=bool(row.substitute),
            signed_by=row.signed_by,
            signed_for=row.signed_for,
            signed_at=row.signed_at,
            identifier=row.seat,
            rule=Rule(row.rule),
            within=row.within,
            independent_of=tuple(json.loads(row.independent_of)),
        )
        for row in rows
    )
