"""Sending a proposal back to an earlier stage: it stays open, and what was signed from there on is void.

Knows nothing of ending a proposal; that gives the matter back to who proposed it.
"""

from __future__ import annotations

from dataclasses import replace

from engine.commands import SendBack
from engine.decision import Decision, Effect, SeatResolvedAgain, SignaturesVoided, Telling, Told
from engine.definition import Definition
from engine.facts import Facts, OpenProposal, Seat
from engine.moving import resume, signature_owed, signature_settled
from engine.reasons import Refusal, deny
from engine.renewing import with_renewed_seats


def stages_below(proposal: OpenProposal) -> tuple[int, ...]:
    """Give the stages before the current one in which somebody signed: those it can be sent back to."""
    current = proposal.stage
    signed = {seat.stage for seat in proposal.seats if seat.signed_by is not None}
    return tuple(sorted(stage for stage in signed if current is not None and stage < current))


def return_to_stage(
    definition: Definition,
    facts: Facts,
    proposal: OpenProposal,
    seat: Seat,
    renewed: tuple[SeatResolvedAgain, ...],
    command: SendBack,
) -> Decision | Refusal:
    """Void what was signed from a stage on, so that it signs anew; the digest stands.

    Args:
        definition: The definition.
        facts: The subject.
        proposal: The open proposal with its seats as they stand today.
        seat: The seat of who sends it back.
        renewed: The seats that were resolved again to find that one.
        command: What is asked, with a stage.
    """
    stage = command.to_stage
    if stage is None or stage not in stages_below(proposal):
        return Refusal((deny("stage_not_before", stages=stages_below(proposal)),))
    void = tuple(s for s in proposal.seats if s.stage >= stage and s.signed_by is not None)
    emptied = tuple(unsigned(s) if s in void else s for s in proposal.seats)
    after, again = with_renewed_seats(replace(proposal, seats=emptied), facts)
    effects: tuple[Effect, ...] = (
        *renewed,
        SignaturesVoided(proposal.identifier, stage, void, command.reason.strip()),
        *again,
        *_clocks(definition, proposal, after),
        *_telling(definition, proposal, after, void),
    )
    return Decision("send_back", proposal.bundle.trigger, seat.role, proposal.bundle.digest, effects)


def unsigned(seat: Seat) -> Seat:
    """Give a seat as it is owed again."""
    return replace(seat, signed_by=None, signed_for=None, signed_at=None)


def _clocks(definition: Definition, before: OpenProposal, after: OpenProposal) -> tuple[Effect, ...]:
    """The current stage's clock ends; the department's run on where it has to report anew."""
    resumed = resume(definition, before.bundle.trigger) if before.reported and not after.reported else ()
    return (*signature_settled(definition), *resumed)


def _telling(
    definition: Definition, before: OpenProposal, after: OpenProposal, void: tuple[Seat, ...]
) -> tuple[Effect, ...]:
    trigger = before.bundle.trigger
    people = tuple(dict.fromkeys(person for seat in void for person in seat.given_by))
    return (
        Told(Telling.VOIDED, people, (("trigger", trigger),)),
        *signature_owed(definition, after.seats, trigger),
    )
