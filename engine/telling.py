"""Who is told besides those whose turn it is: whoever may sign in their place (委托签批)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.actor import Actor
from engine.decision import (
    Decision,
    Effect,
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
    SignaturesVoided,
    Telling,
    Told,
)
from engine.definition import Definition
from engine.delegating import delegates_now
from engine.facts import Facts, OpenProposal, Seat
from engine.returning import unsigned


def with_delegates(
    definition: Definition, facts: Facts, decision: Decision, actor: Actor, now: datetime
) -> Decision:
    """Give a decision whose telling of an owed signature names the delegates who may give it."""
    if not facts.delegations:
        return decision
    proposal = facts.proposal
    for effect in decision.effects:
        proposal = _after(proposal, effect, actor, now)
    pairs = delegates_now(definition, replace(facts, proposal=proposal))
    return replace(decision, effects=tuple(_named(effect, pairs) for effect in decision.effects))


def _named(effect: Effect, pairs: tuple[tuple[int, int], ...]) -> Effect:
    if not isinstance(effect, Told) or effect.telling is not Telling.SIGNATURE_OWED:
        return effect
    return replace(effect, delegates=tuple(pair for pair in pairs if pair[0] in effect.people))


def _after(proposal: OpenProposal | None, effect: Effect, actor: Actor, now: datetime) -> OpenProposal | None:
    """Give the open proposal as it is after an effect, as far as it matters who signs next."""
    if isinstance(effect, ProposalOpened) and actor.person is not None:
        return OpenProposal(0, 1, effect.bundle, actor.person, effect.seats, now)
    if proposal is None or isinstance(effect, ProposalClosed):
        return None
    return replace(proposal, seats=_seats_after(proposal.seats, effect, now))


def _seats_after(seats: tuple[Seat, ...], effect: Effect, now: datetime) -> tuple[Seat, ...]:
    match effect:
        case ProposalRevised():
            return effect.seats
        case SeatResolvedAgain(before, resolved):
            return tuple(resolved if seat == before else seat for seat in seats)
        case SignatureGiven(_, _, before, signer):
            given = replace(before, signed_by=signer, signed_for=effect.on_behalf_of, signed_at=now)
            return tuple(given if seat == before else seat for seat in seats)
        case SignaturesVoided():
            return tuple(unsigned(seat) if seat in effect.seats else seat for seat in seats)
        case _:
            return seats
