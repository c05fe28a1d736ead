"""Proposing and revising a move."""

from __future__ import annotations

from engine.actor import Actor
from engine.admission import admit_proposal, blocked_by_proposal
from engine.bundle import Bundle
from engine.commands import Propose, Revise
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
from engine.facts import Facts, OpenProposal, Seat
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
    reasons = _stale(facts, command.version) or reasons
    if transition is None or actor.person is None:
        return Refusal(reasons or (deny("not_proposer", trigger=bundle.trigger),))
    reasons = reasons or blocked_by_proposal(transition, facts) or _foreign(workflow, facts, bundle)
    seats, vacant = resolve_seats(transition, facts, actor.person)
    reasons = reasons or vacant
    if reasons:
        return Refusal(reasons)
    effects = _superseding(workflow.definition, transition, facts)
    if transition.stages:
        opened = ProposalOpened(bundle, seats, command.key)
        effects += (opened, *_waiting(workflow.definition, bundle, seats, actor.person))
    else:
        source = Source(bundle, actor.person, key=command.key)
        effects += move(workflow.definition, transition, facts, source)
    return Decision("propose", bundle.trigger, _role(transition, facts, actor), bundle.digest, effects)


def revise(workflow: Workflow, facts: Facts, command: Revise, actor: Actor) -> Decision | Refusal:
    """Replace the open proposal's bundle; what was signed is void and everybody who signed is told."""
    proposal = facts.proposal
    gone = unless_current(facts, command.proposal, command.revision)
    if gone or proposal is None:
        return Refusal(gone)
    if actor.person != proposal.proposer:
        return Refusal((deny("not_your_proposal", person=proposal.proposer),))
    if command.bundle.trigger != proposal.bundle.trigger:
        return Refusal((deny("trigger_changed", trigger=proposal.bundle.trigger),))
    transition, reasons = admit_proposal(workflow, facts, command.bundle.trigger, actor, command.bundle)
    reasons = reasons or _foreign(workflow, facts, command.bundle)
    if transition is None or reasons:
        return Refusal(reasons)
    seats, vacant = resolve_seats(transition, facts, proposal.proposer)
    if vacant:
        return Refusal(vacant)
    definition = workflow.definition
    signed = tuple(seat.signed_by for seat in proposal.seats if seat.signed_by is not None)
    effects: tuple[Effect, ...] = (
        ProposalRevised(proposal.identifier, proposal.revision + 1, command.bundle, seats),
        *signature_settled(definition),
        *resume(definition, transition.trigger),
        *((Told(Telling.REVISED, signed, (("trigger", transition.trigger),)),) if signed else ()),
        *_waiting(definition, command.bundle, seats, proposal.proposer),
    )
    role = _role(transition, facts, actor)
    return Decision("revise", transition.trigger, role, command.bundle.digest, effects)


def unless_current(facts: Facts, proposal: int, revision: int) -> tuple[Reason, ...]:
    """Say why a page about a proposal is out of date: it ended, or has a newer revision."""
    if facts.proposal is None or facts.proposal.identifier != proposal:
        latest = facts.latest
        if latest is None:
            return (deny("proposal_unknown"),)
        return (deny("proposal_closed", person=latest.person, at=latest.at, action=latest.action),)
    if facts.proposal.revision != revision:
        return (deny("revision_changed", revision=facts.proposal.revision),)
    return ()


def _stale(facts: Facts, version: int) -> tuple[Reason, ...]:
    if version == facts.version:
        return ()
    latest = facts.latest
    if latest is None:
        return (deny("stale_without_trace"),)
    return (deny("stale", person=latest.person, at=latest.at, action=latest.action),)


def _foreign(workflow: Workflow, facts: Facts, bundle: Bundle) -> tuple[Reason, ...]:
    bound = (facts.subject, facts.round, workflow.definition.reference)
    if (bundle.subject, bundle.round, bundle.definition) == bound:
        return ()
    return (deny("bundle_foreign", subject=bundle.subject),)


def _superseding(definition: Definition, transition: Transition, facts: Facts) -> tuple[Effect, ...]:
    proposal: OpenProposal | None = facts.proposal
    if proposal is None or not transition.supersedes:
        return ()
    params = (("trigger", proposal.bundle.trigger), ("by", transition.trigger))
    told = Told(Telling.SUPERSEDED, everybody(proposal), params)
    return close(definition, proposal, Outcome.SUPERSEDED, told, transition.trigger)


def _waiting(
    definition: Definition, bundle: Bundle, seats: tuple[Seat, ...], proposer: int
) -> tuple[Effect, ...]:
    """The first owed stage's clock starts; where nobody reports for the department, its clocks are held."""
    first = min(seat.stage for seat in seats if seat.owed)
    people = tuple(
        p for seat in seats if seat.owed and seat.stage == first for p in seat.candidates if p != proposer
    )
    reporting = [seat for seat in seats if seat.reports]
    held = bool(reporting) and not any(seat.owed for seat in reporting)
    return (
        *(hold(definition, bundle.trigger) if held else ()),
        *signature_owed(definition, people, bundle.trigger),
    )


def _role(transition: Transition, facts: Facts, actor: Actor) -> str:
    return next(role for role in transition.proposed_by if facts.holds(role, actor.person))
