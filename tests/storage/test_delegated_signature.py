"""A signature in another's place and the withdrawal of what it rests on wait for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from engine.actor import Actor
from engine.commands import Method, Proof, Sign
from engine.reasons import RefusedError
from storage.database import Database
from storage.delegation_store import SqlDelegationStore
from storage.queries.visitor import mandates_of
from storage.tables import account, delegation, position, signature
from storage.task_store import SqlTaskStore
from tests.contract.court import NOW, ORGANISATION, PEOPLE, RULES, SECOND_HANDLER, TASK, actor, furnish
from tests.contract.moves import Course
from workflows.delegations.records import Terms
from workflows.delegations.service import grant, withdraw
from workflows.rectification.records import Receipt
from workflows.rectification.service import submit
from workflows.rectification.vocabulary import Role

HEAD = PEOPLE[Role.DEPARTMENT_HEAD]
TODAY = date(2026, 3, 2)
DELEGATE = Actor(SECOND_HANDLER, ORGANISATION)
Answer = Receipt | RefusedError


@pytest.fixture
def course(database: Database) -> Course:
    """A start that waits for the department head, who let another handler sign."""
    furnish(database)
    found = Course(SqlTaskStore(database))
    terms = Terms(HEAD, SECOND_HANDLER, TODAY, TODAY + timedelta(days=3))
    grant(SqlDelegationStore(database), terms, actor(Role.DEPARTMENT_HEAD), NOW, TODAY)
    found.pass_through("acknowledge")
    found.propose("start")
    return found


def _sign(course: Course, at: datetime | None = None) -> Answer:
    proposal = course.case().proposal
    assert proposal is not None
    digest = proposal.bundle.digest
    proof = Proof(Method.PASSWORD, (digest,), "f" * 64)
    command = Sign(proposal.identifier, 1, digest, proof, on_behalf_of=HEAD)
    try:
        return submit(course.store, RULES, TASK, command, DELEGATE, at or course.now)
    except RefusedError as refused:
        return refused


def _given(database: Database) -> list[tuple[int, int | None]]:
    with database.read() as connection:
        rows = connection.execute(select(signature.c.person_id, signature.c.on_behalf_of))
        return [(row.person_id, row.on_behalf_of) for row in rows]


def test_a_delegate_signs_and_it_is_written_for_whom(database: Database, course: Course) -> None:
    assert isinstance(_sign(course), Receipt)
    assert _given(database) == [(SECOND_HANDLER, HEAD)]
    proposal = course.case().proposal
    assert proposal is not None
    assert (proposal.seats[0].signed_by, proposal.seats[0].signed_for) == (SECOND_HANDLER, HEAD)


def test_while_it_is_being_withdrawn_nobody_signs_by_it(database: Database, course: Course) -> None:
    answers: list[Answer] = []
    signing = threading.Thread(target=lambda: answers.append(_sign(course)))
    with database.write() as connection:
        connection.execute(update(delegation).values(withdrawn_at=NOW, withdrawn_by=HEAD))
        # The delegate's own unit of work still sees the delegation where readers do not wait for writers.
        signing.start()
        signing.join(0.5)
        assert signing.is_alive()
    signing.join()
    (answer,) = answers
    assert isinstance(answer, RefusedError)
    assert answer.code == "delegation_ended"
    assert _given(database) == []


def test_of_signing_and_withdrawing_at_once_each_happens_whole(database: Database, course: Course) -> None:
    barrier, answers = threading.Barrier(2), list[Answer]()

    def sign() -> None:
        barrier.wait()
        answers.append(_sign(course))

    signing = threading.Thread(target=sign)
    signing.start()
    barrier.wait()
    withdraw(SqlDelegationStore(database), 1, actor(Role.DEPARTMENT_HEAD), course.now, TODAY)
    signing.join()
    (answer,) = answers
    if isinstance(answer, Receipt):
        assert _given(database) == [(SECOND_HANDLER, HEAD)]
    else:
        assert answer.code == "delegation_ended"
        assert _given(database) == []


_GONE = {"principal": HEAD, "delegate": SECOND_HANDLER}


def _disable(who: str) -> Callable[[Connection], object]:
    of = account.c.person_id == _GONE[who]
    return lambda connection: connection.execute(update(account).where(of).values(disabled_at=NOW))


def _leave(connection: Connection) -> None:
    of = position.c.person_id == SECOND_HANDLER
    connection.execute(update(position).where(of).values(until_on=TODAY - timedelta(days=1)))


def _watch_only(connection: Connection) -> None:
    of = position.c.person_id == SECOND_HANDLER
    connection.execute(update(position).where(of).values(role=Role.INSPECTOR))


@pytest.mark.parametrize(
    "change",
    [_disable("principal"), _disable("delegate"), _leave, _watch_only],
    ids=["principal disabled", "delegate disabled", "delegate left", "delegate watches only"],
)
def test_whoever_no_longer_takes_part_signs_for_nobody(
    database: Database, course: Course, change: Callable[[Connection], object]
) -> None:
    with database.write() as connection:
        change(connection)
    answer = _sign(course)
    assert isinstance(answer, RefusedError)
    with database.read() as connection:
        assert mandates_of(connection, SECOND_HANDLER, TODAY) == frozenset()


@pytest.mark.parametrize("days", [-1, 4])
def test_outside_its_days_it_does_not_hold(database: Database, course: Course, days: int) -> None:
    with database.read() as connection:
        assert mandates_of(connection, SECOND_HANDLER, TODAY + timedelta(days=days)) == frozenset()
        assert len(mandates_of(connection, SECOND_HANDLER, TODAY + timedelta(days=3))) == 1
    answer = _sign(course, course.now + timedelta(days=days))
    assert isinstance(answer, RefusedError)
    assert answer.code == "delegation_ended"
