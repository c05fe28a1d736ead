"""Proposing and revising a move."""

from __future__ import annotations

from engine.actor import Actor
from engine.admission import admit_proposal, blocked_by_proposal, proposing_role, supersedes
from engine.bundle import Bundle
from engine.commands import Propose, Revise
from engine.currency import unless_current, unless_fresh
from engine.decision import (
    Decision,
    Effect,
    Outcome,
    ProposalOpened,
    ProposalRevised,
    Telling,
    Told,
)
from engine.definition import Definition, Transition
from engine.facts import Facts, OpenProposal, Seat, reported_among
from engine.fitness import unfit, unless_bound
from engine.machine import Workflow
from engine.moving import Source, close, everybody, hold, move, resume, signature_owed, signature_settled
from engine.reasons import Reason, Refusal, deny
from engine.seats import resolve_seats


def propose(workflow: Workflow, facts: Facts, command: Propose, actor: Actor) -> Decision | Refusal:
    """Open a proposal, or make the move at once where nobody needs to sign."""
    bundle = command.bundle
    transition, reasons = admit_proposal(workflow, facts, bundle.trigger, actor, bundle)
    if any(reason.code in {"trigger_unknown", "not_proposer"} for reason in reasons):
        return Refusal(reasons)
    definition = workflow.definition
    astray = unless_fresh(facts, command.version) or unless_bound(definition, facts, bundle)
    if astray or transition is None or actor.person is None:
        return Refusal(astray or reasons)
    seats, vacant = resolve_seats(transition, facts, actor.person)
    reasons += (*blocked_by_proposal(transition, facts), *unfit(definition, facts, bundle), *vacant)
    if reasons:
        return Refusal(reasons)
    effects = _superseding(definition, transition, facts)
    if transition.stages:
        effects += (ProposalOpened(bundle, seats, command.key), *_waiting(definition, bundle, seats))
    else:
        effects += move(definition, transition, facts, Source(bundle, actor.person, key=command.key))
    role = proposing_role(transition, facts, actor.person) or ""
    return Decision("propose", bundle.trigger, role, bundle.digest, effects)


def revise(workflow: Workflow, facts: Facts, command: Revise, actor: Actor) -> Decision | Refusal:
    """Replace the open proposal's bundle; what was signed is void and everybody who signed is told."""
    proposal = facts.proposal
    gone = unless_current(facts, command.proposal, command.revision)
    if gone or proposal is None:
        return Refusal(gone)
    bundle, definition = command.bundle, workflow.definition
    astray = _not_the_same(proposal, bundle, actor) or unless_bound(definition, facts, bundle)
    transition, reasons = admit_proposal(workflow, facts, bundle.trigger, actor, bundle)
    if astray or transition is None:
        return Refusal(astray or reasons)
    seats, vacant = resolve_seats(transition, facts, proposal.proposer)
    reasons += (*unfit(definition, facts, bundle), *vacant)
    if reasons:
        return Refusal(reasons)
    effects = _revising(definition, proposal, bundle, seats)
    role = proposing_role(transition, facts, actor.person) or ""
    return Decision("revise", transition.trigger, role, bundle.digest, effects)


def _not_the_same(proposal: OpenProposal, bundle: Bundle, actor: Actor) -> tuple[Reason, ...]:
    if actor.person != proposal.proposer:
        return (deny("not_your_proposal", person=proposal.proposer),)
    if bundle.trigger != proposal.bundle.trigger:
        return (deny("trigger_changed", trigger=proposal.bundle.trigger),)
    return ()


def _revising(
    definition: Definition, proposal: OpenProposal, bundle: Bundle, seats: tuple[Seat, ...]
) -> tuple[Effect, ...]:
    signed = proposal.signers()
    told = (Told(Telling.REVISED, signed, (("trigger", bundle.trigger),)),) if signed else ()
    return (
        ProposalRevised(proposal.identifier, proposal.revision + 1, bundle, seats),
        *signature_settled(definition),
        *resume(definition, bundle.trigger),
        *told,
        *_waiting(definition, bundle, seats),
    )


def _superseding(definition: Definition, transition: Transition, facts: Facts) -> tuple[Effect, ...]:
    proposal = facts.proposal
    if proposal is None or not supersedes(transition, proposal):
        return ()
    params = (("trigger", proposal.bundle.trigger), ("by", transition.trigger))
    told = Told(Telling.SUPERSEDED, everybody(proposal), params)
    return close(definition, proposal, Outcome.SUPERSEDED, told, transition.trigger)


def _waiting(definition: Definition, bundle: Bundle, seats: tuple[Seat, ...]) -> tuple[Effect, ...]:
    """The first owed stage's clock starts; where nobody needs to report, the clocks are held at once."""
    return (
        *(hold(definition, bundle.trigger) if reported_among(seats) else ()),
        *signature_owed(definition, seats, bundle.trigger),
    )
