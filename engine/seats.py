"""Who owes which signature: the stages of a move resolved to people.

The rules are the house's own: nobody signs what they alone proposed; one natural person counts once, in the
highest seat they would stand in; a stage that nobody holds, or whose only holder proposed, goes to the
substitute the settings name; where the only holder proposed and no substitute is named it falls away upwards,
and that is shown. Whom a stage's independence excludes is no candidate of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from engine.definition import Rule, Stage, Transition
from engine.facts import Facts, FellAway, Seat
from engine.reasons import Reason, deny


@dataclass(frozen=True, slots=True)
class _Bench:
    """Seats over the same people, each signed by another of them: one, but for the rule ``some``."""

    seat: Seat
    need: int = 1

    def sure_of(self, people: Collection[int]) -> int:
        """Say how many of ``people`` sign here whoever else does."""
        return self.need - len(set(self.seat.candidates) - set(people))


def resolve_seats(
    transition: Transition, facts: Facts, proposer: int
) -> tuple[tuple[Seat, ...], tuple[Reason, ...]]:
    """Resolve a move's stages to seats.

    Returns:
        The seats in the order of signing, and the reasons why nobody could sign.
    """
    benches: list[_Bench] = []
    vacant: dict[Reason, None] = {}
    for index, stage in enumerate(transition.stages):
        for number, group in enumerate(groups_of(stage.rule, stage.role, facts)):
            bench = _bench(index, number, stage, group, facts, proposer)
            if isinstance(bench, _Bench):
                benches.append(bench)
            else:
                vacant[bench] = None
    seats = None if vacant else _once_each(benches, vacant)
    if seats is None:
        return (), tuple(vacant)
    if transition.stages and not any(seat.owed for seat in seats if seat.stage == seats[-1].stage):
        return (), (deny("nobody_above_proposer", role=transition.stages[-1].role),)
    return seats, ()


def groups_of(rule: Rule, role: str, facts: Facts) -> tuple[tuple[int, ...], ...]:
    """Give the groups that owe signatures under a rule: those that hold the role, or all of them as one."""
    return (facts.holders.get(role, ()) or ((),)) if rule is Rule.ALL else (facts.people(role),)


def substitute_for(role: str, facts: Facts, proposer: int, independent_of: tuple[str, ...]) -> int | None:
    """Give the person who stands in for a role, unless that one proposed or is excluded."""
    person = facts.substitutes.get(role)
    return None if person == proposer or facts.related(independent_of, person) else person


def _bench(
    index: int, number: int, stage: Stage, group: tuple[int, ...], facts: Facts, proposer: int
) -> _Bench | Reason:
    if stage.rule is Rule.ONE and len(group) > 1:
        return deny("seat_ambiguous", role=stage.role, candidates=group)
    seat = Seat(
        index,
        stage.role,
        (),
        reports=stage.reports and number == 0,
        rule=stage.rule,
        within=stage.within,
        independent_of=stage.independent_of,
    )
    named = facts.substitutes.get(stage.role)
    independent = [p for p in (*group, named) if not facts.related(stage.independent_of, p)]
    others = tuple(person for person in group if person != proposer and person in independent)
    if len(others) >= stage.need:
        return _Bench(replace(seat, candidates=others, substitute=others == (named,)), stage.need)
    substitute = substitute_for(stage.role, facts, proposer, stage.independent_of)
    if stage.need == 1 and substitute is not None:
        return _Bench(replace(seat, candidates=(substitute,), substitute=True))
    if stage.need == 1 and proposer in independent:
        return _Bench(replace(seat, fell_away=FellAway.PROPOSER))
    excluded = not set(group) <= set(independent)
    return deny("seat_not_independent" if excluded else "seat_vacant", role=stage.role)


def _once_each(benches: list[_Bench], vacant: dict[Reason, None]) -> tuple[Seat, ...] | None:
    """Let everybody stand once, in the highest seat; a lower seat without anybody else falls away.

    Within a stage the seat with the fewest people chooses first, so that two people of two departments both
    sign where one of them could stand in for both.
    """
    order = sorted(
        range(len(benches)), key=lambda i: (-benches[i].seat.stage, len(benches[i].seat.candidates), i)
    )
    settled: dict[int, list[_Bench]] = {}
    for position in order:
        if not _settle(position, benches[position], settled):
            vacant[deny("seat_vacant", role=benches[position].seat.role)] = None
            return None
    return tuple(
        bench.seat
        for position in range(len(benches))
        for bench in settled[position]
        for _ in range(bench.need)
    )


def _settle(position: int, bench: _Bench, settled: dict[int, list[_Bench]]) -> bool:
    """Seat a bench beside those that chose before; False where too few people are left for it."""
    seat = bench.seat
    standing = {p for others in settled.values() for other in others for p in other.seat.candidates}
    free = tuple(person for person in seat.candidates if person not in standing)
    if seat.fell_away is not None or len(free) >= bench.need:
        settled[position] = [_Bench(replace(seat, candidates=free), bench.need)]
        return True
    parts = [_Bench(replace(seat, candidates=free), len(free))] if free else []
    missing, left = bench.need - len(free), set(seat.candidates) - set(free)
    while missing > 0 and left:
        # Whoever stands for this seat must be one who signs in the other, or nobody of its role would.
        stage, shared, sure = _pin(left, settled)
        why = FellAway.SIGNS_HIGHER if stage > seat.stage else FellAway.SIGNS_BESIDE
        gone = min(sure, missing)
        parts.append(_Bench(replace(seat, candidates=(), fell_away=why), gone))
        missing, left = missing - gone, left - shared
    settled[position] = parts
    return missing == 0


def _pin(people: Collection[int], settled: dict[int, list[_Bench]]) -> tuple[int, set[int], int]:
    """See to it that one of ``people`` signs in a seat that was settled before.

    Returns:
        The stage of that seat, those of ``people`` who stand there, and how many of them sign for sure.
    """
    others, number, other = next(
        (others, number, other)
        for others in settled.values()
        for number, other in enumerate(others)
        if not set(people).isdisjoint(other.seat.candidates)
    )
    shared = tuple(person for person in other.seat.candidates if person in people)
    if other.sure_of(shared) > 0:
        return other.seat.stage, set(shared), other.sure_of(shared)
    rest = tuple(person for person in other.seat.candidates if person not in people)
    pinned = [_Bench(replace(other.seat, candidates=shared))]
    if other.need > 1:
        pinned.append(_Bench(replace(other.seat, candidates=rest), other.need - 1))
    others[number : number + 1] = pinned
    return other.seat.stage, set(shared), 1
