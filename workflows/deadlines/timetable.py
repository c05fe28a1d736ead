"""Where calendar days and moments meet: the product's calendar in the product's time zone.

Owns the hour at which things are said. Must not know deadlines or people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflows.deadlines.calendar import Calendar

SPOKEN_AT = time(8, 30)
"""Local time at which rungs fire and the digest of a working day goes out."""

DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")
"""The time zone of a product that was told no other."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """A calendar and the time zone its days are meant in."""

    calendar: Calendar
    zone: ZoneInfo = DEFAULT_ZONE

    def local_day(self, moment: datetime) -> date:
        """Give the calendar day on which an aware ``moment`` falls here.

        Raises:
            ValueError: The moment is naive.
        """
        if moment.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return moment.astimezone(self.zone).date()

    def morning(self, day: date) -> datetime:
        """Give 08:30 local time of ``day``, in UTC; where clocks skip that time, the moment it stood for."""
        return datetime.combine(day, SPOKEN_AT, self.zone).astimezone(UTC)

    def next_morning(self, after: datetime) -> datetime:
        """Give the first morning of a working day strictly after ``after``: when the next digest goes out."""
        day = self.calendar.on_or_after(self.local_day(after))
        if self.morning(day) <= after:
            day = self.calendar.on_or_after(day + timedelta(days=1))
        return self.morning(day)
