"""Reminds of unanswered conclusions: on the last working day before they are late, and on the first after.

Both reminders wait for the morning's digest; what was answered meanwhile is reminded of no more. Must not
know how conclusions are found.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from engine.audit import AuditDraft
from workflows.deadlines.calendar import Calendar
from workflows.deadlines.timetable import Timetable
from workflows.instructions.ports import ReminderStore
from workflows.instructions.records import DueConclusion, Reminder
from workflows.notices.records import NoticeKind
from workflows.notices.rungs import standing
from workflows.rectification.records import NoticeDraft
from workflows.rounds import each_alone


def first_reminder(due_on: date, today: date, calendar: Calendar) -> date:
    """Give the day of the first reminder of what somebody is told of today."""
    on_day = calendar.on_or_before(due_on)
    return on_day if on_day > today else _day_after(due_on, calendar)


def _day_after(due_on: date, calendar: Calendar) -> date:
    return calendar.on_or_after(due_on + timedelta(days=1))


def remind(store: ReminderStore, timetable: Timetable, now: datetime, limit: int = 500) -> int:
    """Remind of every conclusion whose reminder has come, from 08:30 on working days.

    Returns:
        How many people were reminded, each counted once per conclusion.

    Raises:
        ExceptionGroup: Some could not be worked on; all others were.
    """
    today = timetable.local_day(now)
    if not timetable.calendar.is_working_day(today) or now < timetable.morning(today):
        return 0

    def one(number: int) -> int:
        with store.work(number, today, now) as work:
            if work is not None:
                work.apply(_reminder(work.due, today, timetable))
            return int(work is not None)

    return each_alone(store.due(today, limit), one, "conclusion")


def _reminder(due: DueConclusion, today: date, timetable: Timetable) -> Reminder:
    phase, days = standing(due.due_on, today, timetable)
    after = _day_after(due.due_on, timetable.calendar)
    params = (("phase", str(phase)), ("days", str(days)), ("due_on", due.due_on.isoformat()))
    return Reminder(
        next_on=after if after > today else None,
        notice=NoticeDraft(
            due.person,
            NoticeKind.ANSWER_DUE,
            f"conclusion:{due.conclusion}:{due.next_on.isoformat()}",
            urgent=False,
            params=params,
        ),
        audit=AuditDraft(
            stream=f"task:{due.task}",
            action="remind",
            references={"conclusion": due.conclusion, "person": due.person, "due_on": due.due_on},
        ),
    )
