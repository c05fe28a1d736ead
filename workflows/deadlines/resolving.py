"""Decides what a sweep records of one due deadline: pure code between storage's gathering and applying.

Owns the rule that every rung is recorded exactly once and at most the highest missed one tells people.
Must not know who the people are or how they are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workflows.deadlines.ladder import Ladders
from workflows.deadlines.moments import schedule
from workflows.deadlines.records import (
    OpenDeadline,
    Outcome,
    Pause,
    PauseReason,
    Resolution,
    RungMoment,
    Sweep,
)
from workflows.deadlines.timetable import Timetable

_PAUSED = {PauseReason.HELD: Outcome.HELD, PauseReason.SUSPENDED: Outcome.RESTED}


def sweep(deadline: OpenDeadline, now: datetime, ladders: Ladders, timetable: Timetable) -> Sweep:
    """Decide about every rung whose moment has come and that is not recorded yet.

    The highest of them fires. A lower one of the same moment is merged into it where it tells nobody else,
    and fires too where it does; any other lower one is recorded as late. A rung whose moment lay in a pause,
    or that would fire in one, is recorded with the pause's reason and tells nobody. Calling it again with
    the rungs recorded, or with an earlier ``now``, gives nothing, so a clock that goes back repeats nothing.

    Raises:
        ValueError: ``now`` or the deadline's start is naive.
    """
    waiting = [m for m in schedule(deadline, ladders, timetable) if m.rung.id not in deadline.recorded]
    passed = [moment for moment in waiting if moment.at <= now]
    pauses = [p for p in deadline.pauses if _applies(p, deadline, ladders)]
    today = timetable.local_day(now)
    resolutions = tuple(
        Resolution(
            moment=moment,
            outcome=_outcome(moment, passed[-1], pauses, now),
            working_days_late=max(0, timetable.calendar.working_days_between(moment.fires_on, today)),
        )
        for moment in passed
    )
    later = waiting[len(passed) :]
    return Sweep(resolutions, later[0].at if later else None)


def _applies(pause: Pause, deadline: OpenDeadline, ladders: Ladders) -> bool:
    """Say whether a pause stops this deadline's rungs; a suspension leaves reports and the like alone."""
    return pause.reason is not PauseReason.SUSPENDED or deadline.kind in ladders.resting


def _outcome(moment: RungMoment, highest: RungMoment, pauses: Sequence[Pause], now: datetime) -> Outcome:
    paused = _pause_at(moment.at, pauses) or _pause_at(now, pauses)
    if paused is not None:
        return _PAUSED[paused.reason]
    if moment is highest:
        return Outcome.FIRED
    if moment.at != highest.at:
        return Outcome.LATE
    told_anyway = set(moment.rung.recipients) <= set(highest.rung.recipients)
    return Outcome.MERGED if told_anyway else Outcome.FIRED


def _pause_at(moment: datetime, pauses: Sequence[Pause]) -> Pause | None:
    return next((pause for pause in pauses if pause.covers(moment)), None)
