"""Guards: named pure functions that answer with reasons, and the registry definitions look them up in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from engine.actor import Actor
from engine.bundle import Bundle
from engine.facts import Facts
from engine.reasons import Reason


@dataclass(frozen=True, slots=True)
class Question:
    """What a guard is asked about.

    Attributes:
        facts: The subject as it stands.
        bundle: What is proposed; None while somebody only looks at what could be done, and then a guard
            says what can be said without it.
        actor: Who asks.
        values: The values the definition gave with the guard.
    """

    facts: Facts
    bundle: Bundle | None
    actor: Actor
    values: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """Give a value the definition gave with the guard.

        Raises:
            KeyError: The definition does not give it.
        """
        return dict(self.values)[name]


Guard = Callable[[Question], tuple[Reason, ...]]
GuardFunction = TypeVar("GuardFunction", bound=Guard)


class GuardRegistry:
    """The guards of one workflow by name. Nothing outside it can be named by a definition."""

    def __init__(self) -> None:
        self._guards: dict[str, Guard] = {}

    def register(self, guard: GuardFunction) -> GuardFunction:
        """Add a guard under its function's name; serves as a decorator."""
        self._guards[guard.__name__] = guard
        return guard

    def __contains__(self, name: str) -> bool:
        return name in self._guards

    def __getitem__(self, name: str) -> Guard:
        return self._guards[name]

    def names(self) -> frozenset[str]:
        """Give the names of all guards."""
        return frozenset(self._guards)
