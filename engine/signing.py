"""Signing, sending back and withdrawing a proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.actor import Actor
from engine.admission import admit_signature
from engine.commands import SendBack, Sign, Withdraw
from engine.decision import (
    Decision,
    Effect,
    Outcome,
    ProposalClosed,
    SeatResolvedAgain,
    SignatureGiven,
    Telling,
    Told,
)
from engine.definition import Definition, Transition
from engine.facts import Facts, OpenProposal, Seat
from engine.machine import Workflow
from engine.moving import Source, close, hold, move, signature_owed, signature_settled
from engine.proposing import unless_current
from engine.reasons import Reason, Refusal, deny
from engine.seats import resolve_again


def sign(workflow: Workflow, facts: Facts, command: Sign, actor: Actor, now: datetime) -> Decision | Refusal:
    """Give one signature; with the last one the move happens in the same decision."""
    proposal = facts.proposal
    reasons = unless_current(facts, command.proposal, command.revision)
    if reasons or proposal is None:
        return Refusal(reasons)
    signer = actor.person if command.signer is None else command.signer
    proposal, renewed = _with_renewed_seats(proposal, facts)
    seat, reasons = _seat_of(proposal, signer, facts)
    reasons = _wrong_proof(proposal, command) or reasons
    if reasons or seat is None or signer is None:
        return Refusal(reasons)
    transition, reasons = admit_signature(workflow, facts, proposal.bundle, proposal.proposer, actor)
    if transition is None or reasons:
        return Refusal(reasons)
    given = SignatureGiven(
        proposal.identifier, proposal.revision, seat, signer, command.digest, command.proof, command.opinion
    )
    seats = tuple(
        replace(other, signed_by=signer, signed_at=now) if other is seat else other
        for other in proposal.seats
    )
    after = replace(proposal, seats=seats)
    effects = (*renewed, given, *_after_signature(workflow.definition, transition, facts, proposal, after))
    return Decision("sign", proposal.bundle.trigger, seat.role, command.digest, effects)


def send_back(workflow: Workflow, facts: Facts, command: SendBack, actor: Actor) -> Decision | Refusal:
    """End the proposal with a reason, as one whose turn it is."""
    proposal = facts.proposal
    reasons = unless_current(facts, command.proposal, command.revision)
    if reasons or proposal is None:
        return Refusal(reasons)
    proposal, renewed = _with_renewed_seats(proposal, facts)
    seat, reasons = _seat_of(proposal, actor.person, facts)
    if not command.reason.strip():
        reasons = (*reasons, deny("reason_missing"))
    if reasons or seat is None:
        return Refusal(reasons)
    signed = (other.signed_by for other in proposal.seats if other.signed_by is not None)
    people = tuple(dict.fromkeys((proposal.proposer, *signed)))
    told = Told(Telling.SENT_BACK, people, (("trigger", proposal.bundle.trigger),))
    closing = close(workflow.definition, proposal, Outcome.SENT_BACK, told, command.reason.strip())
    return Decision(
        "send_back", proposal.bundle.trigger, seat.role, proposal.bundle.digest, (*renewed, *closing)
    )


def withdraw(workflow: Workflow, facts: Facts, command: Withdraw, actor: Actor) -> Decision | Refusal:
    """End one's own proposal before anybody signed it."""
    proposal = facts.proposal
    reasons = unless_current(facts, command.proposal, command.revision)
    if reasons or proposal is None:
        return Refusal(reasons)
    if actor.person != proposal.proposer:
        return Refusal((deny("not_your_proposal", person=proposal.proposer),))
    if proposal.signed:
        return Refusal((deny("already_signed_by_somebody"),))
    told = Told(Telling.WITHDRAWN, proposal.waiting(), (("trigger", proposal.bundle.trigger),))
    effects = close(workflow.definition, proposal, Outcome.WITHDRAWN, told)
    return Decision("withdraw", proposal.bundle.trigger, "proposer", proposal.bundle.digest, effects)


def waiting_for(facts: Facts, person: int | None) -> tuple[Reason, ...]:
    """Say why a person could not sign the open proposal now; no reason means that it is their turn."""
    if facts.proposal is None:
        return (deny("proposal_unknown"),)
    proposal, _ = _with_renewed_seats(facts.proposal, facts)
    return _seat_of(proposal, person, facts)[1]


def _wrong_proof(proposal: OpenProposal, command: Sign) -> tuple[Reason, ...]:
    if command.digest != proposal.bundle.digest:
        return (deny("digest_changed"),)
    if command.digest not in command.proof.challenge:
        return (deny("not_in_selection"),)
    return ()


def _seat_of(
    proposal: OpenProposal, person: int | None, facts: Facts
) -> tuple[Seat | None, tuple[Reason, ...]]:
    if person == proposal.proposer:
        return None, (deny("own_proposal"),)
    if any(seat.signed_by == person for seat in proposal.seats):
        return None, (deny("already_signed"),)
    named = [seat for seat in proposal.seats if seat.owed and person in seat.candidates]
    if not named:
        return None, (deny("not_a_signer", waiting=",".join(map(str, proposal.waiting()))),)
    seat = named[0]
    if seat.stage != proposal.stage:
        return None, (deny("not_your_turn", waiting=",".join(map(str, proposal.waiting()))),)
    if not seat.substitute and not facts.holds(seat.role, person):
        return None, (deny("role_lost", role=seat.role),)
    return seat, ()


def _with_renewed_seats(
    proposal: OpenProposal, facts: Facts
) -> tuple[OpenProposal, tuple[SeatResolvedAgain, ...]]:
    """Re-resolve seats whose people all lost the role; each change is an effect of the next command."""
    seats = list(proposal.seats)
    renewed: list[SeatResolvedAgain] = []
    for position, seat in enumerate(seats):
        if not seat.owed:
            continue
        others = frozenset(p for other in seats if other is not seat for p in other.candidates)
        again = resolve_again(seat, facts, proposal.proposer, others)
        if again is not None:
            seats[position] = again
            renewed.append(SeatResolvedAgain(seat, again.candidates))
    return replace(proposal, seats=tuple(seats)), tuple(renewed)


def _after_signature(
    definition: Definition,
    transition: Transition,
    facts: Facts,
    before: OpenProposal,
    after: OpenProposal,
) -> tuple[Effect, ...]:
    reported = any(seat.reports and seat.stage == before.stage for seat in before.seats)
    if after.stage == before.stage:
        return ()
    effects = signature_settled(definition)
    if after.stage is not None:
        held = hold(definition, transition.trigger) if reported else ()
        return (*effects, *held, *signature_owed(definition, after.waiting(), transition.trigger))
    closed = ProposalClosed(after.identifier, Outcome.MOVED)
    source = Source(after.bundle, after.proposer, after.identifier)
    return (*effects, closed, *move(definition, transition, facts, source))
