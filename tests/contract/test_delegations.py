"""Who may let whom sign, in a store of each kind: granted, withdrawn, by a leader and by a secretary."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.actor import Actor
from engine.audit import AuditEntry, check_chain
from engine.errors import NotFoundError
from engine.reasons import RefusedError
from storage.database import Database
from storage.delegation_store import SqlDelegationStore, terms_of
from storage.tables import audit_entry, delegation, notice, secretary
from tests.contract.court import (
    DISABLED,
    NOW,
    ORGANISATION,
    OTHER_ORGANISATION,
    PEOPLE,
    POSITIONS,
    SECOND_HANDLER,
    SUBSTITUTE,
    TASK,
    actor,
    furnish,
)
from tests.fakes.delegations import Kept, MemoryDelegationStore
from workflows.delegations.ports import DelegationStore
from workflows.delegations.records import LONGEST, Scope, Terms
from workflows.delegations.service import allow_secretary, disallow_secretary, grant, withdraw
from workflows.rectification.vocabulary import Role

TODAY = date(2026, 3, 2)
LEADER, HEAD, HANDLER = PEOPLE[Role.RESPONSIBLE_LEADER], PEOPLE[Role.DEPARTMENT_HEAD], PEOPLE[Role.HANDLER]
PERFORMANCE_LEADER, INSPECTOR = PEOPLE[Role.PERFORMANCE_LEADER], PEOPLE[Role.INSPECTOR]
TERMS = Terms(LEADER, PERFORMANCE_LEADER, TODAY, TODAY + timedelta(days=6))


@dataclass(frozen=True, slots=True)
class Stand:
    """A store, and a look at what it keeps."""

    store: DelegationStore
    kept: Callable[[], Kept]

    def grant(self, terms: Terms = TERMS, by: Role = Role.RESPONSIBLE_LEADER) -> int:
        """Grant as somebody, on the day."""
        return grant(self.store, terms, actor(by), NOW, TODAY)


def _memory() -> Stand:
    roles: dict[int, frozenset[str] | None] = {person: frozenset() for person in range(1, SUBSTITUTE + 1)}
    for person, _, role in POSITIONS:
        roles[person] = (roles[person] or frozenset()) | {role}
    roles[DISABLED] = None
    store = MemoryDelegationStore(ORGANISATION, roles, frozenset({(Scope.PLAN, 1), (Scope.TASK, TASK)}))
    return Stand(store, lambda: store.kept)


def _kept(database: Database) -> Kept:
    with database.read() as connection:
        rows = connection.execute(select(delegation).order_by(delegation.c.id)).all()
        allowed = connection.execute(
            select(secretary.c.principal_id, secretary.c.person_id).where(secretary.c.ended_at.is_(None))
        ).all()
        told = connection.execute(
            select(notice.c.person_id, notice.c.cause, notice.c.kind).order_by(notice.c.id)
        )
        chains: dict[str, tuple[AuditEntry, ...]] = {}
        for row in connection.execute(select(audit_entry).order_by(audit_entry.c.id)):
            entry = AuditEntry(row.stream, row.seq, row.at, row.body, row.sha256, row.sm3)
            chains[row.stream] = (*chains.get(row.stream, ()), entry)
        return Kept(
            {row.id: terms_of(row) for row in rows},
            {row.id: row.withdrawn_at for row in rows if row.withdrawn_at},
            frozenset((row.principal_id, row.person_id) for row in allowed),
            tuple((row.person_id, row.cause, row.kind) for row in told),
            chains,
        )


@pytest.fixture(
    params=["memory", "sqlite_database", "postgres_database"], ids=["memory", "sqlite", "postgresql"]
)
def stand(request: pytest.FixtureRequest) -> Stand:
    """A store of each kind."""
    if request.param == "memory":
        return _memory()
    database: Database = request.getfixturevalue(request.param)
    furnish(database)
    return Stand(SqlDelegationStore(database), lambda: _kept(database))


def _refused(stand: Stand, terms: Terms = TERMS, by: Role = Role.RESPONSIBLE_LEADER) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        stand.grant(terms, by)
    assert stand.kept().delegations.keys() <= {1}
    return [reason.code for reason in refused.value.refusal.reasons]


def _later(at: datetime = NOW) -> datetime:
    return at + timedelta(hours=1)


def test_a_leader_lets_another_sign_and_the_delegate_is_told(stand: Stand) -> None:
    number = stand.grant()
    kept = stand.kept()
    assert kept.delegations == {number: TERMS}
    assert kept.notices == ((PERFORMANCE_LEADER, f"delegation:{number}", "delegated"),)
    (entry,) = kept.chains[f"delegation:{number}"]
    said = json.loads(entry.body)
    assert (said["action"], said["actor"]) == ("delegate", LEADER)
    assert said["references"] == {
        "principal": LEADER,
        "delegate": PERFORMANCE_LEADER,
        "from_on": "2026-03-02",
        "until_on": "2026-03-08",
        "scope": "all",
        "by_secretary": False,
    }


@pytest.mark.parametrize(("scope", "about"), [(Scope.PLAN, 1), (Scope.TASK, TASK)])
def test_a_delegation_may_be_for_one_plan_or_one_task(stand: Stand, scope: Scope, about: int) -> None:
    terms = replace(TERMS, scope=scope, about=about)
    number = stand.grant(terms)
    assert stand.store.find(number, actor(Role.HANDLER)).terms == terms


@pytest.mark.parametrize(
    ("scope", "about"), [(Scope.PLAN, 9), (Scope.TASK, 9), (Scope.TASK, None), (Scope.ALL, 1)]
)
def test_a_delegation_is_for_what_there_is(stand: Stand, scope: Scope, about: int | None) -> None:
    assert _refused(stand, replace(TERMS, scope=scope, about=about)) == ["delegation_scope_unknown"]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (replace(TERMS, delegate=LEADER), "delegate_is_principal"),
        (replace(TERMS, delegate=INSPECTOR), "delegate_takes_no_part"),
        (replace(TERMS, delegate=SUBSTITUTE), "delegate_takes_no_part"),
        (replace(TERMS, delegate=DISABLED), "delegate_missing"),
        (replace(TERMS, delegate=999), "delegate_missing"),
        (replace(TERMS, until_on=TODAY - timedelta(days=1)), "delegation_ends_before_it_begins"),
        (
            replace(TERMS, from_on=TODAY - timedelta(days=9), until_on=TODAY - timedelta(days=1)),
            "delegation_in_the_past",
        ),
        (replace(TERMS, until_on=TODAY + timedelta(days=LONGEST)), "delegation_too_long"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(stand: Stand, terms: Terms, code: str) -> None:
    assert _refused(stand, terms) == [code]
    assert stand.kept() == Kept()


def test_a_delegation_of_the_longest_time_is_granted(stand: Stand) -> None:
    assert stand.grant(replace(TERMS, until_on=TODAY + timedelta(days=LONGEST - 1)))


def test_whoever_signs_nothing_has_nothing_to_delegate(stand: Stand) -> None:
    terms = replace(TERMS, principal=HANDLER)
    assert _refused(stand, terms, Role.HANDLER) == ["nothing_to_delegate"]


def test_nobody_delegates_for_somebody_else(stand: Stand) -> None:
    assert _refused(stand, by=Role.PERFORMANCE_LEADER) == ["not_permitted"]


def test_a_department_head_delegates_too(stand: Stand) -> None:
    assert stand.grant(Terms(HEAD, SECOND_HANDLER, TODAY, TODAY), Role.DEPARTMENT_HEAD)


def test_the_same_again_is_refused_and_another_time_is_not(stand: Stand) -> None:
    stand.grant()
    assert _refused(stand, replace(TERMS, from_on=TERMS.until_on, until_on=TERMS.until_on)) == [
        "delegation_exists"
    ]
    later = TERMS.until_on + timedelta(days=1)
    assert stand.grant(replace(TERMS, from_on=later, until_on=later))


def test_what_ran_out_stands_in_nobodys_way(stand: Stand) -> None:
    stand.grant()
    after = TERMS.until_on + timedelta(days=1)
    terms = replace(TERMS, until_on=after)
    number = grant(stand.store, terms, actor(Role.RESPONSIBLE_LEADER), _later(), after)
    assert stand.kept().delegations[number] == terms


def test_withdrawing_ends_it_and_tells_the_delegate(stand: Stand) -> None:
    number = stand.grant()
    leader = actor(Role.RESPONSIBLE_LEADER)
    withdraw(stand.store, number, leader, _later(), TODAY)
    kept = stand.kept()
    assert kept.withdrawn == {number: _later()}
    assert kept.notices[-1] == (PERFORMANCE_LEADER, f"delegation:{number}:withdrawn", "delegation_ended")
    chain = kept.chains[f"delegation:{number}"]
    assert [json.loads(entry.body)["action"] for entry in chain] == ["delegate", "withdraw_delegation"]
    assert check_chain(chain[0].stream, [(e.seq, e.body, e.sha256, e.sm3) for e in chain]) is None
    with pytest.raises(RefusedError, match="delegation_over"):
        withdraw(stand.store, number, leader, _later(), TODAY)
    assert stand.grant()


def test_nobody_else_withdraws_it_not_even_the_delegate(stand: Stand) -> None:
    number = stand.grant()
    with pytest.raises(RefusedError, match="not_permitted"):
        withdraw(stand.store, number, actor(Role.PERFORMANCE_LEADER), _later(), TODAY)
    assert stand.kept().withdrawn == {}


def test_what_is_not_there_cannot_be_withdrawn(stand: Stand) -> None:
    with pytest.raises(NotFoundError, match="delegation_not_found"):
        withdraw(stand.store, 9, actor(Role.RESPONSIBLE_LEADER), NOW, TODAY)


def test_another_organisation_finds_nothing(stand: Stand) -> None:
    number = stand.grant()
    stranger = Actor(LEADER, OTHER_ORGANISATION)
    with pytest.raises(NotFoundError, match="delegation_not_found"):
        stand.store.find(number, stranger)
    with pytest.raises(NotFoundError, match="person_not_found"):
        grant(stand.store, TERMS, stranger, NOW, TODAY)


def test_a_secretary_arranges_it_and_the_leader_is_told(stand: Stand) -> None:
    allow_secretary(stand.store, HANDLER, actor(Role.RESPONSIBLE_LEADER), NOW, TODAY)
    number = stand.grant(by=Role.HANDLER)
    assert (LEADER, f"delegation:{number}", "delegated_for_you") in stand.kept().notices
    withdraw(stand.store, number, actor(Role.HANDLER), _later(), TODAY)
    kept = stand.kept()
    assert kept.notices[-1] == (LEADER, f"delegation:{number}:withdrawn", "delegation_ended_for_you")
    bodies = [json.loads(entry.body) for entry in kept.chains[f"delegation:{number}"]]
    assert [(body["actor"], body["references"]["by_secretary"]) for body in bodies] == [(HANDLER, True)] * 2
    assert json.loads(kept.chains[f"person:{LEADER}"][0].body)["references"] == {"secretary": HANDLER}


def test_a_secretary_does_not_become_the_leaders_hand(stand: Stand) -> None:
    allow_secretary(stand.store, HANDLER, actor(Role.RESPONSIBLE_LEADER), NOW, TODAY)
    assert _refused(stand, replace(TERMS, delegate=HANDLER), Role.HANDLER) == ["delegate_is_secretary"]


def test_a_secretary_of_one_leader_arranges_nothing_for_another(stand: Stand) -> None:
    allow_secretary(stand.store, HANDLER, actor(Role.RESPONSIBLE_LEADER), NOW, TODAY)
    other = Terms(PERFORMANCE_LEADER, LEADER, TODAY, TODAY)
    assert _refused(stand, other, Role.HANDLER) == ["not_permitted"]


def test_what_a_secretary_may_is_taken_back(stand: Stand) -> None:
    leader = actor(Role.RESPONSIBLE_LEADER)
    allow_secretary(stand.store, HANDLER, leader, NOW, TODAY)
    disallow_secretary(stand.store, HANDLER, leader, _later(), TODAY)
    assert _refused(stand, by=Role.HANDLER) == ["not_permitted"]
    with pytest.raises(RefusedError, match="secretary_not_allowed"):
        disallow_secretary(stand.store, HANDLER, leader, _later(), TODAY)
    allow_secretary(stand.store, HANDLER, leader, _later(), TODAY)
    assert stand.kept().secretaries == {(LEADER, HANDLER)}
    actions = [json.loads(entry.body)["action"] for entry in stand.kept().chains[f"person:{LEADER}"]]
    assert actions == ["allow_secretary", "disallow_secretary", "allow_secretary"]


@pytest.mark.parametrize(
    ("person", "code"),
    [(LEADER, "secretary_is_principal"), (DISABLED, "secretary_missing"), (999, "secretary_missing")],
)
def test_a_secretary_is_somebody_else_who_can_log_in(stand: Stand, person: int, code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        allow_secretary(stand.store, person, actor(Role.RESPONSIBLE_LEADER), NOW, TODAY)


def test_a_secretary_is_allowed_once(stand: Stand) -> None:
    leader = actor(Role.RESPONSIBLE_LEADER)
    allow_secretary(stand.store, HANDLER, leader, NOW, TODAY)
    with pytest.raises(RefusedError, match="secretary_allowed_already"):
        allow_secretary(stand.store, HANDLER, leader, NOW, TODAY)


def test_whoever_signs_nothing_needs_no_secretary(stand: Stand) -> None:
    with pytest.raises(RefusedError, match="nothing_to_delegate"):
        allow_secretary(stand.store, HEAD, actor(Role.HANDLER), NOW, TODAY)
