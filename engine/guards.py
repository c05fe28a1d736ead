"""Guards: named pure functions that answer with reasons, and the registry definitions look them up in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
            KeyError: The guard was not registered as taking it; leaving out one it takes does not load.
        """
        return dict(self.values)[name]


Guard = Callable[[Question], tuple[Reason, ...]]
GuardFunction = TypeVar("GuardFunction", bound=Guard)


@dataclass(frozen=True, slots=True)
class _Entry:
    guard: Guard
    takes: Mapping[str, frozenset[str]] = field(default_factory=dict)


class GuardRegistry:
    """The guards of one workflow by name. Nothing outside it can be named by a definition."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def register(self, guard: GuardFunction) -> GuardFunction:
        """Add a guard under its function's name; serves as a decorator.

        Raises:
            ValueError: The name is taken.
        """
        return self.taking()(guard)

    def taking(self, **values: Iterable[str]) -> Callable[[GuardFunction], GuardFunction]:
        """Add a guard that a definition must give these values, each one of those named here.

        Raises:
            ValueError: The guard's name is taken.
        """

        def add(guard: GuardFunction) -> GuardFunction:
            name = guard.__name__
            if name in self._entries:
                message = f"there is a guard {name} already"
                raise ValueError(message)
            allowed = {key: frozenset(map(str, choices)) for key, choices in values.items()}
            self._entries[name] = _Entry(guard, allowed)
            return guard

        return add

    def __getitem__(self, name: str) -> Guard:
        return self._entries[name].guard

    def names(self) -> frozenset[str]:
        """Give the names of all guards."""
        return frozenset(self._entries)

    def takes(self, name: str) -> Mapping[str, frozenset[str]]:
        """Give the values a guard must be given, each with what may be given."""
        return self._entries[name].takes
