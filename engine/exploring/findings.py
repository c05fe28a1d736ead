"""What an exploration finds wrong, each with the deeds that show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.definition import Definition
from engine.exploring.playing import Way
from engine.exploring.walking import Made
from engine.reasons import Reason


class Act(StrEnum):
    """What somebody does in a counter-example."""

    MAKE = "make"
    """Makes a move that nobody needs to sign."""
    PROPOSE = "propose"
    """Proposes a move."""
    SIGN = "sign"
    """Signs what was proposed."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a counter-example.

    Attributes:
        act: What is done.
        person: Who does it, from 1; the same number is the same person.
        role: In which role.
        trigger: The move it is about.
    """

    act: Act
    person: int
    role: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be published.

    Attributes:
        reason: The key of its sentence, with the values that belong in it; ``place`` names where it is wrong.
        deeds: How it comes about, deed by deed; empty where the definition's words alone show it, or where
            there is nothing to be done from the start.
        people: The roles that each person holds in this example, the first person first.
    """

    reason: Reason
    deeds: tuple[Deed, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()


def deeds_of(definition: Definition, path: tuple[Made, ...]) -> tuple[Deed, ...]:
    """Give the deeds of several moves."""
    triggers = [definition.transitions[made.number].trigger for made in path]
    return tuple(
        deed for made, trigger in zip(path, triggers, strict=True) for deed in deeds(trigger, made.way)
    )


def deeds(trigger: str, way: Way, act: Act = Act.MAKE) -> tuple[Deed, ...]:
    """Give the deeds of one move; ``act`` is what its proposer does where nobody signed it."""
    first = Act.PROPOSE if way.signatures else act
    signed = (Deed(Act.SIGN, s.person, s.role, trigger) for s in way.signatures)
    return (Deed(first, way.proposer, way.role, trigger), *signed)
