"""Moves that can never be made: why, as far as the definition's words and four people tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.checking import place_of
from engine.definition import Definition, Transition
from engine.exploring.findings import Finding
from engine.exploring.shadows import contradiction, shadowed
from engine.reasons import Reason, deny


def dead_moves(definition: Definition, taken: Collection[int], manned: Collection[int]) -> Iterator[Finding]:
    """Find the moves that nobody ever made.

    Args:
        definition: What was explored.
        taken: The moves that somebody made, by their number in the text.
        manned: Those that somebody could make if everything else stood for it.
    """
    for number, transition in enumerate(definition.transitions):
        if number not in taken:
            yield Finding(_why(definition, number, transition, manned=number in manned))


def _why(definition: Definition, number: int, transition: Transition, *, manned: bool) -> Reason:
    place = place_of(number + 1, transition.trigger)
    at_odds = contradiction(definition, transition)
    if at_odds is not None:
        return deny("guards_contradict", place=place, guard=at_odds[0], other=at_odds[1])
    if all(shadowed(definition, number, state) for state in transition.origins):
        return deny("transition_shadowed", place=place)
    if not manned:
        return deny("transition_never_manned", place=place)
    return deny("transition_never_possible", place=place)
