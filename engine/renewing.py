"""Seats of an open proposal whose people lost their role: resolved again, and recorded.

Knows nothing of signatures to be given; whoever signs, sends back or reseats asks here first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.commands import Reseat
from engine.decision import Decision, Effect, SeatResolvedAgain, Telling, Told
from engine.definition import Definition, Rule
from engine.facts import Facts, FellAway, OpenProposal, Seat, covered_by
from engine.machine import Workflow
from engine.moving import hold, signature_owed, signature_settled
from engine.reasons import Refusal, deny
from engine.seats import groups_of, substitute_for


def reseat(workflow: Workflow, facts: Facts, command: Reseat) -> Decision | Refusal:
    """Resolve the open proposal's seats again, so that those who owe a signature now learn it."""
    before = facts.proposal
    if before is None or before.identifier != command.proposal:
        return Refusal((deny("proposal_unknown"),))
    after, renewed = with_renewed_seats(before, facts)
    if not renewed:
        return Refusal((deny("seats_stand"),))
    bundle = before.bundle
    effects = (*renewed, *turn_passed(workflow.definition, before, after))
    return Decision("reseat", bundle.trigger, "", bundle.digest, effects)


def with_renewed_seats(
    proposal: OpenProposal, facts: Facts
) -> tuple[OpenProposal, tuple[SeatResolvedAgain, ...]]:
    """Give the proposal with its owed seats as they stand today, and what changed."""
    seats = list(proposal.seats)
    renewed: list[SeatResolvedAgain] = []
    for position, seat in enumerate(seats):
        if not seat.owed or _stands(seat, proposal.seats, facts):
            continue
        now = _again(position, seats, facts, proposal.proposer)
        if now is not None and now != seat:
            seats[position] = now
            renewed.append(SeatResolvedAgain(seat, now))
    return replace(proposal, seats=tuple(seats)), tuple(renewed)


def may_sit(seat: Seat, person: int, facts: Facts) -> bool:
    """Say whether a candidate of a seat still may sign: holds its role or stands in for it, independently."""
    holds = facts.holds(seat.role, person) or (seat.substitute and facts.substitutes.get(seat.role) == person)
    return holds and not facts.related(seat.independent_of, person)


def _stands(seat: Seat, seats: tuple[Seat, ...], facts: Facts) -> bool:
    """Say whether enough of a seat's people still may sign; of seats over the same people, each needs one."""
    signed = {person for other in seats for person in other.given_by}
    able = [p for p in seat.candidates if p not in signed and may_sit(seat, p, facts)]
    return len(able) >= covered_by(seat.candidates, seat, seats)


def turn_passed(definition: Definition, before: OpenProposal, after: OpenProposal) -> tuple[Effect, ...]:
    """Give the effects of another stage, or other people, becoming the ones who owe a signature."""
    trigger = after.bundle.trigger
    held = hold(definition, trigger) if after.reported and not before.reported else ()
    if after.stage != before.stage:
        return (
            *signature_settled(definition),
            *held,
            *signature_owed(definition, after.seats, trigger),
        )
    new = tuple(person for person in after.waiting() if person not in before.waiting())
    told = (Told(Telling.SIGNATURE_OWED, new, (("trigger", trigger),)),) if new else ()
    return (*held, *told)


def _again(position: int, seats: list[Seat], facts: Facts, proposer: int) -> Seat | None:
    seat = seats[position]
    others = [*seats[:position], *seats[position + 1 :]]
    holders = _group(position, seats, facts)
    independent = tuple(p for p in holders if not facts.related(seat.independent_of, p))
    people = tuple(person for person in independent if person != proposer)
    if seat.rule is Rule.SOME:
        return _among_some(seat, people, others)
    if seat.rule is Rule.ONE and len(people) > 1:
        return None
    substitute = None if people else substitute_for(seat.role, facts, proposer, seat.independent_of)
    if substitute is not None:
        people = (substitute,)
    spare = tuple(person for person in people if not _bound(person, others))
    if spare:
        return replace(seat, candidates=spare, substitute=substitute is not None)
    why = _falls_away(people or independent, seat, proposer, others)
    return None if why is None else replace(seat, candidates=(), fell_away=why)


def _among_some(seat: Seat, people: tuple[int, ...], others: list[Seat]) -> Seat | None:
    """Give a seat of several over the same people all who may sign in one of them now."""
    signed = {person for other in others for person in other.given_by}
    elsewhere = [other for other in others if other.stage != seat.stage]
    free = tuple(p for p in people if p not in signed and not _bound(p, elsewhere))
    return replace(seat, candidates=free) if free else None


def _group(position: int, seats: list[Seat], facts: Facts) -> tuple[int, ...]:
    """The people of the seat's own department; where departments came or went, whoever stands nowhere yet."""
    seat = seats[position]
    if seat.rule is not Rule.ALL:
        return groups_of(seat.rule, seat.role, facts)[0]
    beside = [index for index, other in enumerate(seats) if other.stage == seat.stage]
    groups = facts.holders.get(seat.role, ())
    own = groups[beside.index(position)] if len(groups) == len(beside) else ()
    elsewhere = {p for index in beside if index != position for p in seats[index].candidates}
    if not set(own) <= elsewhere:
        return own
    return tuple(p for p in facts.people(seat.role) if p not in elsewhere) or facts.people(seat.role)


def _bound(person: int, others: list[Seat]) -> bool:
    """Say whether a person signed in another seat, or has to sign there whoever else does."""
    return any(person in other.given_by or _sure(other, (person,), others) for other in others)


def _sure(other: Seat, people: Collection[int], seats: list[Seat]) -> bool:
    return other.owed and covered_by(people, other, seats) > 0


def _falls_away(people: Collection[int], seat: Seat, proposer: int, others: list[Seat]) -> FellAway | None:
    above = [other for other in others if other.owed and other.stage > seat.stage]
    beside = [other for other in others if other.owed and other.stage == seat.stage]
    if any(_sure(other, people, others) for other in above):
        return FellAway.SIGNS_HIGHER
    if any(_sure(other, people, others) for other in beside):
        return FellAway.SIGNS_BESIDE
    return FellAway.PROPOSER if proposer in people and above else None
