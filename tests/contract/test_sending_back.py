"""Proposals that go back a stage, and stages that some of several sign, in a store of each kind."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.commands import SendBack
from engine.definition import Rule
from engine.facts import OpenProposal
from storage.database import Database
from tests.contract.conftest import Stand, memory_stand, sql_stand
from tests.contract.court import PEOPLE, SECOND_HANDLER
from tests.fakes.rows import Rows, SendBackRow
from workflows.rectification.definition import built_in_text
from workflows.rectification.vocabulary import DeadlineKind, Role

_HEAD, _LEADER, _HANDLER = (
    PEOPLE[Role.DEPARTMENT_HEAD],
    PEOPLE[Role.RESPONSIBLE_LEADER],
    PEOPLE[Role.HANDLER],
)
_OWED = 'signed_by = ["performance_office_head", "responsible_leader", "performance_leader"]'
_SOME = """signed_by = [
    { role = "handler", rule = "some", need = 2, within = 9 },
    { role = "responsible_leader", rule = "one", independent_of = ["supporting_department"] },
]"""


@pytest.fixture
def started(stand: Stand) -> Stand:
    """A task whose start waits for the responsible leader."""
    return _started(stand)


def _started(stand: Stand) -> Stand:
    stand.course.pass_through("acknowledge")
    stand.course.propose("start")
    stand.course.sign(Role.DEPARTMENT_HEAD)
    return stand


def _proposal(stand: Stand) -> OpenProposal:
    proposal = stand.course.case().proposal
    assert proposal is not None
    return proposal


def _clock(stand: Stand, kind: DeadlineKind) -> str:
    return next(clock.state for clock in stand.course.case().clocks if clock.kind is kind)


def test_a_proposal_that_goes_back_a_stage_stays_open_and_its_signatures_are_void(started: Stand) -> None:
    assert _clock(started, DeadlineKind.WORK_PLAN) == "held"
    digest = _proposal(started).bundle.digest
    started.course.submit(SendBack(1, 1, "Name the days.", 0), Role.RESPONSIBLE_LEADER)
    rows, proposal = started.rows(), _proposal(started)
    assert rows.proposals[1].state == "open"
    assert [(row.person, row.void) for row in rows.signatures] == [(_HEAD, "sent_back")]
    assert rows.send_backs == (SendBackRow(1, 1, 0, Role.RESPONSIBLE_LEADER, _LEADER, "Name the days."),)
    assert {person for person, _ in rows.waiting} == {_HEAD}
    assert ("reason", "Name the days.") in rows.texts
    assert [seat.signed_by for seat in proposal.seats] == [None, None]
    assert (proposal.returned, proposal.bundle.digest) == (1, digest)
    assert _clock(started, DeadlineKind.WORK_PLAN) == "running"
    assert _clock(started, DeadlineKind.SIGNATURE_PENDING) == "running"
    told = {(row.person, row.kind) for row in rows.notices.values() if row.kind == "voided"}
    assert told == {(_HEAD, "voided")}


def test_whoever_gave_a_void_signature_gives_it_again_and_both_are_kept(started: Stand) -> None:
    started.course.submit(SendBack(1, 1, "Name the days.", 0), Role.RESPONSIBLE_LEADER)
    started.course.sign(Role.DEPARTMENT_HEAD)
    assert _clock(started, DeadlineKind.WORK_PLAN) == "held"
    assert {person for person, _ in started.rows().waiting} == {_LEADER}
    receipt = started.course.sign(Role.RESPONSIBLE_LEADER)
    assert (receipt.moved, receipt.state) == (True, "in_progress")
    assert [(row.person, row.void) for row in started.rows().signatures] == [
        (_HEAD, "sent_back"),
        (_HEAD, None),
        (_LEADER, None),
    ]


def test_a_second_return_tells_its_people_again(started: Stand) -> None:
    for _ in range(2):
        started.course.submit(SendBack(1, 1, "Name the days.", 0), Role.RESPONSIBLE_LEADER)
        started.course.sign(Role.DEPARTMENT_HEAD)
    assert _proposal(started).returned == 2
    told = [(row.person, row.kind) for row in started.rows().notices.values()]
    assert told.count((_HEAD, "voided")) == 2
    assert told.count((_LEADER, "signature_owed")) == 3


def _cancelling(stand: Stand) -> Stand:
    text = built_in_text()
    assert text.count(_OWED) == 1
    stand.run_on(text.replace(_OWED, _SOME))
    stand.course.propose("cancel")
    return stand


def test_a_stage_of_some_keeps_its_rule_limit_and_independence(stand: Stand) -> None:
    seats = _proposal(_cancelling(stand)).seats
    assert [(seat.rule, seat.within, seat.independent_of) for seat in seats] == [
        (Rule.SOME, 9, ()),
        (Rule.SOME, 9, ()),
        (Rule.ONE, None, ("supporting_department",)),
    ]
    assert [seat.candidates for seat in seats[:2]] == [(_HANDLER, SECOND_HANDLER)] * 2
    due = next(c.due_on for c in stand.course.case().clocks if c.kind is DeadlineKind.SIGNATURE_PENDING)
    assert due == date(2026, 3, 13)


def test_of_several_alike_each_waits_once_and_goes_on_waiting_since_then(stand: Stand) -> None:
    course = _cancelling(stand).course
    waiting = stand.rows().waiting
    assert sorted(person for person, _ in waiting) == [_HANDLER, SECOND_HANDLER]
    since = _since(waiting, SECOND_HANDLER)
    course.sign(Role.HANDLER)
    waiting = stand.rows().waiting
    assert [person for person, _ in waiting] == [SECOND_HANDLER]
    assert _since(waiting, SECOND_HANDLER) == since
    assert course.case().proposal is not None


def _since(waiting: dict[tuple[int, int], datetime], person: int) -> datetime:
    return next(at for (who, _), at in waiting.items() if who == person)


def _story(stand: Stand) -> Rows:
    _started(stand)
    stand.course.submit(SendBack(1, 1, "Name the days.", 0), Role.RESPONSIBLE_LEADER)
    stand.course.sign(Role.DEPARTMENT_HEAD)
    _cancelling(stand)
    stand.course.sign(Role.HANDLER)
    return stand.rows()


@pytest.mark.parametrize("name", ["sqlite_database", "postgres_database"])
def test_memory_and_database_keep_the_same(name: str, request: pytest.FixtureRequest) -> None:
    database: Database = request.getfixturevalue(name)
    told, kept = _story(memory_stand()), _story(sql_stand(database))
    assert kept.send_backs == told.send_backs
    assert kept.signatures == told.signatures
    assert kept.waiting == told.waiting
    assert kept.notices == told.notices
    assert kept.case.proposal == told.case.proposal
    assert kept.chains.keys() == told.chains.keys()
