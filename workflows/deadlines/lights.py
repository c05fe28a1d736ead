"""The light of a deadline: 绿, 蓝, 黄, 红, computed from the due day and the ladder, never stored.

Owns the thresholds: a light changes on the day the ladder's rung of that light fires (blue 30 working days
before, yellow 7, by the standard ladder); red begins on the day after the legal day, be it a day off or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from workflows.deadlines.calendar import Calendar
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.moments import firing_day
from workflows.deadlines.records import Light
from workflows.rectification.vocabulary import DeadlineKind

_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Reading:
    """A light with its figures, in days as they come.

    Attributes:
        light: The light.
        days_left: Days from today to the due day; 0 on the day itself and afterwards.
        overdue_days: Days since the due day; 0 where it is not overdue.
    """

    light: Light
    days_left: int
    overdue_days: int


class Lights:
    """Reads lights for lists: each due day's turning points are computed once and remembered."""

    def __init__(self, ladders: Ladders, calendar: Calendar) -> None:
        self._ladders = ladders
        self._calendar = calendar
        self._turns = lru_cache(maxsize=_REMEMBERED)(self._compute_turns)

    def read(self, kind: DeadlineKind, due_on: date, today: date, *, running: bool = True) -> Reading:
        """Give the light of a deadline as of ``today``.

        Args:
            kind: Its kind; the ladder of that kind names the days on which the light turns.
            due_on: The legal day.
            today: The local day; for a held deadline the day since which it is held, so that days of
                waiting for others never colour it.
            running: Whether it still runs; one that was stopped shows no light.
        """
        if not running:
            return Reading(Light.NONE, 0, 0)
        left = (due_on - today).days
        if left < 0:
            return Reading(Light.RED, 0, -left)
        light = Light.GREEN
        for turns_on, colour in self._turns(kind, due_on):
            if turns_on <= today:
                light = colour
        return Reading(light, left, 0)

    def _compute_turns(self, kind: DeadlineKind, due_on: date) -> tuple[tuple[date, Light], ...]:
        return tuple(
            (firing_day(rung, due_on, self._calendar), rung.light)
            for rung in self._ladders.rungs(kind)
            if rung.light is not None
        )


def overdue_working_days(due_on: date, today: date, calendar: Calendar) -> int:
    """Count the working days since the due day, today included; 0 where it is not overdue."""
    return max(0, calendar.working_days_between(due_on, today))
