"""From a rung that fires to one notice per person."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import load_ladders, standard_ladders
from workflows.deadlines.records import Addressee, OpenDeadline
from workflows.deadlines.resolving import sweep
from workflows.deadlines.timetable import Timetable
from workflows.notices.records import Matter, NoticeKind, Phase, Recipient
from workflows.notices.rungs import Telling, standing, tell
from workflows.rectification.vocabulary import DeadlineKind

SHANGHAI = Timetable(WorkingCalendar())
STARTED = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
MATTER = Matter("2022-3", "提高办案效率", "/tasks/3")
PEOPLE = {
    Addressee.HANDLER: [Recipient(11), Recipient(12)],
    Addressee.DEPARTMENT_HEAD: [Recipient(12)],
    Addressee.RESPONSIBLE_LEADER: [Recipient(21)],
    Addressee.PERFORMANCE_OFFICE: [Recipient(31), Recipient(32)],
    Addressee.INSPECTOR: [Recipient(41), Recipient(31)],
}


def told(
    at: str,
    due_on: date = date(2022, 11, 30),
    *recorded: str,
    people: dict[Addressee, list[Recipient]] | None = None,
    switches: tuple[str, ...] = (),
) -> Telling:
    """Sweep one completion deadline at a moment in UTC and give what is told."""
    deadline = OpenDeadline(DeadlineKind.COMPLETION, due_on, STARTED, frozenset(recorded))
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    (fired,) = sweep(deadline, now, standard_ladders().with_switches(switches), SHANGHAI).fired()
    return tell(fired, deadline, MATTER, PEOPLE if people is None else people, now, SHANGHAI)


def persons(telling: Telling) -> list[int]:
    """Give who is told."""
    return [notice.recipient.person for notice in telling.notices]


def test_a_person_of_two_parts_is_told_once() -> None:
    telling = told("2022-11-21 00:30", date(2022, 11, 30), "before_30")

    assert persons(telling) == [11, 12]
    assert telling.vacant == ()
    assert dict(telling.notices[0].params) == {
        "clock": "completion",
        "rung": "before_7",
        "phase": "before",
        "days": 7,
        "due_on": "2022-11-30",
    }
    assert not telling.notices[0].urgent


def test_the_day_itself_is_urgent_and_reaches_the_leader() -> None:
    telling = told("2022-11-30 00:30", date(2022, 11, 30), "before_30", "before_7", "before_1")

    assert persons(telling) == [11, 12, 21]
    assert all(notice.urgent for notice in telling.notices)
    assert telling.notices[0].params["phase"] == "today"


def test_the_last_rung_is_a_to_do_for_the_performance_office() -> None:
    telling = told(
        "2022-12-07 00:30", date(2022, 11, 30), "before_30", "before_7", "before_1", "on_day", "after_1"
    )

    assert persons(telling) == [31, 32]
    assert {notice.kind for notice in telling.notices} == {NoticeKind.TO_DO}
    assert telling.notices[0].params["to_do"] == "ask_inspector"
    assert telling.notices[0].params["days"] == 7


def test_an_inspector_told_by_itself_gets_the_news_and_no_to_do() -> None:
    telling = told("2023-02-01 00:30", switches=("inspector_by_itself",))

    kinds = {notice.recipient.person: notice.kind for notice in telling.notices}
    # Person 31 sits in both offices and is asked, not merely told.
    assert kinds == {31: NoticeKind.TO_DO, 32: NoticeKind.TO_DO, 41: NoticeKind.RUNG}


def test_whoever_is_asked_and_told_at_once_is_asked_whatever_the_ladders_order() -> None:
    told_first = 'recipients = ["inspector", "performance_office"]'
    rungs = f'[{{ id = "a", offset = 1, {told_first}, to_do = "ask_inspector" }}]'
    kinds = [str(kind) for kind in DeadlineKind]
    ladders = load_ladders(
        f'rest_while_suspended = []\n[[ladders]]\nname = "all"\nkinds = {kinds}\nrungs = {rungs}'
    )
    deadline = OpenDeadline(DeadlineKind.COMPLETION, date(2022, 11, 30), STARTED)
    now = datetime(2022, 12, 1, 1, 0, tzinfo=UTC)
    (fired,) = sweep(deadline, now, ladders, SHANGHAI).fired()

    telling = tell(fired, deadline, MATTER, PEOPLE, now, SHANGHAI)

    kinds_told = {notice.recipient.person: notice.kind for notice in telling.notices}
    assert kinds_told == {31: NoticeKind.TO_DO, 32: NoticeKind.TO_DO, 41: NoticeKind.RUNG}


def test_a_reminder_moved_by_the_national_day_week_carries_both_days() -> None:
    params = told("2022-09-30 00:30", date(2022, 10, 4), "before_30", "before_7").notices[0].params

    assert params["rung"] == "on_day"
    assert (params["planned_on"], params["fired_on"]) == ("2022-10-04", "2022-09-30")
    assert (params["phase"], params["days"]) == ("last_day", 0)
    assert "late_days" not in params


def test_a_reminder_after_an_outage_says_how_things_stand_today() -> None:
    params = told("2022-11-23 00:30", date(2022, 11, 30), "before_30").notices[0].params

    assert params["rung"] == "before_7"
    assert params["days"] == 5
    assert params["late_days"] == 2
    assert "fired_on" not in params


def test_a_year_without_a_notice_is_marked_as_an_estimate() -> None:
    deadline = OpenDeadline(DeadlineKind.COMPLETION, date(2035, 12, 31), datetime(2035, 1, 1, tzinfo=UTC))
    now = datetime(2036, 2, 1, tzinfo=UTC)
    fired = sweep(deadline, now, standard_ladders(), SHANGHAI).fired()[0]

    telling = tell(fired, deadline, MATTER, PEOPLE, now, SHANGHAI)

    assert telling.notices[0].params["estimated"] == 1


def test_a_part_nobody_plays_is_named_to_the_others() -> None:
    people = {**PEOPLE, Addressee.DEPARTMENT_HEAD: []}

    telling = told("2022-11-21 00:30", date(2022, 11, 30), "before_30", people=people)

    assert telling.vacant == (Addressee.DEPARTMENT_HEAD,)
    assert telling.notices[0].params["vacant"] == "department_head"


def test_a_rung_that_would_reach_nobody_reaches_the_performance_office() -> None:
    people = {Addressee.PERFORMANCE_OFFICE: [Recipient(31)]}

    telling = told("2022-11-21 00:30", date(2022, 11, 30), "before_30", people=people)

    assert persons(telling) == [31]
    assert telling.notices[0].params["vacant"] == "handler,department_head"


@pytest.mark.parametrize(
    ("due_on", "today", "expected"),
    [
        (date(2022, 10, 12), date(2022, 9, 30), (Phase.BEFORE, 5)),
        (date(2022, 10, 4), date(2022, 9, 30), (Phase.LAST_DAY, 0)),
        (date(2022, 10, 4), date(2022, 10, 4), (Phase.TODAY, 0)),
        (date(2022, 10, 4), date(2022, 10, 8), (Phase.OVERDUE, 4)),
    ],
)
def test_how_a_deadline_stands_is_told_in_working_days_before_and_in_plain_days_after(
    due_on: date, today: date, expected: tuple[Phase, int]
) -> None:
    assert standing(due_on, today, SHANGHAI) == expected
