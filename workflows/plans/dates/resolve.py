"""Turns a found date into a day, given what year is meant; the end of the named period counts.

It must not look for the year itself.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from workflows.plans.dates.grammar import Found

_MONTHS = {"月": 1, "年": 12}
_DAYS = {"日": 1, "周": 7}


def last_day(found: Found, year: int) -> date | None:
    """Give the last day of the period in ``year``; ``None`` where the calendar has no such day."""
    longest = calendar.monthrange(year, found.month)[1]
    if found.day > longest:
        return None
    return date(year, found.month, found.day or longest)


def after(found: Found, base: date) -> date | None:
    """Give the last day that a relative date allows, counted from ``base``.

    Months are counted to the day of the same number, or the last of a shorter month. ``None`` where the unit
    cannot be counted without the official calendar (工作日) or the day leaves the calendar.
    """
    try:
        if found.unit in _DAYS:
            return base + timedelta(days=found.amount * _DAYS[found.unit])
        if found.unit in _MONTHS:
            months = base.year * 12 + base.month - 1 + found.amount * _MONTHS[found.unit]
            year, month = divmod(months, 12)
            return date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None
    return None
