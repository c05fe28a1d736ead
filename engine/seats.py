"""Who owes which signature: the stages of a move resolved to people.

The rules are the house's own: nobody signs what they alone proposed; one natural person counts once, in the
highest seat they would stand in; a stage that nobody holds, or whose only holder proposed, goes to the
substitute the settings name; where the only holder proposed and no substitute is named it falls away upwards,
and that is shown.
"""

from __future__ import annotations

from dataclasses import replace

from engine.definition import Transition
from engine.facts import Facts, FellAway, Seat
from engine.reasons import Reason, deny


def resolve_seats(
    transition: Transition, facts: Facts, proposer: int
) -> tuple[tuple[Seat, ...], tuple[Reason, ...]]:
    """Resolve a move's stages to seats.

    Returns:
        The seats in the order of signing, and the reasons why nobody could sign.
    """
    seats: list[Seat] = []
    vacant: list[Reason] = []
    for index, stage in enumerate(transition.stages):
        for number, group in enumerate(facts.holders.get(stage.role, ()) or ((),)):
            seat = _seat(index, stage.role, group, facts, proposer)
            if seat is not None:
                seats.append(replace(seat, reports=stage.reports and number == 0))
            elif (reason := deny("seat_vacant", role=stage.role)) not in vacant:
                vacant.append(reason)
    if vacant:
        return (), tuple(vacant)
    seats = _once_each(seats)
    if transition.stages and not any(seat.owed for seat in seats if seat.stage == seats[-1].stage):
        return (), (deny("nobody_above_proposer", role=transition.stages[-1].role),)
    return tuple(seats), ()


def substitute_for(role: str, facts: Facts, proposer: int) -> int | None:
    """Give the person who stands in for a role, unless that one proposed."""
    person = facts.substitutes.get(role)
    return None if person == proposer else person


def _seat(index: int, role: str, group: tuple[int, ...], facts: Facts, proposer: int) -> Seat | None:
    others = tuple(person for person in group if person != proposer)
    if others:
        return Seat(index, role, others, substitute=others == (facts.substitutes.get(role),))
    substitute = substitute_for(role, facts, proposer)
    if substitute is not None:
        return Seat(index, role, (substitute,), substitute=True)
    if proposer in (*group, facts.substitutes.get(role)):
        return Seat(index, role, (), fell_away=FellAway.PROPOSER)
    return None


def _once_each(seats: list[Seat]) -> list[Seat]:
    """Let everybody stand once, in the highest seat; a lower seat without anybody else falls away.

    Within a stage the seat with the fewest people chooses first, so that two people of two departments both
    sign where one of them could stand in for both.
    """
    order = sorted(range(len(seats)), key=lambda i: (-seats[i].stage, len(seats[i].candidates), i))
    settled: dict[int, Seat] = {}
    for position in order:
        settled[position] = _against_settled(seats[position], settled)
    return [settled[position] for position in range(len(seats))]


def _against_settled(seat: Seat, settled: dict[int, Seat]) -> Seat:
    standing = {person for other in settled.values() for person in other.candidates}
    free = tuple(person for person in seat.candidates if person not in standing)
    if free or seat.fell_away:
        return replace(seat, candidates=free)
    # Whoever stands for this seat must be the one who signs in the other, or nobody of its role would.
    position, other = next(
        (position, other)
        for position, other in settled.items()
        if not set(seat.candidates).isdisjoint(other.candidates)
    )
    shared = tuple(person for person in other.candidates if person in seat.candidates)
    settled[position] = replace(other, candidates=shared)
    why = FellAway.SIGNS_HIGHER if other.stage > seat.stage else FellAway.SIGNS_BESIDE
    return replace(seat, candidates=(), fell_away=why)
