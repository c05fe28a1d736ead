"""More time in a store of each kind: asked for, granted, refused, given up, and beside everything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.commands import SendBack, Withdraw
from engine.reasons import RefusedError
from storage.database import Database
from tests.contract.conftest import Stand, memory_stand, sql_stand
from tests.contract.court import DUE, PEOPLE, TASK
from tests.contract.moves import Course
from tests.contract.test_year import _kept, _unsalted
from workflows.rectification.records import ClockRecord
from workflows.rectification.vocabulary import DeadlineKind, Role

HEAD, OFFICE_HEAD = Role.DEPARTMENT_HEAD, Role.PERFORMANCE_OFFICE_HEAD
LEADER, PERFORMANCE_LEADER = Role.RESPONSIBLE_LEADER, Role.PERFORMANCE_LEADER
OFFICE = Role.PERFORMANCE_OFFICE
NEW = DUE + timedelta(days=20)
MUCH_LATER = DUE + timedelta(days=31)


def until(day: date, since: date = DUE) -> dict[str, Any]:
    """The days of a request."""
    return {"dates": (("due_on", since), ("new_due_on", day))}


def completion(stand: Stand) -> ClockRecord:
    """The clock of the completion as it stands."""
    return next(c for c in stand.rows().case.clocks if c.kind is DeadlineKind.COMPLETION)


@pytest.fixture
def under_way(stand: Stand) -> Stand:
    """A task in progress."""
    stand.course.pass_through("acknowledge")
    stand.course.pass_through("start")
    return stand


def refused(course: Course, by: Role = Role.HANDLER, **changed: str) -> list[str]:
    """Ask for more time in vain and give the codes."""
    with pytest.raises(RefusedError) as told:
        course.extend(by=by, **changed)
    return [reason.code for reason in told.value.refusal.reasons]


def test_a_short_extension_granted_by_three_moves_the_day_and_leaves_the_task_where_it_is(
    under_way: Stand,
) -> None:
    before = under_way.rows()
    receipt = under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    rows = under_way.rows()
    task = rows.case.task
    assert (receipt.moved, receipt.state, receipt.version) == (True, "in_progress", before.case.task.version)
    assert (task.due_on, task.original_due_on) == (NEW, DUE)
    assert (task.extensions, task.extended_days) == (1, 20)
    clock = completion(under_way)
    assert (clock.due_on, clock.original_due_on, clock.state, clock.visit) == (NEW, DUE, "running", 1)
    assert rows.clocks[clock.deadline].version == 2
    assert rows.clocks[clock.deadline].next_at != before.clocks[clock.deadline].next_at
    assert rows.waiting == {}
    row = rows.extensions[1]
    assert (row.state, row.version, row.category, row.late) == ("granted", 2, "outsiders", False)
    assert (row.asked_by, row.ended_at) == (PEOPLE[Role.HANDLER], under_way.course.now)
    assert [(s.trigger, s.state, s.version) for s in rows.steps if s.extension == 1] == [
        ("grant", "granted", 2)
    ]


def test_more_than_thirty_days_also_need_the_leader_of_performance(under_way: Stand) -> None:
    receipt = under_way.course.extend(HEAD, OFFICE_HEAD, LEADER, **until(MUCH_LATER))
    assert not receipt.moved
    assert {person for person, _ in under_way.rows().waiting} == {PEOPLE[PERFORMANCE_LEADER]}
    assert under_way.course.sign(PERFORMANCE_LEADER, of_extension=True).moved
    assert under_way.rows().case.task.due_on == MUCH_LATER


def test_what_runs_out_next_is_the_extended_day(under_way: Stand) -> None:
    under_way.course.pass_through("report_mid_term")
    assert under_way.rows().next_due == (DUE, "completion")
    under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    assert under_way.rows().next_due == (NEW, "completion")


def test_the_second_extension_needs_four_however_short_and_days_add_up(under_way: Stand) -> None:
    under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    again = NEW + timedelta(days=3)
    assert not under_way.course.extend(HEAD, OFFICE_HEAD, LEADER, **until(again, since=NEW)).moved
    assert under_way.course.sign(PERFORMANCE_LEADER, of_extension=True).moved
    rows = under_way.rows()
    task = rows.case.task
    assert (task.due_on, task.original_due_on) == (again, DUE)
    assert (task.extensions, task.extended_days) == (2, 23)
    assert [row.state for row in rows.extensions.values()] == ["granted", "granted"]
    assert rows.clocks[completion(under_way).deadline].version == 3


def test_the_office_refuses_and_its_head_signs(under_way: Stand) -> None:
    under_way.course.extend(HEAD)
    receipt = under_way.course.extend(
        OFFICE_HEAD, by=OFFICE, trigger="refuse", text="Plan earlier.", dates=(), evidence=(), references=()
    )
    rows = under_way.rows()
    assert receipt.moved
    assert rows.extensions[1].state == "refused"
    assert (rows.case.task.due_on, rows.case.task.extensions) == (DUE, 0)
    assert [row.state for row in rows.proposals.values() if row.extension] == ["superseded", "moved"]
    assert rows.waiting == {}
    assert under_way.course.extend(HEAD, OFFICE_HEAD, LEADER).moved, "a refusal does not count as the first"


def test_who_asked_learns_which_day_holds_and_why(under_way: Stand) -> None:
    over: dict[str, Any] = {"text": "Plan earlier.", "dates": (), "evidence": (), "references": ()}
    under_way.course.extend(HEAD)
    under_way.course.extend(OFFICE_HEAD, by=OFFICE, trigger="refuse", **over)
    under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    told = [
        dict(row.params)
        for row in under_way.rows().notices.values()
        if (row.kind, row.person) == ("extension_decided", PEOPLE[Role.HANDLER])
    ]
    assert [(row["state"], row["due_on"], row.get("reason")) for row in told] == [
        ("refused", DUE.isoformat(), "Plan earlier."),
        ("granted", NEW.isoformat(), None),
    ]


def test_sent_back_it_stays_asked_for_and_is_proposed_again_as_the_same_one(under_way: Stand) -> None:
    course = under_way.course
    course.extend(HEAD)
    waiting = course.case().extension_proposal
    assert waiting is not None
    course.submit(SendBack(waiting.identifier, 1, "Say why."), OFFICE_HEAD)
    assert under_way.rows().extensions[1].state == "asked"
    assert course.extend(HEAD, OFFICE_HEAD, LEADER, text="The supplier went bankrupt.").moved
    rows = under_way.rows()
    assert list(rows.extensions) == [1]
    assert [row.state for row in rows.proposals.values() if row.extension] == ["sent_back", "moved"]


def test_who_withdrew_may_ask_for_another_day(under_way: Stand) -> None:
    course = under_way.course
    course.extend()
    waiting = course.case().extension_proposal
    assert waiting is not None
    course.submit(Withdraw(waiting.identifier, 1), Role.HANDLER)
    course.extend(**until(MUCH_LATER))
    row = under_way.rows().extensions[1]
    assert (row.state, row.new_due_on) == ("asked", MUCH_LATER)


@pytest.mark.parametrize("signed", [(), (HEAD,)])
def test_the_handler_gives_it_up_at_once(under_way: Stand, signed: tuple[Role, ...]) -> None:
    under_way.course.extend(*signed)
    receipt = under_way.course.extend(trigger="give_up", text="", dates=(), evidence=(), references=())
    rows = under_way.rows()
    assert receipt.moved
    assert (rows.extensions[1].state, rows.waiting) == ("given_up", {})
    assert rows.case.task.due_on == DUE
    assert all(c.state == "stopped" for c in rows.clocks.values() if c.kind == "extension_pending")


def test_after_the_day_only_the_office_asks_and_that_is_kept(under_way: Stand) -> None:
    course = under_way.course
    course.wait_until(DUE)
    assert refused(course, by=OFFICE) == ["extension_not_late"]
    course.wait_until(DUE + timedelta(days=1))
    assert refused(course) == ["extension_asked_late"]
    assert course.extend(HEAD, OFFICE_HEAD, LEADER, by=OFFICE).moved
    assert under_way.rows().extensions[1].late


def test_asked_in_time_it_is_granted_however_late_the_leaders_sign(under_way: Stand) -> None:
    course = under_way.course
    course.wait_until(DUE)
    course.extend(HEAD)
    course.wait_until(NEW + timedelta(days=2))
    course.sign(OFFICE_HEAD, of_extension=True)
    assert course.sign(LEADER, of_extension=True).moved
    assert under_way.rows().case.task.due_on == NEW


def test_only_one_extension_of_a_task_is_open(under_way: Stand) -> None:
    under_way.course.extend(HEAD)
    assert refused(under_way.course) == ["proposal_open"]


def test_it_waits_beside_a_completion_that_waits_for_the_leader(under_way: Stand) -> None:
    course = under_way.course
    course.pass_through("report_mid_term")
    course.propose("complete")
    course.sign(HEAD)
    course.extend(HEAD, OFFICE_HEAD)
    rows = under_way.rows()
    assert [person for person, _ in rows.waiting] == [PEOPLE[LEADER]] * 2
    running = {c.kind for c in rows.clocks.values() if c.state == "running"}
    assert {"signature_pending", "extension_pending"} <= running
    assert course.sign(LEADER, of_extension=True).moved
    clock = completion(under_way)
    assert (clock.due_on, clock.state) == (NEW, "held")
    assert course.case().proposal is not None
    assert course.sign(LEADER).state == "completed"


def test_a_completion_sent_back_runs_on_to_the_extended_day(under_way: Stand) -> None:
    course = under_way.course
    course.pass_through("report_mid_term")
    course.propose("complete")
    course.sign(HEAD)
    course.extend(HEAD, OFFICE_HEAD, LEADER)
    waiting = course.case().proposal
    assert waiting is not None
    course.submit(SendBack(waiting.identifier, 1, "Not yet."), LEADER)
    clock = completion(under_way)
    assert (clock.due_on, clock.state) == (NEW, "running")


def test_once_the_task_is_reported_complete_nobody_can_grant_it_any_more(under_way: Stand) -> None:
    course = under_way.course
    course.extend(HEAD, OFFICE_HEAD)
    course.pass_through("report_mid_term")
    course.pass_through("complete")
    with pytest.raises(RefusedError, match="extension_too_late_for_state"):
        course.sign(LEADER, of_extension=True)
    assert refused(course) == ["extension_too_late_for_state", "proposal_open"]
    course.extend(trigger="give_up", text="", dates=(), evidence=(), references=())
    assert under_way.rows().extensions[1].state == "given_up"


def test_the_same_request_again_has_the_same_answer(under_way: Stand) -> None:
    command = under_way.course.ask()
    first = under_way.course.submit(command, Role.HANDLER)
    assert under_way.course.submit(command, Role.HANDLER) == replace(first, repeated=True)
    assert list(under_way.rows().extensions) == [1]


def test_no_extension_is_named_but_the_next_one(under_way: Stand) -> None:
    for subject in (f"extension:{TASK}.2", f"extension:{TASK + 1}.1"):
        assert refused(under_way.course, subject=subject) == ["bundle_foreign"]


def test_everything_about_it_stands_in_the_chain_of_the_task(under_way: Stand) -> None:
    before = len(under_way.rows().chains[f"task:{TASK}"])
    under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    assert len(under_way.rows().chains[f"task:{TASK}"]) == before + 4


def _acts(course: Course) -> list[object]:
    found: list[object] = [course.pass_through("acknowledge"), course.pass_through("start")]
    found += [course.extend(HEAD), refused(course)]
    over: dict[str, Any] = {"text": "No.", "dates": (), "evidence": (), "references": ()}
    found.append(course.extend(OFFICE_HEAD, by=OFFICE, trigger="refuse", **over))
    found.append(course.extend(HEAD, OFFICE_HEAD, LEADER))
    found.append(course.extend(**until(NEW + timedelta(days=2), since=NEW)))
    found.append(course.extend(trigger="give_up", **over))
    found.append(course.propose("report_mid_term"))
    found.append(course.extend(HEAD, **until(NEW + timedelta(days=2), since=NEW)))
    found += [course.sign(HEAD), course.sign(LEADER)]
    return found


@pytest.mark.parametrize("kind", ["sqlite_database", "postgres_database"])
def test_memory_and_database_keep_the_same(kind: str, request: pytest.FixtureRequest) -> None:
    database: Database = request.getfixturevalue(kind)
    twin, stored = memory_stand(), sql_stand(database)
    assert _acts(twin.course) == _acts(stored.course)
    assert _kept(twin.rows()) == _kept(stored.rows())
    assert _unsalted({f"task:{TASK}": twin.rows().chains[f"task:{TASK}"]}) == _unsalted(stored.rows().chains)
