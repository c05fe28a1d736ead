"""Whole stories of one task through the pure engine."""

from __future__ import annotations

from datetime import date

import pytest

from engine.bundle import Entry
from engine.decision import Outcome, Telling
from tests.rectification.world import DUE, MEASURES, PEOPLE, actor, bundle, propose
from tests.rectification.year import OF_A_NEW_TASK, Year
from workflows.rectification.vocabulary import ReportKind, Role, TaskKind

HANDLER, HEAD, LEADER = Role.HANDLER, Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER
OFFICE, OFFICE_HEAD = Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD
PERFORMANCE_LEADER, GROUP = Role.PERFORMANCE_LEADER, Role.VERIFICATION_GROUP
PUBLICITY, REVIEWER = Role.PUBLICITY_OFFICE, Role.CONFIDENTIALITY_REVIEWER


def _about(number: int) -> tuple[tuple[str, str], ...]:
    return (("report", str(number)),)


def _started(kind: TaskKind = TaskKind.DATED) -> Year:
    year = Year(kind)
    year.on(1, 13).move("acknowledge", HANDLER)
    year.on(1, 20).move("start", HANDLER, HEAD, LEADER)
    return year


def _completed() -> Year:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(9, 1).move("complete", HANDLER, HEAD, LEADER)
    return year


def _verified() -> Year:
    year = _completed()
    year.on(9, 10).move("verify", GROUP, OFFICE_HEAD, LEADER)
    return year


def test_a_task_goes_from_planned_to_publicized_by_seven_people() -> None:
    year = Year()
    assert sorted(year.clocks) == sorted(OF_A_NEW_TASK)
    year.on(1, 13).move("acknowledge", HEAD)
    assert "acknowledge" not in year.clocks
    year.on(1, 20).move("start", HANDLER, HEAD, LEADER)
    assert sorted(year.clocks) == ["completion", "mid_term_report", "year_end_report"]
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(8, 17).move("receive_report", OFFICE, references=_about(1))
    assert year.refused("receive_report", OFFICE, references=_about(1)) == ("report_already_received",)
    year.on(9, 1).move("complete", HANDLER, HEAD, LEADER)
    assert list(year.clocks) == ["verification"]
    year.on(9, 10).move("verify", OFFICE, OFFICE_HEAD, LEADER)
    assert list(year.clocks) == ["publicity"]
    year.on(9, 20).move("publicize", PUBLICITY, HEAD, REVIEWER, LEADER)
    assert year.clocks == {}
    assert year.facts.state == "publicized"
    assert [step.trigger for step in year.steps] == [
        "acknowledge",
        "start",
        "report_mid_term",
        "receive_report",
        "complete",
        "verify",
        "publicize",
    ]
    assert year.facts.version == 4 + 7
    assert {outcome.outcome for outcome in year.closed} == {Outcome.MOVED}
    assert year.facts.round == 1


def test_the_year_end_report_leaves_the_task_where_it_is() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(11, 20).move("report_year_end", HANDLER, HEAD, LEADER)
    assert year.facts.state == "mid_term_reported"
    assert sorted(year.clocks) == ["completion"]
    assert year.refused("report_year_end", HANDLER) == ("report_already_filed",)


def test_a_rework_begins_a_new_round_that_owes_no_second_mid_term_report() -> None:
    year = _completed()
    year.on(9, 10).move("rework", GROUP, OFFICE_HEAD, PERFORMANCE_LEADER)
    assert (year.facts.state, year.facts.round) == ("in_progress", 2)
    assert list(year.clocks) == ["completion"]
    assert year.told[-1].people == tuple(PEOPLE[role] for role in (GROUP, HANDLER, HEAD, LEADER))
    year.on(11, 18).move("complete", HANDLER, HEAD, LEADER)
    year.on(11, 25).move("verify", GROUP, OFFICE_HEAD, LEADER)
    assert (year.facts.state, year.facts.round) == ("verified", 2)


def test_a_bundle_of_the_first_round_is_worth_nothing_in_the_second() -> None:
    year = _completed()
    year.on(9, 10).move("rework", GROUP, OFFICE_HEAD, PERFORMANCE_LEADER)
    old = propose(bundle("complete", round_=1), year.facts.version)
    assert year.refuse(old, actor(HANDLER), year.now) == ("bundle_foreign",)


