"""Many people press the same button at once, on both databases: one step, and all learn who was first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.audit import AuditDraft
from engine.commands import Method, Proof, Propose, Sign
from engine.reasons import RefusedError
from storage.audit_check import Checked, verify
from storage.database import Database
from storage.task_store import SqlTaskStore
from tests.contract.conftest import sql_stand
from tests.contract.court import PEOPLE, RULES, SECOND_HANDLER, TASK, actor
from tests.contract.deciding import decided
from tests.contract.moves import Course
from workflows.rectification.records import Receipt
from workflows.rectification.service import submit
from workflows.rectification.vocabulary import Role

_EIGHT = 8


def _at_once(act: Callable[[int], Receipt]) -> tuple[list[Receipt], list[RefusedError]]:
    """Let eight threads act at the same moment; give what each of them got."""
    ready, done, refused = threading.Barrier(_EIGHT), [], []
    failed: list[BaseException] = []

    def press(number: int) -> None:
        ready.wait()
        try:
            done.append(act(number))
        except RefusedError as error:
            refused.append(error)
        except BaseException as error:  # noqa: BLE001  # Whatever a thread raises is what the test is about.
            failed.append(error)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(_EIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    return done, refused


def _pressing(course: Course, command: Propose) -> Callable[[int], Receipt]:
    """Each of the eight with a key of their own; every second one is another handler."""

    def press(number: int) -> Receipt:
        person = actor(Role.HANDLER)
        if number % 2:
            person = replace(person, person=SECOND_HANDLER)
        mine = replace(command, key=f"thread {number}")
        return submit(course.store, RULES, TASK, mine, person, course.now)

    return press


def test_eight_propose_and_one_proposal_is_open(database: Database) -> None:
    course = sql_stand(database).course
    course.pass_through("acknowledge")
    done, refused = _at_once(_pressing(course, course.command("start")))
    assert len(done) == 1
    assert {error.code for error in refused} == {"proposal_open"}
    first = course.case().proposal
    assert first is not None
    told = {(error.params["person"], error.params["at"]) for error in refused}
    assert told == {(first.proposer, first.proposed_at)}
    assert verify(database).findings == ()


def test_eight_move_at_once_and_one_step_happens(database: Database) -> None:
    stand = sql_stand(database)
    done, refused = _at_once(_pressing(stand.course, stand.course.command("acknowledge")))
    assert len(done) == 1
    assert {error.code for error in refused} == {"stale"}
    (step,) = stand.rows().steps
    assert {error.params["person"] for error in refused} == {step.person}
    assert {error.params["at"] for error in refused} == {stand.course.now}
    assert verify(database).findings == ()


def test_eight_times_the_same_request_is_one_move_and_eight_answers(database: Database) -> None:
    stand = sql_stand(database)
    command = stand.course.command("acknowledge")
    done, refused = _at_once(
        lambda _: submit(stand.store, RULES, TASK, command, actor(Role.HANDLER), stand.course.now)
    )
    assert refused == []
    assert {(one.state, one.version) for one in done} == {("planned", 2)}
    assert sum(not one.repeated for one in done) == 1
    assert len(stand.rows().steps) == 1


def test_eight_signatures_of_one_person_are_one(database: Database) -> None:
    stand = sql_stand(database)
    stand.course.pass_through("acknowledge")
    stand.course.propose("start")
    proposal = stand.course.case().proposal
    assert proposal is not None
    digest = proposal.bundle.digest
    command = Sign(1, 1, digest, Proof(Method.PASSWORD, (digest,), "f" * 64))
    head = actor(Role.DEPARTMENT_HEAD)
    done, refused = _at_once(lambda _: submit(stand.store, RULES, TASK, command, head, stand.course.now))
    assert refused == []
    assert sorted(receipt.repeated for receipt in done) == [False] + [True] * 7
    assert [row.person for row in stand.rows().signatures] == [PEOPLE[Role.DEPARTMENT_HEAD]]


@pytest.mark.parametrize(("trigger", "code"), [("start", "proposal_open"), ("acknowledge", "stale")])
def test_a_constraint_holds_where_a_decision_was_made_on_old_facts(
    database: Database, trigger: str, code: str
) -> None:
    course = sql_stand(database).course
    if trigger == "start":
        course.pass_through("acknowledge")
    old, command = course.case(), course.command(trigger)
    course.submit(command, Role.HANDLER)
    first = course.now
    change = decided(old, replace(command, key="later"), actor(Role.HANDLER), course.now)
    with pytest.raises(RefusedError) as told:
        _apply(SqlTaskStore(database), change, course)
    assert told.value.code == code
    assert (told.value.params["person"], told.value.params["at"]) == (PEOPLE[Role.HANDLER], first)


def test_a_key_taken_meanwhile_is_told(database: Database) -> None:
    course = sql_stand(database).course
    command = course.command("acknowledge")
    course.submit(command, Role.HANDLER)
    course.wait_until(course.now.date().replace(day=9))
    start = replace(course.command("start"), key=command.key)
    change = decided(course.case(), start, actor(Role.HANDLER), course.now)
    # A step and a proposal may share a key: the look before is what tells them apart. Two proposals may not.
    _apply(SqlTaskStore(database), change, course)
    course.sign(Role.DEPARTMENT_HEAD)
    course.sign(Role.RESPONSIBLE_LEADER)
    suspend = replace(course.command("suspend"), key=command.key)
    change = decided(course.case(), suspend, actor(Role.HANDLER), course.now)
    with pytest.raises(RefusedError, match="key_reused"):
        _apply(SqlTaskStore(database), change, course)


def test_a_refusal_is_recorded_behind_the_move_that_is_under_way(database: Database) -> None:
    course = sql_stand(database).course
    store, handler = SqlTaskStore(database), actor(Role.HANDLER)
    refused = AuditDraft(f"task:{TASK}", "refuse")
    recording = threading.Thread(target=store.record, args=(refused, handler, course.now))
    command = course.command("acknowledge")
    with store.work(TASK, handler, course.now) as work:
        recording.start()
        recording.join(timeout=0.3)
        # The place behind the last entry belongs to whoever holds the task.
        assert recording.is_alive()
        work.apply(decided(work.case, command, handler, course.now))
    recording.join()
    assert verify(database) == Checked(2, 1, ())


def _apply(store: SqlTaskStore, change: object, course: Course) -> None:
    with store.work(TASK, actor(Role.HANDLER), course.now) as work:
        work.apply(change)  # type: ignore[arg-type]  # What was decided above.
