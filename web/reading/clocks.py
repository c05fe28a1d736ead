"""A task's clocks with their lights, the running ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.queries.task.clocks import ClockRow
from workflows.deadlines.lights import Lights, Reading
from workflows.deadlines.timetable import Timetable
from workflows.rectification.vocabulary import SIGNING, DeadlineKind

_ORDER = {"running": 0, "held": 1, "stopped": 2}


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as it is shown: the row, its light, and whether it ended late."""

    row: ClockRow
    light: Reading
    late: bool


def clock_views(
    rows: tuple[ClockRow, ...], lights: Lights, timetable: Timetable, today: date
) -> list[ClockView]:
    """Put a task's clocks into the order of a reader's interest.

    Args:
        rows: Every clock of the task.
        lights: Reads the lights.
        timetable: Gives the day of a moment.
        today: The day of reading; a held clock is read as of the day since which it is held.
    """
    views = [_view(row, lights, timetable, today) for row in rows]
    return sorted(views, key=lambda view: (_ORDER[view.row.state], view.row.due_on, view.row.deadline))


def next_clock(views: list[ClockView]) -> ClockView | None:
    """Give the department's running clock that runs out first."""
    running = [v for v in views if v.row.state == "running" and v.row.kind not in SIGNING]
    return running[0] if running else None


def _view(row: ClockRow, lights: Lights, timetable: Timetable, today: date) -> ClockView:
    asked = timetable.local_day(row.held_at) if row.held_at is not None and row.state == "held" else today
    running = row.state != "stopped"
    reading = lights.read(DeadlineKind(row.kind), row.due_on, asked, running=running)
    return ClockView(row, reading, late=row.met_on is not None and row.met_on > row.due_on)
