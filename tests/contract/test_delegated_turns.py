"""委托签批 towards a real task: who may not sign for whom, who is told, who is reminded."""

from __future__ import annotations

import pytest

from engine.commands import Method, Proof, Sign
from engine.delegating import delegates_now
from engine.reasons import RefusedError
from storage.database import Database
from storage.delegation_store import SqlDelegationStore
from storage.sweep_store import SqlSweepStore
from tests.contract.conftest import Stand, sql_stand
from tests.contract.court import NOW, PEOPLE, RULES, SECOND_HANDLER, TASK, actor
from workflows.delegations.records import DELEGATING_ROLES, Terms
from workflows.delegations.service import grant
from workflows.extension import definition as extension
from workflows.rectification.definition import built_in
from workflows.rectification.gathering import APART
from workflows.rectification.service import submit
from workflows.rectification.subjects import task_of
from workflows.rectification.sweeping import run_sweep
from workflows.rectification.vocabulary import Role

TODAY = RULES.timetable.local_day(NOW)
LATER = TODAY.replace(year=TODAY.year + 1)
HEAD, LEADER = PEOPLE[Role.DEPARTMENT_HEAD], PEOPLE[Role.RESPONSIBLE_LEADER]
OFFICE_HEAD, PERFORMANCE_LEADER = PEOPLE[Role.PERFORMANCE_OFFICE_HEAD], PEOPLE[Role.PERFORMANCE_LEADER]


@pytest.fixture
def stand(sqlite_database: Database) -> Stand:
    """The task in a database."""
    return sql_stand(sqlite_database)


def _delegate(database: Database, principal: Role, *delegates: int) -> None:
    for delegate in delegates:
        terms = Terms(PEOPLE[principal], delegate, TODAY, LATER)
        grant(SqlDelegationStore(database), terms, actor(principal), NOW, TODAY)


def _offered(stand: Stand) -> tuple[tuple[int, int], ...]:
    subject = task_of(stand.course.case(), TODAY)
    return delegates_now(subject.workflow.definition, subject.facts)


def _refused(stand: Stand, person: Role, principal: int) -> tuple[str, object]:
    proposal = stand.course.case().proposal
    assert proposal is not None
    digest = proposal.bundle.digest
    proof = Proof(Method.PASSWORD, (digest,), "f" * 64)
    command = Sign(proposal.identifier, proposal.revision, digest, proof, on_behalf_of=principal)
    with pytest.raises(RefusedError) as refused:
        submit(stand.store, RULES, TASK, command, actor(person), stand.course.now)
    return refused.value.code, refused.value.params.get("relation")


def test_everybody_who_signs_may_delegate_and_nobody_else() -> None:
    definitions = (built_in().definition, extension.built_in().definition)
    signing = {s.role for d in definitions for t in d.transitions for s in t.stages}
    assert signing == set(DELEGATING_ROLES)


def test_what_keeps_somebody_from_a_seat_is_known_of_every_role_that_watches() -> None:
    assert set(APART) >= {Role.PERFORMANCE_OFFICE_HEAD, Role.PERFORMANCE_LEADER}


def test_a_finding_against_a_task_is_signed_by_nobody_of_its_department_and_not_by_its_leader(
    stand: Stand, sqlite_database: Database
) -> None:
    course = stand.course
    for trigger in ("acknowledge", "start", "complete", "verify"):
        course.pass_through(trigger)
    _delegate(sqlite_database, Role.PERFORMANCE_OFFICE_HEAD, HEAD, LEADER)
    _delegate(sqlite_database, Role.PERFORMANCE_LEADER, HEAD, LEADER, PEOPLE[Role.VERIFICATION_GROUP])
    course.propose("reopen")
    assert _offered(stand) == ()
    assert _refused(stand, Role.DEPARTMENT_HEAD, OFFICE_HEAD) == ("not_independent", "lead_department")
    of_leader = ("not_independent", "responsible_leader")
    assert _refused(stand, Role.RESPONSIBLE_LEADER, OFFICE_HEAD) == of_leader
    course.sign(Role.PERFORMANCE_OFFICE_HEAD)
    assert _offered(stand) == ((PERFORMANCE_LEADER, PEOPLE[Role.VERIFICATION_GROUP]),)
    assert _refused(stand, Role.RESPONSIBLE_LEADER, PERFORMANCE_LEADER) == of_leader


def test_principal_and_delegate_are_told_and_reminded(stand: Stand, sqlite_database: Database) -> None:
    course = stand.course
    # One of the two proposed it and is neither told nor reminded.
    _delegate(sqlite_database, Role.DEPARTMENT_HEAD, SECOND_HANDLER, PEOPLE[Role.HANDLER])
    course.pass_through("acknowledge")
    course.propose("start")
    told = {(row.person, row.kind) for row in stand.rows().notices.values()}
    assert (HEAD, "signature_owed") in told
    assert (SECOND_HANDLER, "signature_owed_for") in told
    assert (PEOPLE[Role.HANDLER], "signature_owed_for") not in told
    (clock,) = (row for row in stand.rows().clocks.values() if row.kind == "signature_pending")
    assert clock.next_at is not None
    sweep = SqlSweepStore(sqlite_database, RULES.timetable.zone)
    run_sweep(sweep, RULES.ladders, RULES.timetable, clock.next_at)
    reminded = {person for person, cause in stand.rows().notices if cause.startswith(f"rung:{clock.number}:")}
    assert {HEAD, SECOND_HANDLER} <= reminded
    assert PEOPLE[Role.HANDLER] not in reminded
