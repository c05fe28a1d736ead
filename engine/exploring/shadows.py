"""Moves that can never be made for what they say themselves: guards at odds, or an earlier one in the way."""

from __future__ import annotations

from engine.definition import Definition, Transition


def contradiction(definition: Definition, transition: Transition) -> tuple[str, str] | None:
    """Give two opposite guards that a move asks both; None where it asks no such pair."""
    names = {use.name for use in transition.guards} | ({transition.when.name} if transition.when else set())
    return next((pair for pair in definition.known.opposites if names.issuperset(pair)), None)


def shadowed(definition: Definition, number: int, state: str) -> bool:
    """Say whether earlier moves of the same trigger are always chosen in a state: one of two opposites."""
    trigger = definition.transitions[number].trigger
    before = [t for t in definition.transitions[:number] if t.trigger == trigger and state in t.origins]
    choices = {t.when.name for t in before if t.when is not None}
    return any(choices.issuperset(pair) for pair in definition.known.opposites)
