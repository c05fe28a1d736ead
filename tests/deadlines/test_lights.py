"""The colour of a deadline on chosen days, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.lights import Lights, Reading, overdue_working_days
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.records import Light
from workflows.rectification.vocabulary import DeadlineKind

CALENDAR = WorkingCalendar()
LIGHTS = Lights(standard_ladders(), CALENDAR)
DUE = date(2022, 12, 31)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2022, 11, 20), "green"),
        (date(2022, 11, 21), "blue"),
        (date(2022, 12, 21), "blue"),
        (date(2022, 12, 22), "yellow"),
        (date(2022, 12, 31), "yellow"),
        (date(2023, 1, 1), "red"),
    ],
)
def test_a_light_turns_on_the_day_its_rung_fires_and_red_the_day_after_the_legal_day(
    today: date, expected: str
) -> None:
    assert LIGHTS.read(DeadlineKind.COMPLETION, DUE, today).light == expected


def test_a_reading_counts_the_days_as_they_come() -> None:
    assert LIGHTS.read(DeadlineKind.COMPLETION, DUE, DUE - timedelta(days=3)) == Reading(Light.YELLOW, 3, 0)
    assert LIGHTS.read(DeadlineKind.COMPLETION, DUE, DUE) == Reading(Light.YELLOW, 0, 0)
    assert LIGHTS.read(DeadlineKind.COMPLETION, DUE, DUE + timedelta(days=9)) == Reading(Light.RED, 0, 9)


def test_a_stopped_deadline_shows_no_light() -> None:
    late = DUE + timedelta(days=9)

    assert LIGHTS.read(DeadlineKind.COMPLETION, DUE, late, running=False) == Reading(Light.NONE, 0, 0)


def test_overdue_working_days_leave_out_the_days_off() -> None:
    assert overdue_working_days(DUE, date(2023, 1, 9), CALENDAR) == 5
    assert overdue_working_days(DUE, date(2023, 1, 2), CALENDAR) == 0
    assert overdue_working_days(DUE, date(2022, 12, 1), CALENDAR) == 0