@pytest.mark.parametrize("end", ["publicized", "withheld", "verified"])
def test_a_finding_reopens_a_task_even_at_its_end(end: str) -> None:
    year = _verified()
    if end == "publicized":
        year.move("publicize", PUBLICITY, HEAD, REVIEWER, LEADER)
    if end == "withheld":
        year.move("withhold", HANDLER, HEAD, REVIEWER, LEADER)
    assert year.facts.state == end
    year.on(10, 8).move("reopen", OFFICE, OFFICE_HEAD, PERFORMANCE_LEADER)
    assert (year.facts.state, year.facts.round) == ("in_progress", 2)
    assert list(year.clocks) == ["completion"]
    assert PEOPLE[LEADER] in year.told[-1].people


def test_nobody_blocks_a_finding_by_keeping_a_proposal_open() -> None:
    year = _verified()
    year.propose("publicize", PUBLICITY)
    year.signed_by(HEAD)
    year.propose("reopen", OFFICE)
    assert [closed.outcome for closed in year.closed][-1] is Outcome.SUPERSEDED
    assert year.told[-2].telling is Telling.SUPERSEDED
    assert year.told[-2].people == tuple(PEOPLE[role] for role in (PUBLICITY, HEAD, REVIEWER))
    year.signed_by(OFFICE_HEAD, PERFORMANCE_LEADER)
    assert year.facts.state == "in_progress"


def test_a_reopened_task_rests_on_no_older_clock() -> None:
    year = _verified()
    year.clocks["year_end_report"] = "running"
    year.on(10, 8).move("reopen", OFFICE, OFFICE_HEAD, PERFORMANCE_LEADER)
    assert list(year.clocks) == ["completion"]


@pytest.mark.parametrize("origin", ["planned", "in_progress", "mid_term_reported"])
def test_a_suspended_task_comes_back_to_where_it_was_and_no_clock_moves(origin: str) -> None:
    year = Year() if origin == "planned" else _started()
    if origin == "mid_term_reported":
        year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    before = dict(year.clocks)
    year.move("suspend", HANDLER, HEAD, OFFICE_HEAD, LEADER)
    assert year.facts.state == "suspended"
    assert year.clocks == {**before, "suspension": "running"}
    year.on(9, 1).move("resume", HANDLER, HEAD, LEADER)
    assert year.facts.state == origin
    assert year.clocks == before


def test_a_report_filed_while_suspended_counts_after_resuming() -> None:
    year = _started()
    year.on(7, 1).move("suspend", HANDLER, HEAD, OFFICE_HEAD, LEADER)
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    assert (year.facts.state, "mid_term_report" in year.clocks) == ("suspended", False)
    year.on(8, 20).move("resume", HANDLER, HEAD, LEADER)
    assert year.facts.state == "in_progress"
    assert year.refused("report_mid_term", HANDLER) == ("report_already_filed",)
    year.on(9, 1).move("complete", HANDLER, HEAD, LEADER)


def test_a_report_returned_while_suspended_sends_the_task_back_into_work() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(8, 12).move("suspend", HANDLER, HEAD, OFFICE_HEAD, LEADER)
    year.on(8, 14).move("return_report", OFFICE, references=_about(1))
    assert (year.facts.state, year.clocks["mid_term_report"]) == ("suspended", "running")
    year.on(9, 1).move("resume", HANDLER, HEAD, LEADER)
    assert year.facts.state == "in_progress"
    year.move("report_mid_term", HANDLER, HEAD, LEADER)
    assert (year.facts.state, "mid_term_report" in year.clocks) == ("mid_term_reported", False)


def test_a_report_returned_and_filed_again_while_suspended_is_filed() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(8, 12).move("suspend", HANDLER, HEAD, OFFICE_HEAD, LEADER)
    year.on(8, 14).move("return_report", OFFICE, references=_about(1))
    year.on(8, 20).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(9, 1).move("resume", HANDLER, HEAD, LEADER)
    assert year.facts.state == "mid_term_reported"


