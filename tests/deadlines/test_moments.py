"""When rungs fire: every day below was counted by hand on the published calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from workflows.deadlines.calendar import Calendar, WorkingCalendar
from workflows.deadlines.loading import load_ladders, standard_ladders
from workflows.deadlines.moments import moments, next_at, next_moment
from workflows.deadlines.records import OpenDeadline, RungMoment
from workflows.deadlines.timetable import Timetable
from workflows.rectification.vocabulary import DeadlineKind

LADDERS = standard_ladders()
SHANGHAI = Timetable(WorkingCalendar())
LONG_AGO = datetime(2021, 12, 1, tzinfo=UTC)


class EveryDay(Calendar):
    """A calendar without days off."""

    def is_working_day(self, day: date) -> bool:
        """People always work."""
        return True

    def estimated(self, year: int) -> bool:
        """Nothing is guessed."""
        return False


def days(
    due_on: date, started_at: datetime = LONG_AGO, kind: DeadlineKind = DeadlineKind.COMPLETION
) -> list[str]:
    """Write each rung with its planned day and, where it differs, the day it fires on."""
    return [_shown(moment) for moment in moments(kind, due_on, started_at, LADDERS, SHANGHAI)]


def _shown(moment: RungMoment) -> str:
    moved = "" if moment.planned_on == moment.fires_on else f" on {moment.fires_on}"
    return f"{moment.rung.id} {moment.planned_on}{moved}"


def test_a_day_after_the_national_day_week_counts_the_make_up_days() -> None:
    assert days(date(2022, 10, 12)) == [
        "before_30 2022-08-25",
        "before_7 2022-09-28",
        "before_1 2022-10-11",
        "on_day 2022-10-12",
        "after_1 2022-10-13",
        "after_5 2022-10-19",
    ]


def test_a_day_inside_the_national_day_week_is_said_before_it_and_chased_after_it() -> None:
    assert days(date(2022, 10, 4)) == [
        "before_30 2022-08-19",
        "before_7 2022-09-22",
        "before_1 2022-09-30",
        "on_day 2022-10-04 on 2022-09-30",
        "after_1 2022-10-08",
        "after_5 2022-10-12",
    ]


def test_the_years_last_day_2022_was_a_saturday_off() -> None:
    assert days(date(2022, 12, 31)) == [
        "before_30 2022-11-21",
        "before_7 2022-12-22",
        "before_1 2022-12-30",
        "on_day 2022-12-31 on 2022-12-30",
        "after_1 2023-01-03",
        "after_5 2023-01-09",
    ]


def test_the_spring_festival_is_reminded_on_the_worked_weekend_before_it() -> None:
    assert days(date(2022, 2, 7))[1:] == [
        "before_7 2022-01-24",
        "before_1 2022-01-30",
        "on_day 2022-02-07",
        "after_1 2022-02-08",
        "after_5 2022-02-14",
    ]


def test_a_leap_day_is_a_day_like_others() -> None:
    assert days(date(2024, 2, 29))[1:] == [
        "before_7 2024-02-20",
        "before_1 2024-02-28",
        "on_day 2024-02-29",
        "after_1 2024-03-01",
        "after_5 2024-03-07",
    ]


def test_a_month_end_in_a_year_unknown_to_the_library_counts_monday_to_friday() -> None:
    # 30 September 2035 is a Sunday.
    assert days(date(2035, 9, 30))[2:] == [
        "before_1 2035-09-28",
        "on_day 2035-09-30 on 2035-09-28",
        "after_1 2035-10-01",
        "after_5 2035-10-05",
    ]


def test_rungs_before_the_start_of_a_short_deadline_do_not_exist() -> None:
    owed_since = datetime(2022, 9, 29, 2, 0, tzinfo=UTC)

    assert days(date(2022, 10, 9), owed_since, DeadlineKind.SIGNATURE_PENDING) == [
        "before_1 2022-10-08",
        "on_day 2022-10-09",
        "after_1 2022-10-10",
        "after_5 2022-10-14",
    ]


def test_a_rung_whose_hour_has_passed_on_the_day_of_the_start_does_not_exist() -> None:
    due_on = date(2022, 11, 30)
    at_half_past_eight = datetime(2022, 11, 30, 0, 30, tzinfo=UTC)
    later = datetime(2022, 11, 30, 0, 30, 1, tzinfo=UTC)

    assert days(due_on, at_half_past_eight)[0] == "on_day 2022-11-30"
    assert days(due_on, later)[0] == "after_1 2022-12-01"


def test_a_deadline_that_begins_overdue_fires_its_highest_missed_rung_at_once() -> None:
    started_at = datetime(2022, 9, 8, 3, 15, tzinfo=UTC)

    found = moments(DeadlineKind.MID_TERM_REPORT, date(2022, 8, 15), started_at, LADDERS, SHANGHAI)

    assert [_shown(moment) for moment in found] == ["after_5 2022-08-22 on 2022-09-08"]
    assert found[0].at == started_at


def test_a_deadline_that_begins_a_little_overdue_still_has_the_rest_of_its_ladder() -> None:
    started_at = datetime(2022, 8, 17, 3, 15, tzinfo=UTC)

    assert days(date(2022, 8, 15), started_at) == [
        "after_1 2022-08-16 on 2022-08-17",
        "after_5 2022-08-22",
    ]


@pytest.mark.parametrize(
    ("zone", "before_the_change", "after_the_change"),
    [
        ("Asia/Shanghai", "2022-11-04 00:30", "2022-11-07 00:30"),
        ("UTC", "2022-11-04 08:30", "2022-11-07 08:30"),
        # Clocks went back on 6 November 2022 in New York.
        ("America/New_York", "2022-11-04 12:30", "2022-11-07 13:30"),
        ("Australia/Lord_Howe", "2022-11-03 21:30", "2022-11-06 21:30"),
    ],
)
def test_rungs_fire_at_half_past_eight_of_the_products_time_zone(
    zone: str, before_the_change: str, after_the_change: str
) -> None:
    timetable = Timetable(WorkingCalendar(), ZoneInfo(zone))
    by_rung = {
        moment.rung.id: f"{moment.at:%Y-%m-%d %H:%M}"
        for moment in moments(DeadlineKind.COMPLETION, date(2022, 11, 7), LONG_AGO, LADDERS, timetable)
    }

    assert by_rung["before_1"] == before_the_change
    assert by_rung["on_day"] == after_the_change


def test_lord_howe_changes_by_half_an_hour() -> None:
    timetable = Timetable(EveryDay(), ZoneInfo("Australia/Lord_Howe"))

    assert timetable.morning(date(2022, 10, 1)) == datetime(2022, 9, 30, 22, 0, tzinfo=UTC)
    assert timetable.morning(date(2022, 10, 2)) == datetime(2022, 10, 1, 21, 30, tzinfo=UTC)


def test_a_local_day_is_that_of_the_products_zone() -> None:
    late_in_london = datetime(2022, 12, 31, 17, 0, tzinfo=UTC)

    assert SHANGHAI.local_day(late_in_london) == date(2023, 1, 1)
    with pytest.raises(ValueError, match="time zone"):
        SHANGHAI.local_day(late_in_london.replace(tzinfo=None))


def test_the_next_digest_goes_out_on_the_next_working_morning() -> None:
    before_work = datetime(2022, 9, 30, 0, 29, tzinfo=UTC)
    at_work = datetime(2022, 9, 30, 0, 30, tzinfo=UTC)

    assert SHANGHAI.next_morning(before_work) == at_work
    assert SHANGHAI.next_morning(at_work) == datetime(2022, 10, 8, 0, 30, tzinfo=UTC)
    assert SHANGHAI.next_morning(datetime(2022, 10, 3, tzinfo=UTC)) == datetime(
        2022, 10, 8, 0, 30, tzinfo=UTC
    )


def test_calendar_days_are_counted_as_they_come() -> None:
    text = "\n".join(
        [
            "rest_while_suspended = []",
            "[[ladders]]",
            'name = "all"',
            f"kinds = {[str(kind) for kind in DeadlineKind]}",
            "rungs = [",
            '{ id = "a", offset = -3, unit = "calendar", recipients = ["handler"] },',
            '{ id = "b", offset = 2, unit = "calendar", recipients = ["handler"] },',
            "]",
        ]
    )

    found = moments(DeadlineKind.COMPLETION, date(2022, 9, 29), LONG_AGO, load_ladders(text), SHANGHAI)

    assert [_shown(moment) for moment in found] == ["a 2022-09-26", "b 2022-10-01 on 2022-10-08"]


def test_the_next_moment_is_the_first_unrecorded_one_and_none_at_the_end() -> None:
    deadline = OpenDeadline(DeadlineKind.COMPLETION, date(2022, 11, 30), datetime(2022, 11, 20, tzinfo=UTC))
    found = moments(deadline.kind, deadline.due_on, deadline.started_at, LADDERS, SHANGHAI)

    assert next_at(deadline, LADDERS, SHANGHAI) == datetime(2022, 11, 21, 0, 30, tzinfo=UTC)
    third = next_moment(found, datetime(2022, 11, 29, 0, 30, tzinfo=UTC))
    assert third is not None
    assert third.rung.id == "on_day"
    assert next_moment(found, datetime(2023, 1, 1, tzinfo=UTC)) is None
    everything = frozenset(moment.rung.id for moment in found)
    finished = OpenDeadline(deadline.kind, deadline.due_on, deadline.started_at, everything)
    assert next_at(finished, LADDERS, SHANGHAI) is None
