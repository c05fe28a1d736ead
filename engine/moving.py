"""The effects of a step, and of a proposal that ends without one, on clocks and on who is told."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bundle import Bundle
from engine.decision import (
    DeadlineHeld,
    DeadlineResumed,
    DeadlineStarted,
    DeadlineStopped,
    Effect,
    Outcome,
    ProposalClosed,
    SubjectMoved,
    Telling,
    Told,
)
from engine.definition import Clock, Definition, Transition
from engine.facts import Facts, OpenProposal, Seat, limit_among, waiting_among


@dataclass(frozen=True, slots=True)
class Source:
    """Where a step comes from: a signed proposal, or a move that happens at once under its key."""

    bundle: Bundle
    proposer: int
    proposal: int | None = None
    key: str = ""


def move(definition: Definition, transition: Transition, facts: Facts, source: Source) -> tuple[Effect, ...]:
    """Give the effects of a step."""
    moved = SubjectMoved(
        trigger=transition.trigger,
        origin=facts.state,
        state=transition.leads_to(facts.state),
        version=facts.version + 1,
        round=facts.round + (1 if transition.new_round else 0),
        bundle=source.bundle,
        proposer=source.proposer,
        proposal=source.proposal,
        key=source.key,
    )
    stopped = transition.stops
    if transition.stops_all:
        settled = definition.stopped_by(Clock.SIGNATURE_SETTLED)
        stopped = tuple(d.kind for d in definition.deadlines if d.kind not in settled)
    people = {source.proposer: None} | {p: None for role in transition.tells for p in facts.people(role)}
    return (
        moved,
        *(DeadlineStopped(kind) for kind in stopped),
        *(DeadlineStarted(kind) for kind in transition.starts),
        *_held_beside(definition, transition, facts),
        Told(Telling.MOVED, tuple(people), (("trigger", transition.trigger),)),
    )


def _held_beside(definition: Definition, transition: Transition, facts: Facts) -> tuple[Effect, ...]:
    """A clock that starts beside a proposal which will stop it is held, once the department has reported."""
    proposal = facts.proposal
    if not transition.beside or proposal is None or not proposal.reported:
        return ()
    stopping = definition.stopped_through(proposal.bundle.trigger)
    return tuple(DeadlineHeld(kind) for kind in transition.starts if kind in stopping)


def hold(definition: Definition, trigger: str) -> tuple[Effect, ...]:
    """The department has reported: its clocks that the move stops are held."""
    return tuple(DeadlineHeld(kind) for kind in definition.stopped_through(trigger))


def resume(definition: Definition, trigger: str) -> tuple[Effect, ...]:
    """The proposal ended or was revised: the held clocks run on."""
    return tuple(DeadlineResumed(kind) for kind in definition.stopped_through(trigger))


def signature_owed(definition: Definition, seats: tuple[Seat, ...], trigger: str) -> tuple[Effect, ...]:
    """A stage becomes the current one: its clock starts with the stage's limit and its people are told."""
    within = limit_among(seats)
    return (
        *(DeadlineStarted(kind, within) for kind in definition.started_by(Clock.SIGNATURE_OWED)),
        Told(Telling.SIGNATURE_OWED, waiting_among(seats), (("trigger", trigger),)),
    )


def signature_settled(definition: Definition) -> tuple[Effect, ...]:
    """The current stage is over, however: its clock stops."""
    return tuple(DeadlineStopped(kind) for kind in definition.stopped_by(Clock.SIGNATURE_SETTLED))


def close(
    definition: Definition, proposal: OpenProposal, outcome: Outcome, told: Told, reason: str = ""
) -> tuple[Effect, ...]:
    """End the open proposal without a step: its clock stops, the department's clocks run on."""
    return (
        ProposalClosed(proposal.identifier, outcome, reason),
        *signature_settled(definition),
        *resume(definition, proposal.bundle.trigger),
        told,
    )


def everybody(proposal: OpenProposal) -> tuple[int, ...]:
    """Give the proposer, those who signed and those whose turn it is, each once."""
    return tuple(dict.fromkeys((proposal.proposer, *proposal.signers(), *proposal.waiting())))
