"""The working calendar against the State Council's notices, copied out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines.calendar import WorkingCalendar

CALENDAR = WorkingCalendar()
DAYS = st.dates(date(2004, 6, 1), date(2029, 6, 1))


@pytest.mark.parametrize(
    ("first_day", "answers"),
    [
        # National Day 2022: Saturday and Sunday after the week off were worked.
        (date(2022, 9, 30), "wooooooowwwwwwwo"),
        # Spring Festival 2022: the weekend before the week off was worked.
        (date(2022, 1, 28), "wwwooooooowwwwwoo"),
        # Mid-autumn 2022: Saturday to Monday, nothing made up.
        (date(2022, 9, 9), "wooow"),
        # New Year 2023 began on Saturday 31 December 2022.
        (date(2022, 12, 30), "wooowwww"),
    ],
)
def test_holidays_and_make_up_days_are_those_of_the_notice(first_day: date, answers: str) -> None:
    found = "".join(
        "w" if CALENDAR.is_working_day(first_day + timedelta(days=i)) else "o" for i in range(len(answers))
    )

    assert found == answers


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2022, 9, 30), 1, date(2022, 10, 8)),
        (date(2022, 9, 30), 2, date(2022, 10, 9)),
        (date(2022, 9, 30), 3, date(2022, 10, 10)),
        (date(2022, 10, 4), 1, date(2022, 10, 8)),
        (date(2022, 10, 4), -1, date(2022, 9, 30)),
        (date(2022, 10, 10), -2, date(2022, 10, 8)),
        (date(2022, 10, 10), -3, date(2022, 9, 30)),
        (date(2022, 10, 4), 0, date(2022, 10, 4)),
        (date(2022, 2, 7), -1, date(2022, 1, 30)),
        (date(2022, 12, 30), 1, date(2023, 1, 3)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2024, 2, 28), 2, date(2024, 3, 1)),
        (date(2023, 2, 28), 1, date(2023, 3, 1)),
        (date(2022, 6, 30), 1, date(2022, 7, 1)),
    ],
)
def test_working_days_are_added_over_holidays_month_ends_and_leap_days(
    day: date, n: int, expected: date
) -> None:
    assert CALENDAR.add_working_days(day, n) == expected


@given(DAYS, st.integers(-60, 60))
def test_counting_undoes_adding(day: date, n: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, n)) == n


@given(DAYS)
def test_the_nearest_working_day_is_a_working_day_with_none_between(day: date) -> None:
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)

    assert before <= day <= after
    assert CALENDAR.is_working_day(before)
    assert CALENDAR.is_working_day(after)
    assert (before == after) == CALENDAR.is_working_day(day)
    assert CALENDAR.working_days_between(before, after) <= 1


def test_the_nearest_working_days_of_a_holiday_week() -> None:
    assert CALENDAR.on_or_before(date(2022, 10, 7)) == date(2022, 9, 30)
    assert CALENDAR.on_or_after(date(2022, 10, 1)) == date(2022, 10, 8)
    assert CALENDAR.on_or_before(date(2022, 10, 8)) == date(2022, 10, 8)


def test_a_year_without_a_notice_is_worked_from_monday_to_friday_and_called_estimated() -> None:
    assert CALENDAR.estimated(2035)
    assert not CALENDAR.estimated(2022)
    assert CALENDAR.is_working_day(date(2035, 10, 1))
    assert not CALENDAR.is_working_day(date(2035, 10, 6))
    assert CALENDAR.add_working_days(date(2035, 9, 28), 3) == date(2035, 10, 3)
    assert CALENDAR.estimated(1999)


def test_a_span_is_estimated_when_any_of_its_years_is() -> None:
    assert CALENDAR.estimated_between(date(2022, 1, 1), date(2035, 1, 1))
    assert CALENDAR.estimated_between(date(2035, 1, 1), date(2022, 1, 1))
    assert not CALENDAR.estimated_between(date(2022, 1, 1), date(2023, 12, 31))


def test_an_uploaded_notice_overrides_days_and_makes_its_year_known() -> None:
    notice = {date(2035, 10, 1): False, date(2035, 10, 2): False, date(2035, 10, 6): True}
    calendar = WorkingCalendar(notice)

    assert not calendar.estimated(2035)
    assert not calendar.is_working_day(date(2035, 10, 1))
    assert calendar.is_working_day(date(2035, 10, 6))
    assert calendar.add_working_days(date(2035, 9, 28), 2) == date(2035, 10, 4)
    assert WorkingCalendar({date(2022, 10, 8): False}).on_or_after(date(2022, 10, 1)) == date(2022, 10, 9)


def test_a_notice_that_only_spills_into_a_year_does_not_make_it_known() -> None:
    assert WorkingCalendar({date(2036, 1, 1): False}).estimated(2036)
