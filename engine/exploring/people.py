"""Every way in which roles can fall to four people, as far as exchanging the people makes a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from engine.definition import Definition, Rule, Transition
from engine.promises import Known

PEOPLE = (1, 2, 3, 4)

Holders = tuple[tuple[int, ...], ...]
"""For each of some roles, in their order, the people who hold it."""


def asked(transition: Transition) -> tuple[str, ...]:
    """Give the roles that may propose a move or owe it a signature."""
    return tuple(dict.fromkeys((*transition.proposed_by, *(stage.role for stage in transition.stages))))


def playing_roles(definition: Definition) -> tuple[str, ...]:
    """Give the roles on which it depends who can make which move."""
    makers = [role for transition in definition.transitions for role in asked(transition)]
    relating = [role for related in definition.known.related for role in related.roles]
    return tuple(dict.fromkeys((*makers, *relating)))


def assignments(definition: Definition, roles: Sequence[str]) -> Iterator[Holders]:
    """Give every assignment of roles to the people, of those that differ only in who is who the first.

    A role is held by one person; one that owes several signatures by as many people as it owes, or more.
    What is known to lie apart stays apart.
    """
    sizes = _sizes(definition)
    kept = _kept_apart(definition.known, roles)
    yield from _extended((), [sizes.get(role, (1,)) for role in roles], kept)


def _extended(
    given: Holders, sizes: Sequence[Sequence[int]], kept: Sequence[Sequence[int]]
) -> Iterator[Holders]:
    place = len(given)
    if place == len(sizes):
        yield given
        return
    known = max((person for people in given for person in people), default=0)
    excluded = {person for other in kept[place] for person in given[other]}
    for size in sizes[place]:
        # Newcomers come first: the plainest examples are those in which everybody is somebody else.
        for people in sorted(combinations(PEOPLE, size), reverse=True):
            fresh = [person for person in people if person > known]
            # Newcomers come in their order, since who is who makes no difference.
            if excluded.isdisjoint(people) and fresh == list(range(known + 1, known + 1 + len(fresh))):
                yield from _extended((*given, people), sizes, kept)


def _sizes(definition: Definition) -> Mapping[str, tuple[int, ...]]:
    sizes: dict[str, tuple[int, ...]] = {}
    for transition in definition.transitions:
        for stage in transition.stages:
            if stage.rule is Rule.SOME and stage.need >= sizes.get(stage.role, (0,))[0]:
                sizes[stage.role] = tuple(range(min(stage.need, len(PEOPLE)), len(PEOPLE) + 1))
    return sizes


def _kept_apart(known: Known, roles: Sequence[str]) -> list[list[int]]:
    """For each role, by its place, give the places of the earlier roles that its holders do not hold."""
    pairs = {(one, other) for apart in known.apart for one in apart.roles for other in apart.others}
    pairs |= {(other, one) for one, other in pairs}
    return [
        [place for place, earlier in enumerate(roles[:number]) if (earlier, role) in pairs]
        for number, role in enumerate(roles)
    ]


def relabelled(holders: Holders) -> tuple[Holders, tuple[int, ...]]:
    """Give an assignment with its people numbered as they appear, and who each number stands for."""
    numbers: dict[int, int] = {}
    found = tuple(
        tuple(sorted(numbers.setdefault(person, len(numbers) + 1) for person in people)) for people in holders
    )
    return found, tuple(numbers)


def roles_of(roles: Sequence[str], holders: Holders) -> tuple[tuple[str, ...], ...]:
    """Give the roles that each person of an assignment holds, the first person first."""
    last = max((person for people in holders for person in people), default=0)
    return tuple(
        tuple(role for role, people in zip(roles, holders, strict=True) if person in people)
        for person in range(1, last + 1)
    )
