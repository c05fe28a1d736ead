"""Who of an assignment can make which move: played once, remembered for everybody it holds for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from engine.definition import Definition, Transition
from engine.exploring.people import Holders, asked, playing_roles, relabelled
from engine.exploring.playing import Move, Played, Way

Earned = frozenset[tuple[str, int]]
"""Relations that people came by through what they proposed: the relation and the person."""

NOTHING: Earned = frozenset()


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a kind of move makes a difference to where an assignment leads.

    Attributes:
        ways: For each way those roles whose signature is promised and whose holder signed.
        alone: Who can make it alone.
    """

    ways: frozenset[frozenset[str]]
    alone: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Moves that the same people make in the same way, whatever they are called."""

    number: int
    move: Move
    roles: tuple[str, ...]
    places: tuple[int, ...]
    relations: frozenset[str]


class Company:
    """The moves of a definition, and who can make them."""

    def __init__(self, definition: Definition) -> None:
        self.roles = playing_roles(definition)
        self._definition = definition
        self._promised = {need.signed_by for need in definition.promises.needs}
        self._by_role = {
            related.relation: tuple(
                role for r in definition.known.related if r.relation == related.relation for role in r.roles
            )
            for related in definition.known.related
        }
        self._known: dict[tuple[int, Holders, Earned], Played] = {}
        self._outlines: dict[tuple[int, Holders], Outline] = {}
        self._labels: dict[Holders, tuple[Holders, tuple[int, ...]]] = {}
        kinds: dict[object, _Kind] = {}
        for transition in definition.transitions:
            kinds.setdefault(_alike(transition), self._kind(len(kinds), transition))
        self.kinds = tuple(kinds.values())
        self.kind_of = {number: kinds[_alike(t)].number for number, t in enumerate(definition.transitions)}

    def _kind(self, number: int, transition: Transition) -> _Kind:
        stages = (relation for stage in transition.stages for relation in stage.independent_of)
        relations = frozenset((*transition.independent_of, *transition.independent_unless_alone, *stages))
        behind = (role for relation in relations for role in self._by_role.get(relation, ()))
        roles = tuple(dict.fromkeys((*asked(transition), *behind)))
        places = tuple(self.roles.index(role) for role in roles)
        return _Kind(number, Move(self._definition, transition), roles, places, relations)

    def ways(self, kind: int, holders: Holders, earned: Earned = NOTHING) -> Played:
        """Give the ways in which the people of an assignment can make a kind of move."""
        played, names = self._played(self.kinds[kind], holders, earned)
        return Played(_named(played.made, names), _named(played.stuck, names))

    def outline(self, kind: int, holders: Holders) -> Outline:
        """Give what of a kind of move makes a difference to where an assignment leads."""
        chosen = self.kinds[kind]
        key = (kind, tuple(holders[place] for place in chosen.places))
        if key not in self._outlines:
            people = dict(zip(chosen.roles, key[1], strict=True))
            made = self.ways(kind, holders).made
            roles = [role for role in chosen.roles if role in self._promised]
            signed = frozenset(frozenset(r for r in roles if way.signed_by(people[r])) for way in made)
            self._outlines[key] = Outline(signed, frozenset(way.proposer for way in made if way.alone))
        return self._outlines[key]

    def matters(self, kind: int, holders: Holders, earned: Earned) -> bool:
        """Say whether relations of which people may come by some change who can make a kind of move."""
        chosen = self.kinds[kind]
        here = {person for place in chosen.places for person in holders[place]}
        pairs = [(name, person) for name, person in earned if name in chosen.relations and person in here]
        plain = self._played(chosen, holders, NOTHING)[0]
        return any(self._played(chosen, holders, some)[0] != plain for some in _subsets(pairs))

    def _played(self, kind: _Kind, holders: Holders, earned: Earned) -> tuple[Played, tuple[int, ...]]:
        mine = tuple(holders[place] for place in kind.places)
        if mine not in self._labels:
            self._labels[mine] = relabelled(mine)
        plain, names = self._labels[mine]
        here = frozenset(
            (name, names.index(person) + 1)
            for name, person in earned
            if name in kind.relations and person in names
        )
        key = (kind.number, plain, here)
        if key not in self._known:
            people = dict(zip(kind.roles, plain, strict=True))
            self._known[key] = kind.move.play(people, self._relations(kind, people, here))
        return self._known[key], names

    def _relations(
        self, kind: _Kind, people: Mapping[str, tuple[int, ...]], earned: Earned
    ) -> dict[str, frozenset[int]]:
        return {
            relation: frozenset(
                (
                    *(p for role in self._by_role.get(relation, ()) for p in people[role]),
                    *(person for name, person in earned if name == relation),
                )
            )
            for relation in kind.relations
        }


def _alike(transition: Transition) -> object:
    return (
        transition.proposed_by,
        transition.stages,
        transition.independent_of,
        transition.independent_unless_alone,
    )


def _subsets(pairs: list[tuple[str, int]]) -> Iterator[Earned]:
    for size in range(1, len(pairs) + 1):
        yield from map(frozenset, combinations(pairs, size))


def _named(ways: Iterable[Way], names: tuple[int, ...]) -> tuple[Way, ...]:
    return tuple(
        replace(
            way,
            proposer=names[way.proposer - 1],
            signatures=tuple(replace(s, person=names[s.person - 1]) for s in way.signatures),
        )
        for way in ways
    )
