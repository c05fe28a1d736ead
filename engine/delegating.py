"""Whose turn it is to sign: in one's own place, or in the place of somebody who delegated (委托签批).

A delegate signs as the natural person they are: once per proposal, never what they proposed, never beside a
seat of their own, never where independence (回避) excludes them, and nobody signs for a delegate in turn.
"""

from __future__ import annotations

from engine.definition import Definition
from engine.facts import Facts, OpenProposal, Seat
from engine.reasons import Reason, deny
from engine.renewing import may_sit, with_renewed_seats

Found = tuple[Seat | None, tuple[Reason, ...]]
"""The seat in which a signature would be given, or why there is none."""


def seat_of(
    definition: Definition, proposal: OpenProposal, facts: Facts, person: int | None, principal: int | None
) -> Found:
    """Give the seat in which a person may sign now.

    Args:
        definition: The definition.
        proposal: The open proposal with its seats as they stand today.
        facts: The subject.
        person: Who would sign.
        principal: In whose place; None for their own.
    """
    if person is None:
        return None, (deny("not_a_signer", waiting=proposal.waiting()),)
    if principal is None:
        return _own_seat(proposal, facts, person)
    reasons = _unless_delegate(proposal, facts, person, principal)
    seat, missing = (None, reasons) if reasons else _seat_of_principal(proposal, facts, principal)
    if seat is None:
        return None, missing
    reasons = tuple(
        deny("not_independent", relation=relation)
        for relation in facts.related(_excluding(definition, facts, proposal.bundle.trigger, seat), person)
    )
    return (None, reasons) if reasons else (seat, ())


def unless_waiting_for(facts: Facts, person: int | None) -> tuple[Reason, ...]:
    """Say why a person could not sign the open proposal in their own place; none means it is their turn."""
    if facts.proposal is None:
        return (deny("proposal_unknown"),)
    proposal, _ = with_renewed_seats(facts.proposal, facts)
    if person is None:
        return (deny("not_a_signer", waiting=proposal.waiting()),)
    return _own_seat(proposal, facts, person)[1]


def principals_of(definition: Definition, facts: Facts, person: int | None) -> tuple[int, ...]:
    """Give those in whose place a person may sign the open proposal now."""
    return tuple(who for who, delegate in delegates_now(definition, facts) if delegate == person)


def delegates_now(definition: Definition, facts: Facts) -> tuple[tuple[int, int], ...]:
    """Give the pairs of principal and delegate who may sign the open proposal now."""
    if facts.proposal is None or not facts.delegations:
        return ()
    proposal, _ = with_renewed_seats(facts.proposal, facts)
    return tuple(
        (principal, delegate)
        for principal in proposal.waiting()
        for delegate in sorted(facts.delegations.get(principal, ()))
        if seat_of(definition, proposal, facts, delegate, principal)[0] is not None
    )


def _own_seat(proposal: OpenProposal, facts: Facts, person: int) -> Found:
    if person == proposal.proposer:
        return None, (deny("own_proposal"),)
    mine = next((seat for seat in proposal.seats if person in seat.given_by), None)
    if mine is not None and mine.signed_by == person:
        return None, (deny("already_signed", at=mine.signed_at),)
    seat, reasons = _in_turn(proposal, person)
    if seat is None or may_sit(seat, person, facts):
        return seat, reasons
    related = facts.related(seat.independent_of, person)
    excluded = tuple(deny("not_independent", relation=relation) for relation in related)
    return None, excluded or (deny("role_lost", role=seat.role),)


def _unless_delegate(proposal: OpenProposal, facts: Facts, person: int, principal: int) -> tuple[Reason, ...]:
    if person not in facts.delegations.get(principal, ()):
        return (deny("delegation_ended", person=principal),)
    if person == proposal.proposer:
        return (deny("own_proposal"),)
    mine = next((seat for seat in proposal.seats if person in seat.given_by), None)
    if mine is not None:
        return (deny("already_signed", at=mine.signed_at),)
    own = next((seat for seat in proposal.seats if seat.owed and person in seat.candidates), None)
    return () if own is None else (deny("delegate_stands_himself", role=own.role),)


def _seat_of_principal(proposal: OpenProposal, facts: Facts, principal: int) -> Found:
    seat, reasons = _in_turn(proposal, principal)
    if seat is None or may_sit(seat, principal, facts):
        return seat, reasons
    return None, (deny("principal_may_not_sign", person=principal, role=seat.role),)


def _in_turn(proposal: OpenProposal, person: int) -> Found:
    """Give the seat that waits for a person; one that was signed in their place is theirs, too."""
    signed = next((seat for seat in proposal.seats if person in seat.given_by), None)
    if signed is not None:
        return None, (deny("seat_signed", person=signed.signed_by, at=signed.signed_at),)
    named = [seat for seat in proposal.seats if person in seat.candidates]
    if not named:
        return None, (deny("not_a_signer", waiting=proposal.waiting()),)
    seat = next((seat for seat in named if seat.owed), named[0])
    if seat.signed_by is not None:
        return None, (deny("seat_signed", person=seat.signed_by, at=seat.signed_at),)
    if seat.stage != proposal.stage:
        return None, (deny("not_your_turn", waiting=proposal.waiting()),)
    return seat, ()


def _excluding(definition: Definition, facts: Facts, trigger: str, seat: Seat) -> tuple[str, ...]:
    """Give the relations that keep somebody from signing here in another's place.

    One that is excused where nobody else could propose is about who proposes, and is none of them.
    """
    moves = definition.leaving(trigger, facts.state)
    names = (name for move in moves for name in move.independent_of)
    return tuple(dict.fromkeys((*names, *seat.independent_of, *facts.apart.get(seat.role, ()))))
