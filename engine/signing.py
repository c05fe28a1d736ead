"""Signing, sending back and withdrawing a proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.actor import Actor
from engine.admission import admit_signature
from engine.commands import Method, SendBack, Sign, Withdraw
from engine.currency import unless_current, unless_returned, unless_shown
from engine.decision import (
    Decision,
    Effect,
    Outcome,
    ProposalClosed,
    SignatureGiven,
    Telling,
    Told,
)
from engine.definition import Definition, Transition
from engine.delegating import seat_of
from engine.facts import Facts, OpenProposal
from engine.machine import Workflow
from engine.moving import Source, close, move, signature_settled
from engine.reasons import Reason, Refusal, deny
from engine.renewing import turn_passed, with_renewed_seats
from engine.returning import return_to_stage


def sign(workflow: Workflow, facts: Facts, command: Sign, actor: Actor, now: datetime) -> Decision | Refusal:
    """Give one signature; with the last one the move happens in the same decision."""
    stored = facts.proposal
    reasons = unless_current(facts, command.proposal, command.revision)
    if reasons or stored is None:
        return Refusal(reasons)
    definition = workflow.definition
    proposal, renewed = with_renewed_seats(stored, facts)
    signer = actor.person if command.signer is None else command.signer
    reasons = unless_shown(facts, proposal, command) or _wrong_method(command, actor)
    seat, missing = seat_of(definition, proposal, facts, signer, command.on_behalf_of)
    if reasons or seat is None or signer is None:
        return Refusal(reasons or missing)
    transition, reasons = admit_signature(workflow, facts, proposal.bundle, proposal.proposer, actor)
    if transition is None or reasons:
        return Refusal(reasons)
    principal = command.on_behalf_of
    given = SignatureGiven(
        proposal.identifier,
        proposal.revision,
        seat,
        signer,
        command.digest,
        command.proof,
        command.opinion,
        principal,
    )
    signed = replace(seat, signed_by=signer, signed_for=principal, signed_at=now)
    after = replace(proposal, seats=tuple(signed if s is seat else s for s in proposal.seats))
    effects = (*renewed, given, *_after_signature(definition, transition, facts, stored, after))
    return Decision("sign", proposal.bundle.trigger, seat.role, command.digest, effects)


def send_back(workflow: Workflow, facts: Facts, command: SendBack, actor: Actor) -> Decision | Refusal:
    """End the proposal with a reason, or give it back to an earlier stage, as one whose turn it is."""
    proposal = facts.proposal
    reasons = unless_current(facts, command.proposal, command.revision)
    reasons = reasons or unless_returned(facts, command.returned)
    if reasons or proposal is None:
        return Refusal(reasons)
    proposal, renewed = with_renewed_seats(proposal, facts)
    definition = workflow.definition
    seat, reasons = seat_of(definition, proposal, facts, actor.person, command.on_behalf_of)
    if not command.reason.strip():
        reasons = (*reasons, deny("reason_missing"))
    if reasons or seat is None:
        return Refusal(reasons)
    if command.to_stage is not None:
        return return_to_stage(definition, facts, proposal, seat, renewed, command)
    people = tuple(dict.fromkeys((proposal.proposer, *proposal.signers())))
    told = Told(Telling.SENT_BACK, people, (("trigger", proposal.bundle.trigger),))
    closing = close(definition, proposal, Outcome.SENT_BACK, told, command.reason.strip())
    return Decision(
        "send_back", proposal.bundle.trigger, seat.role, proposal.bundle.digest, (*renewed, *closing)
    )


def withdraw(workflow: Workflow, facts: Facts, command: Withdraw, actor: Actor) -> Decision | Refusal:
    """End one's own proposal before anybody signed it."""
    proposal = facts.proposal
    reasons = unless_current(facts, command.proposal, command.revision)
    if reasons or proposal is None:
        return Refusal(reasons)
    reasons = unless_withdrawable(proposal, actor.person)
    if reasons:
        return Refusal(reasons)
    told = Told(Telling.WITHDRAWN, proposal.waiting(), (("trigger", proposal.bundle.trigger),))
    effects = close(workflow.definition, proposal, Outcome.WITHDRAWN, told)
    return Decision("withdraw", proposal.bundle.trigger, "proposer", proposal.bundle.digest, effects)


def unless_withdrawable(proposal: OpenProposal, person: int | None) -> tuple[Reason, ...]:
    """Say why a person could not withdraw a proposal: it is another's, or somebody signed it."""
    if person != proposal.proposer:
        return (deny("not_your_proposal", person=proposal.proposer),)
    first = proposal.first_signature()
    if first is None:
        return ()
    return (deny("signed_by_somebody", person=first.signed_by, at=first.signed_at),)


def _wrong_method(command: Sign, actor: Actor) -> tuple[Reason, ...]:
    """A signature is one's own; one on paper is registered by one person and confirmed by another."""
    if command.proof.method is Method.PAPER:
        if command.proof.registered_by is None or command.signer is None:
            return (deny("paper_not_registered"),)
        if command.proof.registered_by == actor.person:
            return (deny("paper_confirmed_by_registrar"),)
        return ()
    foreign = command.signer is not None and command.signer != actor.person
    return (deny("signature_not_own"),) if foreign else ()


def _after_signature(
    definition: Definition,
    transition: Transition,
    facts: Facts,
    before: OpenProposal,
    after: OpenProposal,
) -> tuple[Effect, ...]:
    if after.stage is not None:
        return turn_passed(definition, before, after)
    closed = ProposalClosed(after.identifier, Outcome.MOVED)
    source = Source(after.bundle, after.proposer, after.identifier)
    return (*signature_settled(definition), closed, *move(definition, transition, facts, source))
