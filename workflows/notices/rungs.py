"""From a rung that fires to the notices it makes: one per person, however many parts that person plays.

Owns what a rung's notice carries. Must not know how people are found or where notices are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows.deadlines.records import Addressee, OpenDeadline, Resolution
from workflows.deadlines.timetable import Timetable
from workflows.notices.records import Matter, Notice, NoticeKind, Phase, Recipient, Value

_DECIDES = frozenset({Addressee.PERFORMANCE_OFFICE, Addressee.PERFORMANCE_OFFICE_HEAD})
"""Who is asked to decide what a rung leaves to do; anybody else it tells is only told."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The notices of one rung, and the parts that nobody plays.

    Attributes:
        notices: One per person.
        vacant: Addressees of the rung whom nobody could be found for.
    """

    notices: tuple[Notice, ...]
    vacant: tuple[Addressee, ...]


def tell(
    resolution: Resolution,
    deadline: OpenDeadline,
    matter: Matter,
    people: Mapping[Addressee, Sequence[Recipient]],
    now: datetime,
    timetable: Timetable,
) -> Telling:
    """Give the notices of a rung that fires.

    Args:
        resolution: The rung, as :func:`workflows.deadlines.resolving.sweep` decided.
        deadline: Its deadline.
        matter: The task.
        people: Who plays each part today; the performance office is always to be among them, because it is
            told instead where a rung would otherwise reach nobody.
        now: When it is told.
        timetable: The calendar and zone in which days are counted.
    """
    rung = resolution.moment.rung
    vacant = tuple(part for part in rung.recipients if not people.get(part))
    parts = rung.recipients if len(vacant) < len(rung.recipients) else (Addressee.PERFORMANCE_OFFICE,)
    params = rung_params(resolution, deadline, now, timetable)
    if vacant:
        params["vacant"] = ",".join(vacant)
    notices: dict[int, Notice] = {}
    # Who is asked to decide comes first, so that a person of two parts gets the to-do, not only the news.
    for part in sorted(parts, key=lambda part: part not in _DECIDES):
        for recipient in people.get(part, ()):
            if recipient.person not in notices:
                asked = rung.to_do if part in _DECIDES else None
                notices[recipient.person] = Notice(
                    kind=NoticeKind.TO_DO if asked else NoticeKind.RUNG,
                    recipient=recipient,
                    matter=matter,
                    params={**params, "to_do": asked} if asked else params,
                    urgent=rung.urgent,
                )
    return Telling(tuple(notices.values()), vacant)


def rung_params(
    resolution: Resolution, deadline: OpenDeadline, now: datetime, timetable: Timetable
) -> dict[str, Value]:
    """Give the values of a rung's notice, as the deadline stands on the day it is told."""
    today = timetable.local_day(now)
    moment = resolution.moment
    phase, days = standing(deadline.due_on, today, timetable)
    params: dict[str, Value] = {
        "clock": str(deadline.kind),
        "rung": moment.rung.id,
        "phase": str(phase),
        "days": days,
        "due_on": deadline.due_on.isoformat(),
    }
    day_off = not timetable.calendar.is_working_day(moment.planned_on)
    if day_off and moment.fires_on != moment.planned_on:
        params["planned_on"] = moment.planned_on.isoformat()
        params["fired_on"] = moment.fires_on.isoformat()
    if resolution.working_days_late:
        params["late_days"] = resolution.working_days_late
    if timetable.calendar.estimated_between(moment.planned_on, deadline.due_on):
        params["estimated"] = 1
    return params


def standing(due_on: date, today: date, timetable: Timetable) -> tuple[Phase, int]:
    """Say how a deadline stands: working days left, or days overdue as they come."""
    if due_on < today:
        return Phase.OVERDUE, (today - due_on).days
    if due_on == today:
        return Phase.TODAY, 0
    left = timetable.calendar.working_days_between(today, due_on)
    return (Phase.BEFORE, left) if left else (Phase.LAST_DAY, 0)
