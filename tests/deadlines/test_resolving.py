"""What one sweep records of one deadline, whom it tells, and when it looks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import load_ladders, standard_ladders
from workflows.deadlines.moments import schedule
from workflows.deadlines.records import (
    OpenDeadline,
    Pause,
    PauseReason,
    Sweep,
)
from workflows.deadlines.resolving import sweep
from workflows.deadlines.timetable import Timetable
from workflows.rectification.vocabulary import DeadlineKind

LADDERS = standard_ladders().with_switches(())
SHANGHAI = Timetable(WorkingCalendar())
YEAR_END = OpenDeadline(
    DeadlineKind.YEAR_END_REPORT, date(2022, 11, 30), datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
)
"""Its rungs: 2022-10-19, 11-21, 11-29, 11-30, 12-01, 12-07, each at 00:30 UTC."""
TASK_DAY = replace(YEAR_END, kind=DeadlineKind.COMPLETION)


def at(text: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(found: Sweep) -> list[str]:
    """Write each rung with its outcome."""
    return [f"{r.moment.rung.id} {r.outcome}" for r in found.resolutions]


def after(deadline: OpenDeadline, *recorded: str) -> OpenDeadline:
    """Give the deadline with these rungs recorded."""
    return replace(deadline, recorded=frozenset(recorded))


def test_before_the_first_rung_nothing_is_recorded_and_the_first_moment_is_named() -> None:
    found = sweep(YEAR_END, at("2022-10-19 00:29:59"), LADDERS, SHANGHAI)

    assert found == Sweep((), at("2022-10-19 00:30"))


def test_a_rung_fires_at_its_moment_in_time() -> None:
    found = sweep(YEAR_END, at("2022-10-19 00:30"), LADDERS, SHANGHAI)

    assert shown(found) == ["before_30 fired"]
    assert found.fired()[0].working_days_late == 0
    assert found.next_at == at("2022-11-21 00:30")


def test_a_recorded_rung_is_not_recorded_again_even_when_the_clock_goes_back() -> None:
    recorded = after(YEAR_END, "before_30", "before_7")

    assert sweep(recorded, at("2022-11-22 10:00"), LADDERS, SHANGHAI) == Sweep((), at("2022-11-29 00:30"))
    assert sweep(recorded, at("2022-06-01 10:00"), LADDERS, SHANGHAI) == Sweep((), at("2022-11-29 00:30"))


def test_after_an_outage_the_highest_missed_rung_fires_and_the_lower_ones_are_late() -> None:
    found = sweep(after(YEAR_END, "before_30"), at("2022-12-02 03:00"), LADDERS, SHANGHAI)

    assert shown(found) == ["before_7 late", "before_1 late", "on_day late", "after_1 fired"]
    assert [r.working_days_late for r in found.resolutions] == [9, 3, 2, 1]
    assert found.next_at == at("2022-12-07 00:30")


def test_after_the_last_rung_the_deadline_is_never_looked_at_again() -> None:
    found = sweep(YEAR_END, at("2023-12-07 00:30"), LADDERS, SHANGHAI)

    assert shown(found)[-1] == "after_5 fired"
    assert len(found.resolutions) == 6
    assert found.next_at is None


def test_an_outage_over_a_holiday_is_not_late_by_days_off() -> None:
    deadline = replace(YEAR_END, due_on=date(2022, 9, 30), recorded=frozenset({"before_30", "before_7"}))

    found = sweep(deadline, at("2022-10-07 12:00"), LADDERS, SHANGHAI)

    assert [r.working_days_late for r in found.resolutions] == [1, 0]


def test_two_rungs_of_one_morning_tell_nobody_twice() -> None:
    inside_the_holiday = replace(YEAR_END, due_on=date(2022, 10, 4))

    found = sweep(
        after(inside_the_holiday, "before_30", "before_7"), at("2022-09-30 00:30"), LADDERS, SHANGHAI
    )

    assert shown(found) == ["before_1 merged", "on_day fired"]


def test_two_rungs_of_one_morning_that_tell_different_people_both_fire() -> None:
    text = "\n".join(
        [
            "rest_while_suspended = []",
            "[[ladders]]",
            'name = "all"',
            f"kinds = {[str(kind) for kind in DeadlineKind]}",
            "rungs = [",
            '{ id = "a", offset = -1, recipients = ["handler"] },',
            '{ id = "b", offset = 0, recipients = ["responsible_leader"] },',
            "]",
        ]
    )
    inside_the_holiday = replace(YEAR_END, due_on=date(2022, 10, 4))

    found = sweep(inside_the_holiday, at("2022-09-30 00:30"), load_ladders(text), SHANGHAI)

    assert shown(found) == ["a fired", "b fired"]


def test_rungs_of_a_held_deadline_are_recorded_as_held_and_the_next_is_still_named() -> None:
    held = replace(after(YEAR_END, "before_30", "before_7"), pauses=(Pause(at("2022-11-28 02:00")),))

    found = sweep(held, at("2022-11-30 00:30"), LADDERS, SHANGHAI)

    assert shown(found) == ["before_1 held", "on_day held"]
    assert found.next_at == at("2022-12-01 00:30")


def test_a_held_deadline_that_resumes_records_what_it_missed_as_held_and_goes_on_climbing() -> None:
    pause = Pause(at("2022-11-28 02:00"), at("2022-12-05 03:00"))
    resumed = replace(after(YEAR_END, "before_30", "before_7"), pauses=(pause,))

    found = sweep(resumed, at("2022-12-05 03:00"), LADDERS, SHANGHAI)
    assert shown(found) == ["before_1 held", "on_day held", "after_1 held"]
    assert found.next_at == at("2022-12-07 00:30")

    last = sweep(
        after(resumed, "before_30", "before_7", "before_1", "on_day", "after_1"),
        at("2022-12-07 00:30"),
        LADDERS,
        SHANGHAI,
    )
    assert shown(last) == ["after_5 fired"]


def test_a_rung_that_an_outage_delayed_into_a_pause_tells_nobody() -> None:
    held = replace(after(YEAR_END, "before_30"), pauses=(Pause(at("2022-11-22 02:00")),))

    assert shown(sweep(held, at("2022-11-23 00:30"), LADDERS, SHANGHAI)) == ["before_7 held"]


def test_a_lower_rung_missed_before_a_pause_does_not_fire_after_a_higher_one_was_held() -> None:
    pause = Pause(at("2022-11-28 02:00"), at("2022-11-30 03:00"))
    resumed = replace(after(YEAR_END, "before_30"), pauses=(pause,))

    found = sweep(resumed, at("2022-11-30 04:00"), LADDERS, SHANGHAI)

    assert shown(found) == ["before_7 late", "before_1 held", "on_day held"]


def test_a_moment_at_the_very_end_of_a_pause_is_no_longer_held() -> None:
    pause = Pause(at("2022-11-28 02:00"), at("2022-11-29 00:30"))
    resumed = replace(after(YEAR_END, "before_30", "before_7"), pauses=(pause,))

    assert shown(sweep(resumed, at("2022-11-29 00:30"), LADDERS, SHANGHAI)) == ["before_1 fired"]


def test_while_a_task_is_suspended_its_internal_reminders_rest_and_its_reports_stay_due() -> None:
    suspended = (Pause(at("2022-10-01 00:00"), reason=PauseReason.SUSPENDED),)
    now = at("2022-10-19 00:30")

    assert shown(sweep(replace(TASK_DAY, pauses=suspended), now, LADDERS, SHANGHAI)) == ["before_30 rested"]
    assert shown(sweep(replace(YEAR_END, pauses=suspended), now, LADDERS, SHANGHAI)) == ["before_30 fired"]


def test_a_deadline_that_begins_overdue_is_told_once_and_not_called_late() -> None:
    born_late = replace(YEAR_END, started_at=at("2023-02-06 03:00"))

    found = sweep(born_late, at("2023-02-06 03:00:20"), LADDERS, SHANGHAI)

    assert shown(found) == ["after_5 fired"]
    assert found.resolutions[0].working_days_late == 0
    assert found.next_at is None


def test_a_year_that_was_an_estimate_is_reckoned_anew_without_repeating_what_was_said() -> None:
    deadline = OpenDeadline(
        DeadlineKind.COMPLETION, date(2035, 10, 10), at("2035-09-03 01:00"), frozenset({"before_7"})
    )
    # The notice arrives: the week from 1 to 7 October is off, so the seventh day before is 27 September.
    notice = {date(2035, 10, day): False for day in range(1, 8)}
    informed = Timetable(WorkingCalendar(notice))

    assert sweep(deadline, at("2035-10-02 00:30"), LADDERS, informed) == Sweep((), at("2035-10-09 00:30"))


@given(
    st.dates(date(2021, 1, 1), date(2027, 12, 31)),
    st.lists(st.integers(0, 24 * 400), min_size=1, max_size=12),
    st.integers(0, 24 * 300),
)
def test_however_the_ticks_fall_every_rung_is_recorded_once_and_each_tick_tells_one_morning(
    due_on: date, ticks: list[int], age: int
) -> None:
    last_tick = datetime(due_on.year, due_on.month, due_on.day, tzinfo=UTC) + timedelta(days=200)
    started_at = last_tick - timedelta(days=200) - timedelta(hours=age)
    deadline = OpenDeadline(DeadlineKind.COMPLETION, due_on, started_at)
    recorded: list[str] = []
    for tick in [*ticks, 10**9]:
        now = min(started_at + timedelta(hours=min(tick, 10**6)), last_tick)
        found = sweep(replace(deadline, recorded=frozenset(recorded)), now, LADDERS, SHANGHAI)
        assert len({r.moment.at for r in found.fired()}) <= 1
        assert found.next_at is None or found.next_at > now
        recorded += [r.moment.rung.id for r in found.resolutions]

    assert len(recorded) == len(set(recorded))
    assert set(recorded) == {m.rung.id for m in schedule(deadline, LADDERS, SHANGHAI)}
