"""The order of play: what happens, and when, by the clock on the wall.

Owns the hours: departments propose in the morning, heads sign before noon, leaders in the afternoon, offices
in between; everything on working days. Must not know what is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cli.demo.days import Days

Act = Callable[[datetime], object]
"""Something that happens at a moment; what it gives is not looked at."""

MORNING, NOON, MIDDAY, AFTERNOON = 9, 11, 14, 16
"""Hours of the working day."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, and when."""

    at: datetime
    act: Act


class Script:
    """Collects what happens; may be written in any order."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self._events: list[Event] = []

    def at(self, day: int, hour: int, act: Act) -> None:
        """Let something happen on a working day, so many before today.

        Things of one day and hour happen in the order in which they were written, some minutes apart.
        """
        begun = self.days.moment(day, hour)
        same = sum(1 for event in self._events if begun <= event.at < self.days.moment(day, hour + 1))
        self._events.append(Event(self.days.moment(day, hour, 3 + 4 * same), act))

    def in_order(self) -> tuple[Event, ...]:
        """Give everything in the order in which it happens."""
        return tuple(sorted(self._events, key=lambda event: event.at))
