"""Which day counts for a clock, in a store of each kind: nobody answers for the days that others take."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.commands import Command, Revise, SendBack
from engine.reasons import RefusedError
from tests.contract.conftest import Stand
from tests.contract.court import LEAD, PEOPLE, TASK, actor
from tests.contract.deciding import decided
from tests.contract.moves import about
from tests.fakes.rows import ClockRow
from workflows.rectification.records import PositionRecord
from workflows.rectification.vocabulary import Role

HANDLER, HEAD, LEADER = Role.HANDLER, Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER


@pytest.fixture
def working(stand: Stand) -> Stand:
    """A task on which work has begun."""
    stand.course.pass_through("acknowledge")
    stand.course.pass_through("start")
    return stand


def _newest(stand: Stand, kind: str) -> ClockRow:
    return max((row for row in stand.rows().clocks.values() if row.kind == kind), key=lambda row: row.visit)


def _at(stand: Stand, moment: datetime) -> None:
    # The next act is a minute later.
    stand.course.now = moment


@pytest.mark.parametrize(
    ("signed_at", "met_on"),
    [
        (datetime(2026, 8, 15, 15, 58, tzinfo=UTC), date(2026, 8, 15)),  # 23:59 in Shanghai
        (datetime(2026, 8, 15, 15, 59, tzinfo=UTC), date(2026, 8, 16)),  # midnight in Shanghai
    ],
)
def test_the_day_ends_at_midnight_where_the_court_stands(
    working: Stand, signed_at: datetime, met_on: date
) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 15))
    course.propose("report_mid_term")
    _at(working, signed_at)
    course.sign(HEAD)
    course.wait_until(date(2026, 8, 28))
    course.sign(LEADER)
    assert _newest(working, "mid_term_report").met_on == met_on
    assert working.rows().reports[0].reported_on == met_on


def test_a_completion_signed_by_the_head_on_the_mid_term_day_counts_as_both_reports(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 15))
    course.propose("complete")
    course.sign(HEAD)
    course.wait_until(date(2026, 8, 25))
    course.sign(LEADER)
    assert [(r.kind, r.by_completion, r.reported_on) for r in working.rows().reports] == [
        ("mid_term", True, date(2026, 8, 15)),
        ("year_end", True, date(2026, 8, 15)),
    ]


def test_a_completion_after_the_year_end_day_ends_that_clock_late(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 10))
    course.pass_through("report_mid_term")
    course.wait_until(date(2026, 12, 1))
    course.pass_through("complete")
    clock = _newest(working, "year_end_report")
    assert (clock.due_on, clock.met_on) == (date(2026, 11, 30), date(2026, 12, 1))


@pytest.mark.parametrize("who", [HEAD, LEADER])
def test_what_is_sent_back_at_any_stage_lets_the_clock_run_on_and_counts_from_the_next_signature(
    working: Stand, who: Role
) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 14))
    course.propose("report_mid_term")
    if who is LEADER:
        course.sign(HEAD)
        assert _newest(working, "mid_term_report").state == "held"
    course.wait_until(date(2026, 8, 18))
    course.submit(SendBack(2, 1, "Name the cases."), who)
    clock = _newest(working, "mid_term_report")
    assert (clock.state, clock.waited_days) == ("running", 4 if who is LEADER else 0)
    course.wait_until(date(2026, 8, 19))
    course.pass_through("report_mid_term")
    assert _newest(working, "mid_term_report").met_on == date(2026, 8, 19)


def test_publishing_is_in_time_by_the_day_the_head_confirmed_the_facts(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 10))
    course.pass_through("complete")
    course.pass_through("verify")
    due_on = _newest(working, "publicity").due_on
    course.wait_until(due_on)
    course.propose("publicize")
    assert _newest(working, "publicity").state == "running"
    course.sign(HEAD)
    assert _newest(working, "publicity").state == "held"
    course.wait_until(date(2026, 10, 12))
    course.sign(Role.CONFIDENTIALITY_REVIEWER)
    course.sign(LEADER)
    clock = _newest(working, "publicity")
    assert (clock.state, clock.met_on) == ("stopped", due_on)
    assert clock.waited_days == (date(2026, 10, 12) - due_on).days


def test_a_publication_that_a_signer_sends_back_lets_its_clock_run_on(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 10))
    course.pass_through("complete")
    course.pass_through("verify")
    course.propose("publicize")
    course.sign(HEAD)
    proposal = course.case().proposal
    assert proposal is not None
    course.submit(SendBack(proposal.identifier, 1, "Leave the names out."), Role.CONFIDENTIALITY_REVIEWER)
    assert _newest(working, "publicity").state == "running"


def test_a_weightier_move_lets_the_held_clocks_run_on(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 12))
    course.propose("complete")
    course.sign(HEAD)
    assert _newest(working, "completion").state == "held"
    course.wait_until(date(2026, 8, 14))
    course.propose("cancel")
    for kind in ("completion", "mid_term_report", "year_end_report"):
        clock = _newest(working, kind)
        assert (clock.state, clock.waited_days, clock.rests) == ("running", 2, (("held", False),))
    told = {row.person for row in working.rows().notices.values() if row.kind == "superseded"}
    assert told == {PEOPLE[role] for role in (HANDLER, HEAD, LEADER)}


def test_a_report_returned_beside_a_completion_the_head_has_signed_waits_for_the_leader(
    working: Stand,
) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 10))
    course.pass_through("report_mid_term")
    course.propose("complete")
    course.sign(HEAD)
    new_day = (("new_due_on", date(2026, 8, 14)),)
    course.pass_through("return_report", references=about(course.case()), dates=new_day)
    clock = _newest(working, "mid_term_report")
    assert (clock.visit, clock.state, clock.rests) == (2, "held", (("held", True),))
    assert working.rows().next_due is None, "the department has nothing to do while its leader reads"
    course.wait_until(date(2026, 8, 20))
    course.sign(LEADER)
    clock = _newest(working, "mid_term_report")
    assert (clock.state, clock.met_on, clock.rests) == ("stopped", date(2026, 8, 10), (("held", False),))


def test_a_report_returned_beside_a_completion_nobody_has_signed_runs(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 10))
    course.pass_through("report_mid_term")
    course.propose("complete")
    course.pass_through("return_report", references=about(course.case()))
    assert _newest(working, "mid_term_report").state == "running"
    course.sign(HEAD)
    assert _newest(working, "mid_term_report").state == "held"


def test_two_reports_of_one_kind_that_are_returned_leave_one_clock(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 10))
    course.pass_through("report_mid_term")
    first = about(course.case())
    course.pass_through("complete")
    course.pass_through("rework")
    course.pass_through("report_mid_term")
    second = (("report", str(course.case().reports[-1].report)),)
    assert second != first
    course.pass_through("return_report", references=second)
    course.pass_through("return_report", references=first)
    clocks = [row for row in working.rows().clocks.values() if row.kind == "mid_term_report"]
    assert [(row.visit, row.state) for row in clocks] == [(1, "stopped"), (2, "stopped"), (3, "running")]


def test_a_head_who_reports_alone_and_revises_it_has_reported_on_the_day_of_the_revision(
    working: Stand,
) -> None:
    course = working.course
    course.wait_until(date(2026, 8, 12))
    _alone(working, replace(course.command("report_mid_term"), key="alone"))
    clock = _newest(working, "mid_term_report")
    assert clock.state == "held", "nobody but the leader has to sign"
    course.wait_until(date(2026, 8, 14))
    proposal = course.case().proposal
    assert proposal is not None
    _alone(working, Revise(proposal.identifier, 1, replace(proposal.bundle, text="Better words")))
    clock = _newest(working, "mid_term_report")
    assert (clock.state, clock.waited_days, clock.rests) == ("held", 2, (("held", False), ("held", True)))
    course.wait_until(date(2026, 8, 20))
    course.sign(LEADER)
    clock = _newest(working, "mid_term_report")
    assert (clock.met_on, clock.waited_days) == (date(2026, 8, 14), 8)


def _alone(stand: Stand, command: Command) -> None:
    """Let the handler act while heading the department too."""
    course = stand.course
    course.now = course.now.replace(minute=course.now.minute + 1)
    with stand.store.work(TASK, actor(HANDLER), course.now) as work:
        others = tuple(held for held in work.case.positions if held.role != HEAD)
        positions = (*others, PositionRecord(PEOPLE[HANDLER], LEAD, HEAD))
        case = replace(work.case, positions=positions)
        work.apply(decided(case, command, actor(HANDLER), course.now))


def test_a_report_while_suspended_is_filed_and_stays_so_after_resuming(working: Stand) -> None:
    course = working.course
    course.wait_until(date(2026, 7, 1))
    course.pass_through("suspend")
    course.wait_until(date(2026, 8, 14))
    course.pass_through("report_mid_term")
    assert (course.case().task.state, _newest(working, "mid_term_report").met_on) == (
        "suspended",
        date(2026, 8, 14),
    )
    course.pass_through("resume")
    with pytest.raises(RefusedError, match="report_already_filed"):
        course.propose("report_mid_term")
