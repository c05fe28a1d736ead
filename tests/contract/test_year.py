"""A task goes through a whole year in a store of each kind, and every store keeps the same of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.audit import check_chain
from storage.database import Database
from tests.contract.conftest import Stand, memory_stand, sql_stand
from tests.contract.court import TASK, case
from tests.contract.moves import LATER, Course, about
from tests.fakes.rows import Rows
from workflows.rectification.records import Receipt
from workflows.rectification.vocabulary import Role, State


def _acts(course: Course) -> Iterator[Receipt]:
    """The whole width of the workflow in one task's life, act by act."""
    yield course.pass_through("acknowledge")
    yield course.pass_through("start")
    course.wait_until(date(2026, 4, 7))
    yield course.pass_through("suspend")
    course.wait_until(date(2026, 5, 11))
    yield course.pass_through("resume")
    course.wait_until(date(2026, 8, 10))
    yield course.pass_through("report_mid_term")
    yield course.pass_through("return_report", references=about(course.case()))
    yield course.pass_through("report_mid_term")
    yield course.pass_through("receive_report", references=about(course.case()))
    course.wait_until(date(2026, 9, 10))
    yield course.pass_through("complete")
    yield course.pass_through("receive_report", references=about(course.case()))
    yield course.pass_through("rework")
    course.wait_until(date(2026, 11, 9))
    yield course.pass_through("complete")
    yield course.pass_through("verify")
    yield course.pass_through("publicize")
    yield course.pass_through("reopen")
    yield course.pass_through("cancel")


def _live(course: Course) -> None:
    """All of it at once."""
    assert all(receipt.moved for receipt in _acts(course))


def test_the_case_is_gathered_as_it_was_created(course: Course) -> None:
    assert course.case() == case()


def test_a_task_goes_through_its_year(stand: Stand) -> None:
    _live(stand.course)
    rows = stand.rows()
    assert [(step.trigger, step.state, step.round) for step in rows.steps] == [
        ("acknowledge", "planned", 1),
        ("start", "in_progress", 1),
        ("suspend", "suspended", 1),
        ("resume", "in_progress", 1),
        ("report_mid_term", "mid_term_reported", 1),
        ("return_report", "in_progress", 1),
        ("report_mid_term", "mid_term_reported", 1),
        ("receive_report", "mid_term_reported", 1),
        ("complete", "completed", 1),
        ("receive_report", "completed", 1),
        ("rework", "in_progress", 2),
        ("complete", "completed", 2),
        ("verify", "verified", 2),
        ("publicize", "publicized", 2),
        ("reopen", "in_progress", 3),
        ("cancel", "cancelled", 3),
    ]
    assert [step.version for step in rows.steps] == list(range(2, 18))
    assert rows.case.task.state == State.CANCELLED
    assert rows.case.task.due_on == LATER
    assert [report.receipt for report in rows.reports] == [None, "接收〔2026〕1号", "接收〔2026〕2号"]
    assert all(not clock.open for clock in rows.case.clocks)
    assert rows.waiting == {}


def test_every_step_is_in_the_chain_and_the_chain_is_whole(stand: Stand) -> None:
    _live(stand.course)
    entries = stand.rows().chains[f"task:{TASK}"]
    assert check_chain(f"task:{TASK}", ((e.seq, e.body, e.sha256, e.sm3) for e in entries)) is None
    bodies = [json.loads(entry.body) for entry in entries]
    moved = [body["references"]["version"] for body in bodies if body["to"] is not None]
    assert moved == list(range(2, 18))


@pytest.mark.parametrize("kind", ["sqlite_database", "postgres_database"])
def test_memory_and_database_keep_the_same(kind: str, request: pytest.FixtureRequest) -> None:
    database: Database = request.getfixturevalue(kind)
    twin, stored = memory_stand(), sql_stand(database)
    for ours, theirs in zip(_acts(twin.course), _acts(stored.course), strict=True):
        assert ours == theirs
        assert _kept(twin.rows()) == _kept(stored.rows())
    assert _unsalted(twin.rows().chains) == _unsalted(stored.rows().chains)


def _kept(rows: Rows) -> Rows:
    """Everything but the chains, and what only the twin keeps to itself."""
    return replace(rows, chains={}, keys={}, bundles={}, counters={}, seats=0)


def _unsalted(chains: dict[str, Any]) -> list[dict[str, Any]]:
    """Entries without what a random salt has entered into."""
    bodies = [json.loads(entry.body) for chain in chains.values() for entry in chain]
    return [{k: v for k, v in body.items() if k not in {"texts", "previous"}} for body in bodies]


def test_days_spent_waiting_for_leaders_are_kept_apart(stand: Stand) -> None:
    course = stand.course
    course.pass_through("acknowledge")
    course.pass_through("start")
    course.wait_until(date(2026, 8, 12))
    course.propose("report_mid_term")
    course.sign(Role.DEPARTMENT_HEAD)
    course.wait_until(date(2026, 8, 20))
    course.sign(Role.RESPONSIBLE_LEADER)
    (clock,) = [row for row in stand.rows().clocks.values() if row.kind == "mid_term_report"]
    assert (clock.state, clock.met_on, clock.waited_days) == ("stopped", date(2026, 8, 12), 8)
    assert clock.rests == (("held", False),)
    (report,) = stand.rows().reports
    assert report.reported_on == date(2026, 8, 12)
