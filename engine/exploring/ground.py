"""Where a subject can go: situations, and the moves that lead from one to the next.

A situation is a state with what matters of the past: which guards may say yes by now, who came by which
relation, and which needs were fulfilled in this round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engine.definition import Definition, Transition
from engine.exploring.company import NOTHING, Earned
from engine.exploring.playing import Way
from engine.exploring.shadows import contradiction, shadowed
from engine.promises import Need

_NONE: frozenset[int] = frozenset()


class Situation(NamedTuple):
    """Where a subject stands. A tuple, because many thousands of them are compared."""

    state: str
    allowed: frozenset[str] = frozenset()
    earned: Earned = NOTHING
    fulfilled: frozenset[int] = frozenset()


class Ground:
    """The moves of a definition from situation to situation, whoever makes them.

    Attributes:
        definition: The definition.
        start: Where every subject begins.
        ends: The states at which a subject may stay.
        needs: What is promised, one guard or one signature each.
    """

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.start = Situation(definition.initial)
        self.ends = frozenset(state.name for state in definition.states if state.end)
        self.needs = tuple(single for need in definition.promises.needs for single in _single(need))
        waiting = {rule.guard for rule in definition.known.only_after}
        known = definition.known
        self._leaves = {
            trigger: (
                frozenset(rule.guard for rule in known.only_after if trigger in rule.triggers),
                frozenset(related.relation for related in known.related if trigger in related.triggers),
            )
            for trigger in definition.triggers
        }
        self._leaving = {
            state.name: tuple(
                (number, transition, waiting.intersection(_guards(transition)))
                for number, transition in enumerate(definition.transitions)
                if state.name in transition.origins
                and contradiction(definition, transition) is None
                and not shadowed(definition, number, state.name)
            )
            for state in definition.states
        }

    def open_moves(self, at: Situation) -> Iterator[tuple[int, Transition]]:
        """Give the moves whose guards may say yes in a situation, with their numbers in the text."""
        for number, transition, asked in self._leaving[at.state]:
            if asked <= at.allowed:
                yield number, transition

    def fulfilled(
        self, transition: Transition, way: Way, people: Mapping[str, tuple[int, ...]]
    ) -> frozenset[int]:
        """Give the needs, by number, that a move fulfils when it is made in this way."""
        guards = _guards(transition)
        owed = {stage.role for stage in transition.stages}
        return frozenset(
            number
            for number, need in enumerate(self.needs)
            if need.guard in guards or (need.signed_by in owed and way.signed_by(people[need.signed_by]))
        )

    def after(
        self, at: Situation, transition: Transition, done: frozenset[int], proposers: Iterable[int]
    ) -> Situation:
        """Give the situation after a move.

        Args:
            at: The situation before.
            transition: The move.
            done: The needs it fulfils.
            proposers: Who came by relations through it; nobody where that makes no difference.
        """
        allowed, relations = self._leaves[transition.trigger]
        earned = frozenset((relation, person) for person in proposers for relation in relations)
        before = _NONE if transition.new_round else at.fulfilled
        state = transition.leads_to(at.state)
        return Situation(state, at.allowed | allowed, at.earned | earned, before | done)


def _guards(transition: Transition) -> set[str]:
    when = {transition.when.name} if transition.when else set[str]()
    return {use.name for use in transition.guards} | when


def _single(need: Need) -> Iterator[Need]:
    if need.guard:
        yield Need(need.states, guard=need.guard)
    if need.signed_by:
        yield Need(need.states, signed_by=need.signed_by)
