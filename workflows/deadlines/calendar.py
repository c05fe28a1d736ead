"""Working days: the official calendar with its make-up days, and arithmetic on it.

Owns what counts as a working day. Must not know deadlines, rungs or people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Protocol

import chinese_calendar

_DAY = timedelta(days=1)
_SATURDAY = 5
_OCTOBER = 10


class Calendar(Protocol):
    """What the deadlines need to know of days; a test may inherit it and answer the two questions plainly."""

    def is_working_day(self, day: date) -> bool:
        """Say whether people work on ``day``."""
        ...

    def estimated(self, year: int) -> bool:
        """Say whether no official notice for ``year`` is known, so that its days are guessed."""
        ...

    def add_working_days(self, day: date, n: int) -> date:
        """Give the ``n``-th working day strictly after ``day`` (before it for a negative ``n``).

        ``n == 0`` gives ``day`` itself, even where it is a day off.
        """
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after ``first`` up to and including ``last``.

        Where ``last`` lies before ``first``, the days from ``last`` up to but without ``first`` are counted
        and the number is negative: ``working_days_between(d, add_working_days(d, n)) == n`` for every ``n``.
        """
        if last < first:
            return -sum(self.is_working_day(last + i * _DAY) for i in range((first - last).days))
        return sum(self.is_working_day(last - i * _DAY) for i in range((last - first).days))

    def on_or_before(self, day: date) -> date:
        """Give ``day``, or the nearest working day before it where it is a day off."""
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """Give ``day``, or the nearest working day after it where it is a day off."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def estimated_between(self, first: date, last: date) -> bool:
        """Say whether any year that the days from ``first`` to ``last`` touch is estimated."""
        low, high = sorted((first.year, last.year))
        return any(self.estimated(year) for year in range(low, high + 1))


@cache
def _noticed_years() -> frozenset[int]:
    """Give the years whose own notice the library knows.

    A notice may name days of the neighbouring years, so one stray day does not make a year known; National
    Day stands in every year's own notice.
    """
    return frozenset(day.year for day in chinese_calendar.holidays if day.month == _OCTOBER)


class WorkingCalendar(Calendar):
    """The calendar of the State Council's yearly notices, from the ``chinesecalendar`` data.

    A year without a notice is worked from Monday to Friday and called *estimated*. An uploaded notice is
    handed in as ``overrides``: for every day it names whether people work on it; a year of which it names a
    day in October is no longer estimated, as with the library's data.
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        named = {day.year for day in self._overrides if day.month == _OCTOBER}
        self._known = _noticed_years() | named
        self._counted: dict[tuple[date, int], date] = {}

    def add_working_days(self, day: date, n: int) -> date:
        """Count on from a day; remembered, because the rungs of many deadlines count from few days."""
        found = self._counted.get((day, n))
        if found is None:
            found = self._counted[day, n] = super().add_working_days(day, n)
        return found

    def is_working_day(self, day: date) -> bool:
        """Say whether people work on ``day``; make-up days at weekends count."""
        override = self._overrides.get(day)
        if override is not None:
            return override
        if day in chinese_calendar.holidays:
            return False
        return day in chinese_calendar.workdays or day.weekday() < _SATURDAY

    def estimated(self, year: int) -> bool:
        """Say whether no notice for ``year`` is known."""
        return year not in self._known
