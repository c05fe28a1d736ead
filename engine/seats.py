"""Who owes which signature: the stages of a move resolved to people.

The rules are the house's own: nobody signs what they alone proposed; one natural person counts once, in the
highest seat they would stand in; a stage whose only holder proposed goes to the substitute the settings name,
else it falls away upwards and that is shown.
"""

from __future__ import annotations

from dataclasses import replace

from engine.definition import Transition
from engine.facts import Facts, Seat
from engine.reasons import Reason, deny

PROPOSER = "proposer"
"""A seat fell away because its only holder proposed the move."""
SIGNS_HIGHER = "signs_higher"
"""A seat fell away because its only holder signs in a higher stage."""


def resolve_seats(
    transition: Transition, facts: Facts, proposer: int
) -> tuple[tuple[Seat, ...], tuple[Reason, ...]]:
    """Resolve a move's stages to seats.

    Returns:
        The seats in the order of signing, and the reasons why nobody could sign.
    """
    seats: list[Seat] = []
    for index, stage in enumerate(transition.stages):
        groups = facts.holders.get(stage.role, ())
        if not any(groups):
            groups = ((facts.substitutes[stage.role],),) if stage.role in facts.substitutes else ()
        if not groups:
            return (), (deny("seat_vacant", role=stage.role),)
        seats.extend(
            _seat(index, stage.role, group, facts, proposer, reports=stage.reports) for group in groups
        )
    seats = _once_each(seats)
    if transition.stages and seats[-1].stage != _highest_owed(seats):
        return (), (deny("nobody_above_proposer", role=transition.stages[-1].role),)
    return tuple(seats), ()


def resolve_again(seat: Seat, facts: Facts, proposer: int, taken: frozenset[int]) -> Seat | None:
    """Give a seat new candidates when nobody of the old ones holds its role any more.

    Args:
        seat: The stored seat.
        facts: The subject as it stands now.
        proposer: Who proposed; never a candidate.
        taken: People who stand in other seats of the proposal.

    Returns:
        The seat with its new candidates, or None while the stored ones still stand.
    """
    if seat.substitute or any(facts.holds(seat.role, person) for person in seat.candidates):
        return None
    now = tuple(p for p in facts.people(seat.role) if p != proposer and p not in taken)
    if now:
        return replace(seat, candidates=now)
    substitute = facts.substitutes.get(seat.role)
    if substitute is None or substitute == proposer or substitute in taken:
        return None
    return replace(seat, candidates=(substitute,), substitute=True)


def _seat(
    index: int, role: str, group: tuple[int, ...], facts: Facts, proposer: int, *, reports: bool
) -> Seat:
    others = tuple(person for person in group if person != proposer)
    if others:
        substitute = not facts.holds(role, others[0])
        return Seat(index, role, others, reports=reports, substitute=substitute)
    substitute_person = facts.substitutes.get(role)
    if substitute_person is not None and substitute_person != proposer:
        return Seat(index, role, (substitute_person,), reports=reports, substitute=True)
    return Seat(index, role, (), reports=reports, fell_away=PROPOSER)


def _once_each(seats: list[Seat]) -> list[Seat]:
    """Let everybody stand once, in the highest seat; a lower seat without anybody else falls away."""
    settled: list[Seat] = []
    for seat in reversed(seats):
        settled.insert(0, _against_higher(seat, settled))
    return settled


def _against_higher(seat: Seat, higher: list[Seat]) -> Seat:
    if seat.fell_away:
        return seat
    standing = {person for other in higher if not other.fell_away for person in other.candidates}
    free = tuple(person for person in seat.candidates if person not in standing)
    if free:
        return replace(seat, candidates=free)
    only = seat.candidates[0]
    for position, other in enumerate(higher):
        if only in other.candidates:
            higher[position] = replace(other, candidates=(only,))
            break
    return replace(seat, candidates=(), fell_away=SIGNS_HIGHER)


def _highest_owed(seats: list[Seat]) -> int:
    return max((seat.stage for seat in seats if seat.owed), default=-1)
