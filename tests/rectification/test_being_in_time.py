"""Being in time, being held, and what is asked again when a leader signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.rectification.cases import entries
from tests.rectification.world import MEASURES, actor, sign
from tests.rectification.year import Year
from workflows.rectification.facts import CriterionFact
from workflows.rectification.vocabulary import DeadlineKind, Role, TaskKind

HANDLER, HEAD, LEADER = Role.HANDLER, Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER
OFFICE, OFFICE_HEAD = Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD
PERFORMANCE_LEADER, GROUP = Role.PERFORMANCE_LEADER, Role.VERIFICATION_GROUP
PUBLICITY, REVIEWER = Role.PUBLICITY_OFFICE, Role.CONFIDENTIALITY_REVIEWER


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


def test_before_the_mid_term_day_a_completion_counts_as_that_report() -> None:
    year = _started()
    year.on(8, 15).move("complete", HANDLER, HEAD, LEADER)
    assert list(year.clocks) == ["verification"]


def test_the_days_a_leader_takes_never_count_against_the_department() -> None:
    year = _started()
    year.on(8, 15).propose("complete", HANDLER)
    assert year.clocks["mid_term_report"] == "running"
    year.signed_by(HEAD)
    assert {kind: year.clocks[kind] for kind in ("mid_term_report", "year_end_report", "completion")} == {
        "mid_term_report": "held",
        "year_end_report": "held",
        "completion": "held",
    }
    assert year.clocks["signature_pending"] == "running"
    # Being in time is asked when the move is proposed, not when the leader finds the time to sign.
    year.on(8, 25).signed_by(LEADER)
    assert year.facts.state == "completed"


def test_a_completion_that_was_sent_back_lets_the_held_clocks_run_on() -> None:
    year = _started()
    year.on(8, 14).propose("complete", HANDLER)
    year.signed_by(HEAD)
    year.on(8, 20).sent_back_by(LEADER)
    assert sorted(year.clocks) == ["completion", "mid_term_report", "year_end_report"]
    assert set(year.clocks.values()) == {"running"}
    assert year.refused("complete", HANDLER) == ("mid_term_report_owed",)


def test_the_verification_clock_is_held_while_the_leader_reads() -> None:
    year = _completed()
    year.on(9, 10).propose("verify", GROUP)
    year.signed_by(OFFICE_HEAD)
    assert year.clocks == {"verification": "held", "signature_pending": "running"}


def test_what_was_true_when_proposed_is_asked_again_at_every_signature() -> None:
    year = _completed()
    year.on(9, 10).propose("rework", GROUP)
    year.on(11, 21)
    assert year.refuse(sign(year.open), actor(OFFICE_HEAD), year.now) == ("day_passed",)
    year = _started()
    year.propose("complete", HANDLER)
    year.facts = replace(
        year.facts, details=replace(year.task, criteria=(*year.task.criteria, CriterionFact(43, 3)))
    )
    assert year.refuse(sign(year.open), actor(HEAD), year.now) == ("criterion_unproven",)


def test_an_immediate_task_that_is_started_all_the_same_is_planned_until_its_completion_is_due() -> None:
    due_on = date(2026, 1, 26)
    year = Year(TaskKind.IMMEDIATE)
    year.days[DeadlineKind.COMPLETION] = due_on
    year.on(1, 13).move("acknowledge", HANDLER)
    assert year.task.last_day == due_on
    assert year.refused("start", HANDLER) == ("measure_after_deadline", "measure_after_deadline")
    days = {"first_on": "2026-01-14", "last_on": "2026-01-26"}
    year.move("start", HANDLER, HEAD, LEADER, entries=entries(*((f"measure:{m}", days) for m in MEASURES)))
    assert year.facts.state == "in_progress"