@pytest.mark.parametrize("origin", ["planned", "in_progress", "mid_term_reported", "suspended"])
def test_a_task_is_cancelled_from_wherever_work_is_still_owed(origin: str) -> None:
    year = Year() if origin == "planned" else _started()
    if origin == "mid_term_reported":
        year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    if origin == "suspended":
        year.move("suspend", HANDLER, HEAD, OFFICE_HEAD, LEADER)
    assert year.facts.state == origin
    year.move("cancel", OFFICE, OFFICE_HEAD, LEADER, PERFORMANCE_LEADER)
    assert (year.facts.state, year.clocks) == ("cancelled", {})


def test_an_immediate_task_is_completed_straight_from_planned_once_acknowledged() -> None:
    year = Year(TaskKind.IMMEDIATE)
    assert year.on(1, 14).refused("complete", HANDLER) == ("not_acknowledged",)
    year.move("acknowledge", HANDLER)
    year.move("complete", HANDLER, HEAD, LEADER)
    assert (year.facts.state, list(year.clocks)) == ("completed", ["verification"])


def test_a_measure_of_one_day_on_the_last_day_is_inside_the_deadline() -> None:
    year = Year()
    year.move("acknowledge", HANDLER)
    days = (("first_on", DUE.isoformat()), ("last_on", DUE.isoformat()))
    plan = tuple(Entry(f"measure:{measure}", days) for measure in MEASURES)
    year.move("start", HANDLER, HEAD, LEADER, entries=plan)


def test_an_ongoing_task_is_planned_inside_its_review_day() -> None:
    year = Year(TaskKind.ONGOING)
    year.move("acknowledge", HANDLER)
    assert year.task.last_day == date(2026, 12, 31)
    year.move("start", HANDLER, HEAD, LEADER)
    assert year.facts.state == "in_progress"


def test_a_returned_mid_term_report_is_owed_again_by_its_new_day() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(8, 17).move("return_report", OFFICE, references=_about(1))
    assert (year.facts.state, year.clocks["mid_term_report"]) == ("in_progress", "running")
    assert year.told[-1].people == tuple(PEOPLE[r] for r in (OFFICE, HANDLER, HEAD, OFFICE_HEAD, LEADER))
    year.days["mid_term_report"] = date(2026, 9, 5)
    assert year.on(9, 6).refused("complete", HANDLER) == ("mid_term_report_owed",)
    year.move("report_mid_term", HANDLER, HEAD, LEADER)
    year.move("complete", HANDLER, HEAD, LEADER)


def test_a_returned_year_end_report_leaves_the_state_and_is_owed_again() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(11, 10).move("report_year_end", HANDLER, HEAD, LEADER)
    year.on(11, 12).move("return_report", OFFICE, references=_about(2))
    assert (year.facts.state, year.clocks["year_end_report"]) == ("mid_term_reported", "running")
    year.on(11, 20).move("report_year_end", HANDLER, HEAD, LEADER)
    assert "year_end_report" not in year.clocks
    assert [(report.kind, report.returned) for report in year.task.reports] == [
        (ReportKind.MID_TERM, False),
        (ReportKind.YEAR_END, True),
        (ReportKind.YEAR_END, False),
    ]


def test_a_report_is_returned_and_received_beside_an_open_proposal() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.on(8, 12).propose("complete", HANDLER)
    year.on(8, 14).move("return_report", OFFICE, references=_about(1))
    assert year.facts.state == "in_progress"
    year.signed_by(HEAD, LEADER)
    assert year.facts.state == "completed"
    assert "mid_term_report" not in year.clocks


def test_a_received_report_is_not_returned_any_more() -> None:
    year = _started()
    year.on(8, 10).move("report_mid_term", HANDLER, HEAD, LEADER)
    year.move("receive_report", OFFICE, references=_about(1))
    assert year.refused("return_report", OFFICE, references=_about(1)) == ("report_already_received",)


def test_a_task_without_a_mid_term_date_completes_without_that_report() -> None:
    year = Year(mid_term_owed=False)
    year.move("acknowledge", HANDLER)
    year.move("start", HANDLER, HEAD, LEADER)
    year.on(9, 1).move("complete", HANDLER, HEAD, LEADER)
    assert year.facts.state == "completed"
