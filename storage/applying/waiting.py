"""Whose turn it is to sign, as rows that exist only while a signature is owed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, delete, insert, select

from engine.decision import (
    Decision,
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
)
from engine.facts import Seat
from storage.applying.context import Context
from storage.tables import awaiting, seat
from storage.tables.base import Identifier, Moment

_LEAVE = delete(awaiting).where(awaiting.c.proposal_id == bindparam("row"))
_LEAVE_SEAT = delete(awaiting).where(awaiting.c.seat_id == bindparam("row"))
# The seats were perhaps only now written, so they are named by their place and not by their number.
_ENTER = insert(awaiting).from_select(
    ["person_id", "seat_id", "organisation_id", "proposal_id", "since"],
    select(
        bindparam("person", type_=Identifier),
        seat.c.id,
        seat.c.organisation_id,
        seat.c.proposal_id,
        bindparam("now", type_=Moment()),
    ).where(
        seat.c.proposal_id == bindparam("row"),
        seat.c.revision == bindparam("revised"),
        seat.c.position == bindparam("place"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Turn:
    """The seats of a proposal's revision at one moment."""

    proposal: int
    revision: int
    seats: tuple[Seat, ...]

    @property
    def stage(self) -> int | None:
        return min((owed.stage for owed in self.seats if owed.owed), default=None)

    def due(self) -> dict[int, Seat]:
        """The seats whose turn it is, by their place."""
        stage = self.stage
        return {place: owed for place, owed in enumerate(self.seats) if owed.owed and owed.stage == stage}


def pass_turns(context: Context, decision: Decision, opened: int | None) -> None:
    """Let the rows say whose turn it is after a decision; who keeps waiting keeps the moment it began.

    Args:
        context: The unit of work.
        decision: What was decided.
        opened: The number of a proposal that the decision opened.
    """
    before = _before(context)
    after = _after(before, decision, opened)
    if before == after:
        return
    connection = context.connection
    goes_on = before and after and _place(before) == _place(after)
    old, new = before.due() if before else {}, after.due() if after else {}
    if goes_on:
        left = [owed for place, owed in old.items() if _people(new.get(place)) != owed.candidates]
        if left:
            connection.execute(_LEAVE_SEAT, [{"row": owed.identifier} for owed in left])
        new = {place: owed for place, owed in new.items() if _people(old.get(place)) != owed.candidates}
    elif before and old:
        connection.execute(_LEAVE, {"row": before.proposal})
    rows = [
        {
            "person": person,
            "now": context.now,
            "row": after.proposal,
            "revised": after.revision,
            "place": place,
        }
        for place, owed in new.items()
        for person in owed.candidates
        if after
    ]
    if rows:
        connection.execute(_ENTER, rows)


def _before(context: Context) -> _Turn | None:
    proposal = context.proposal
    return _Turn(proposal.identifier, proposal.revision, proposal.seats) if proposal else None


def _place(turn: _Turn) -> tuple[int, int, int | None]:
    return turn.proposal, turn.revision, turn.stage


def _people(owed: Seat | None) -> tuple[int, ...] | None:
    return owed.candidates if owed else None


def _after(turn: _Turn | None, decision: Decision, opened: int | None) -> _Turn | None:
    for effect in decision.effects:
        match effect:
            case ProposalClosed():
                turn = None
            case ProposalOpened() if opened is not None:
                turn = _Turn(opened, 1, effect.seats)
            case ProposalRevised():
                turn = _Turn(effect.proposal, effect.revision, effect.seats)
            case SeatResolvedAgain(before, now) if turn:
                turn = replace(turn, seats=_with(turn.seats, replace(now, identifier=before.identifier)))
            case SignatureGiven() if turn:
                turn = replace(turn, seats=_with(turn.seats, replace(effect.seat, signed_by=effect.signer)))
            case _:
                pass
    return turn


def _with(seats: tuple[Seat, ...], changed: Seat) -> tuple[Seat, ...]:
    return tuple(changed if other.identifier == changed.identifier else other for other in seats)
