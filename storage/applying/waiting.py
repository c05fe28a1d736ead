"""Whose turn it is to sign, as rows that exist only while a signature is owed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, delete, insert, select, update

from engine.decision import (
    Decision,
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
    SignaturesVoided,
)
from engine.facts import Seat
from storage.applying.context import Context
from storage.tables import awaiting, seat
from storage.tables.base import Identifier, Moment

_LEAVE = delete(awaiting).where(awaiting.c.proposal_id == bindparam("row"))
_IN_SEAT = (awaiting.c.person_id == bindparam("who"), awaiting.c.seat_id == bindparam("row"))
_LEAVE_SEAT = delete(awaiting).where(*_IN_SEAT)
_MOVE_UP = update(awaiting).where(*_IN_SEAT).values(seat_id=bindparam("to"))
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

    def due(self) -> dict[int, int]:
        """Whose turn it is, each with the place of the seat; of several they wait in the first."""
        stage = self.stage
        signed = {owed.signed_by for owed in self.seats}
        found: dict[int, int] = {}
        for place, owed in enumerate(self.seats):
            if owed.owed and owed.stage == stage:
                for person in owed.candidates:
                    if person not in signed:
                        found.setdefault(person, place)
        return found


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
    old, new = before.due() if before else {}, after.due() if after else {}
    if before and after and _place(before) == _place(after):
        _go_on(context, before, after)
        new = {person: place for person, place in new.items() if person not in old}
    elif before and old:
        context.connection.execute(_LEAVE, {"row": before.proposal})
    rows = [
        {
            "person": person,
            "now": context.now,
            "row": after.proposal,
            "revised": after.revision,
            "place": place,
        }
        for person, place in new.items()
        if after
    ]
    if rows:
        context.connection.execute(_ENTER, rows)


def _go_on(context: Context, before: _Turn, after: _Turn) -> None:
    """Within one stage: who signed or lost a seat leaves, and of several alike the others move up."""
    old, new = before.due(), after.due()
    left = [
        {"who": person, "row": before.seats[place].identifier}
        for person, place in old.items()
        if person not in new
    ]
    moved = [
        {"who": person, "row": before.seats[place].identifier, "to": after.seats[new[person]].identifier}
        for person, place in old.items()
        if new.get(person, place) != place
    ]
    if left:
        context.connection.execute(_LEAVE_SEAT, left)
    if moved:
        context.connection.execute(_MOVE_UP, moved)


def _before(context: Context) -> _Turn | None:
    proposal = context.proposal
    return _Turn(proposal.identifier, proposal.revision, proposal.seats) if proposal else None


def _place(turn: _Turn) -> tuple[int, int, int | None]:
    return turn.proposal, turn.revision, turn.stage


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
            case SignaturesVoided() if turn:
                void = {voided.identifier for voided in effect.seats}
                emptied = (replace(s, signed_by=None) if s.identifier in void else s for s in turn.seats)
                turn = replace(turn, seats=tuple(emptied))
            case _:
                pass
    return turn


def _with(seats: tuple[Seat, ...], changed: Seat) -> tuple[Seat, ...]:
    return tuple(changed if other.identifier == changed.identifier else other for other in seats)
