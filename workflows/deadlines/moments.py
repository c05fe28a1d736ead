"""When the rungs of one deadline fire.

Owns the rule of design §5: the legal day never moves; what stands before or on it and falls on a day off is
said on the previous working day, what stands after it on the next. Must not know what was recorded already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from workflows.deadlines.calendar import Calendar
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.records import DayUnit, OpenDeadline, Rung, RungMoment
from workflows.deadlines.timetable import Timetable
from workflows.rectification.vocabulary import DeadlineKind


def planned_day(rung: Rung, due_on: date, calendar: Calendar) -> date:
    """Give the day a rung's offset names, counted from the legal day; it may be a day off."""
    if rung.unit is DayUnit.CALENDAR:
        return due_on + timedelta(days=rung.offset)
    return calendar.add_working_days(due_on, rung.offset)


def firing_day(rung: Rung, due_on: date, calendar: Calendar) -> date:
    """Give the working day on which a rung fires."""
    day = planned_day(rung, due_on, calendar)
    return calendar.on_or_after(day) if rung.offset > 0 else calendar.on_or_before(day)


def moments(
    kind: DeadlineKind, due_on: date, started_at: datetime, ladders: Ladders, timetable: Timetable
) -> tuple[RungMoment, ...]:
    """Give the moments of a deadline's rungs in the order in which they fire.

    A rung whose moment lies before ``started_at`` does not exist. A deadline that begins overdue is the one
    exception: the highest rung it has missed fires as it begins, for otherwise nobody would ever be told.

    Raises:
        ValueError: ``started_at`` is naive.
    """
    started_on = timetable.local_day(started_at)
    all_of_them = [
        _moment(rung, due_on, firing_day(rung, due_on, timetable.calendar), timetable)
        for rung in ladders.rungs(kind)
    ]
    # Sorting is stable: rungs of one moment stay in the order of the ladder.
    all_of_them.sort(key=lambda moment: moment.at)
    still_to_come = [moment for moment in all_of_them if moment.at >= started_at]
    missed = [moment for moment in all_of_them if moment.at < started_at and moment.rung.offset > 0]
    if missed:
        last = missed[-1]
        still_to_come.insert(0, RungMoment(last.rung, last.planned_on, started_on, started_at))
    return tuple(still_to_come)


def _moment(rung: Rung, due_on: date, fires_on: date, timetable: Timetable) -> RungMoment:
    return RungMoment(
        rung=rung,
        planned_on=planned_day(rung, due_on, timetable.calendar),
        fires_on=fires_on,
        at=timetable.morning(fires_on),
    )


def schedule(deadline: OpenDeadline, ladders: Ladders, timetable: Timetable) -> tuple[RungMoment, ...]:
    """Give the moments of a stored deadline, see :func:`moments`."""
    return moments(deadline.kind, deadline.due_on, deadline.started_at, ladders, timetable)


def next_moment(moments_of_it: Sequence[RungMoment], after: datetime) -> RungMoment | None:
    """Give the first moment strictly after ``after``; None when the ladder is at its end."""
    return next((moment for moment in moments_of_it if moment.at > after), None)


def next_at(deadline: OpenDeadline, ladders: Ladders, timetable: Timetable) -> datetime | None:
    """Give the moment at which a deadline wants to be looked at: its first rung not yet recorded.

    It may lie in the past, after an outage or where the deadline begins overdue. None means never again.
    """
    for moment in schedule(deadline, ladders, timetable):
        if moment.rung.id not in deadline.recorded:
            return moment.at
    return None
