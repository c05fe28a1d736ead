"""The days of the demonstration, counted in working days from the day on which it is made.

Owns the distances: what has to have happened by that day, and what has to be left. Whatever the weekday and
whatever the holidays, one task is overdue on it, one is due within its week and one waits for a signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from workflows.deadlines.timetable import Timetable

MAIN_ISSUED = -76
"""When the plan was signed; it is read on the next working day."""
SUPPLEMENT_ISSUED = -5
"""When the supplement was signed."""

_MID_TERM = -12
_YEAR_END = 60
_DEADLINES = {
    "quality": -14,
    "efficiency": 25,
    "young": 6,
    "buildings": -7,
    "supervision": -15,
    "village": -2,
    "mediation": 40,
}
_SURVEY_AFTER = timedelta(days=40)
_SUNDAY = 6
_FEW_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of one demonstration.

    Attributes:
        today: The local day it is made on.
        timetable: Calendar and time zone.
    """

    today: date
    timetable: Timetable

    def working(self, distance: int) -> date:
        """Give the working day so many before (negative) or after today."""
        return self.timetable.calendar.add_working_days(self.today, distance)

    def moment(self, distance: int, hour: int, minute: int = 0) -> datetime:
        """Give a moment of such a working day by the clock on the wall."""
        wall = datetime.combine(self.working(distance), time(hour, minute), self.timetable.zone)
        return wall.astimezone(UTC)

    @property
    def this_week(self) -> date:
        """A day still to come of the week that today is in; on a Sunday today itself."""
        sunday = self.today + timedelta(days=_SUNDAY - self.today.weekday())
        return min(self.today + _FEW_DAYS, sunday)

    @property
    def year(self) -> int:
        """The year the plan's reports are due in; the plan itself speaks of the year before."""
        return self.working(_YEAR_END).year

    def words(self, issued: int) -> dict[str, str]:
        """Give what a plan's template leaves open.

        Args:
            issued: The distance of the day it was signed.
        """
        signed = self.working(issued)
        return {
            **{name: said(self.working(distance)) for name, distance in _DEADLINES.items()},
            "last_year": str(self.year - 1),
            "issued_year": str(signed.year),
            "issued": said(signed),
            "mid_term": said(self.working(_MID_TERM)),
            "year_end": said(self.working(_YEAR_END)),
            "survey": said(_end_of_month(self.working(_YEAR_END) + _SURVEY_AFTER)),
        }


def said(day: date) -> str:
    """Write a day as plans do."""
    return f"{day.year}年{day.month}月{day.day}日"


def _end_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
