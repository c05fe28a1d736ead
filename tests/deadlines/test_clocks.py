"""On which day each clock runs out, by the Clocks paragraph, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import ZhenggaiError
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.clocks import ClockFacts, DayLimits, due_day
from workflows.rectification.vocabulary import DeadlineKind, TaskKind

CALENDAR = WorkingCalendar()
LIMITS = DayLimits()
# A Tuesday; the Dragon Boat holiday from 3 to 5 June lies ahead.
CREATED = date(2022, 5, 31)
DATED = ClockFacts(
    started_on=CREATED,
    task_due_on=date(2022, 12, 31),
    plan_year_ends_on=date(2022, 12, 31),
    mid_term_on=date(2022, 8, 15),
    year_end_on=date(2022, 11, 30),
)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("acknowledge", date(2022, 6, 8)),
        ("work_plan", date(2022, 6, 22)),
        ("mid_term_report", date(2022, 8, 15)),
        ("year_end_report", date(2022, 11, 30)),
        ("completion", date(2022, 12, 31)),
        ("verification", date(2022, 6, 22)),
        ("publicity", date(2022, 6, 29)),
        ("signature_pending", date(2022, 6, 6)),
    ],
)
def test_each_clock_runs_out_on_its_day(kind: str, expected: date) -> None:
    assert due_day(DeadlineKind(kind), DATED, CALENDAR, LIMITS) == expected


def test_a_clock_that_starts_in_the_national_day_week_counts_from_the_first_make_up_day() -> None:
    facts = ClockFacts(started_on=date(2022, 10, 3))

    assert due_day(DeadlineKind.SIGNATURE_PENDING, facts, CALENDAR, LIMITS) == date(2022, 10, 10)


def test_an_immediate_task_is_due_ten_working_days_after_its_creation() -> None:
    facts = ClockFacts(started_on=CREATED, task_kind=TaskKind.IMMEDIATE)

    assert due_day(DeadlineKind.COMPLETION, facts, CALENDAR, LIMITS) == date(2022, 6, 15)


def test_an_ongoing_task_is_due_at_the_plan_years_end() -> None:
    facts = ClockFacts(started_on=CREATED, task_kind=TaskKind.ONGOING, plan_year_ends_on=date(2022, 12, 31))

    assert due_day(DeadlineKind.COMPLETION, facts, CALENDAR, LIMITS) == date(2022, 12, 31)


@pytest.mark.parametrize("task_kind", list(TaskKind))
def test_a_rework_sets_its_own_day_whatever_the_task(task_kind: TaskKind) -> None:
    facts = ClockFacts(
        started_on=date(2023, 2, 1),
        task_kind=task_kind,
        task_due_on=date(2022, 12, 31),
        plan_year_ends_on=date(2022, 12, 31),
        new_day=date(2023, 4, 30),
    )

    assert due_day(DeadlineKind.COMPLETION, facts, CALENDAR, LIMITS) == date(2023, 4, 30)


def test_a_returned_report_sets_its_own_day_even_where_the_plan_has_no_milestone() -> None:
    facts = ClockFacts(started_on=CREATED, new_day=date(2022, 8, 31))

    assert due_day(DeadlineKind.MID_TERM_REPORT, facts, CALENDAR, LIMITS) == date(2022, 8, 31)
    assert due_day(DeadlineKind.YEAR_END_REPORT, facts, CALENDAR, LIMITS) == date(2022, 8, 31)


def test_a_plan_without_a_milestone_owes_no_report() -> None:
    facts = ClockFacts(started_on=CREATED)

    assert due_day(DeadlineKind.MID_TERM_REPORT, facts, CALENDAR, LIMITS) is None
    assert due_day(DeadlineKind.YEAR_END_REPORT, facts, CALENDAR, LIMITS) is None


def test_a_suspension_ends_on_its_end_day_be_it_a_day_off() -> None:
    facts = ClockFacts(started_on=CREATED, suspended_until=date(2022, 10, 1))

    assert due_day(DeadlineKind.SUSPENSION, facts, CALENDAR, LIMITS) == date(2022, 10, 1)


@pytest.mark.parametrize(
    ("kind", "task_kind", "fact"),
    [
        ("completion", "dated", "task_due_on"),
        ("completion", "ongoing", "plan_year_ends_on"),
        ("suspension", "dated", "suspended_until"),
    ],
)
def test_a_missing_fact_is_named(kind: str, task_kind: str, fact: str) -> None:
    facts = ClockFacts(started_on=CREATED, task_kind=TaskKind(task_kind))

    with pytest.raises(ZhenggaiError) as caught:
        due_day(DeadlineKind(kind), facts, CALENDAR, LIMITS)

    assert caught.value.code == "clock_fact_missing"
    assert caught.value.params == {"clock": kind, "fact": fact}


def test_settings_change_the_days() -> None:
    limits = DayLimits(acknowledge=1, signature_pending=2)

    assert due_day(DeadlineKind.ACKNOWLEDGE, DATED, CALENDAR, limits) == date(2022, 6, 1)
    assert due_day(DeadlineKind.SIGNATURE_PENDING, DATED, CALENDAR, limits) == date(2022, 6, 2)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_limit_that_cannot_be_meant_is_refused(days: int) -> None:
    with pytest.raises(ZhenggaiError) as caught:
        DayLimits(verification=days)

    assert caught.value.code == "day_limit_out_of_range"
    assert caught.value.params["setting"] == "verification"
