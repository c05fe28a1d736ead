"""Directory, accounts and settings: every change is recorded, and what was taken away acts at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, select

from engine.actor import Actor, system
from engine.errors import NotFoundError, ZhenggaiError
from storage import account_keeping, directory
from storage.account_keeping import OneTime
from storage.audit_check import verify
from storage.database import Database
from storage.queries.plan_directory import directory_of
from storage.queries.seats import open_proposals_of
from storage.queries.settings import settings_of
from storage.sessions import open_session
from storage.settings import set_settings
from storage.tables import account, audit_entry, audit_text, session
from tests.contract.conftest import sql_stand
from tests.contract.court import ORGANISATION, PEOPLE, SUPPORTER
from workflows.rectification.vocabulary import Role

_NOW = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
_TODAY = date(2027, 3, 1)
_ACTOR = system(1, "test")
_STRANGER = system(2, "test")
_PASSWORD = OneTime("secret", "hash")


@pytest.fixture
def court(database: Database) -> Database:
    """Two organisations; a department and a person with an account in the first."""
    with database.write() as connection:
        directory.add_organisation(connection, "测试法院", _NOW)
        directory.add_organisation(connection, "另一法院", _NOW, parent=1)
        directory.add_department(connection, "立案庭", _ACTOR, _NOW)
        directory.add_person(connection, "上官梅", _ACTOR, _NOW, email="p1@example.test")
        account_keeping.add_account(connection, 1, "p1", _PASSWORD, _ACTOR, _NOW)
    return database


def _actions(database: Database, stream: str) -> list[str]:
    with database.read() as connection:
        statement = select(audit_entry.c.action).where(audit_entry.c.stream == stream)
        return list(connection.execute(statement.order_by(audit_entry.c.seq)).scalars())


def _refused(database: Database, act: Callable[[Connection], object]) -> str:
    with pytest.raises(ZhenggaiError) as told, database.write() as connection:
        act(connection)
    return told.value.code


def test_every_change_is_recorded_without_a_name_in_the_entry(court: Database) -> None:
    with court.write() as connection:
        directory.change_person(connection, 1, _ACTOR, _NOW, name="上官兰", locale="en")
    assert _actions(court, "organisation:1") == ["create", "add_department"]
    assert _actions(court, "person:1") == ["create", "add_account", "change"]
    with court.read() as connection:
        bodies = "".join(connection.execute(select(audit_entry.c.body)).scalars())
        words = set(connection.execute(select(audit_text.c.text)).scalars())
    assert "上官" not in bodies
    assert words == {"上官梅", "上官兰", "p1@example.test"}
    assert verify(court).findings == ()


def test_names_of_organisations_and_departments_are_taken_once(court: Database) -> None:
    assert _refused(court, lambda c: directory.add_organisation(c, "测试法院", _NOW)) == "organisation_exists"
    assert (
        _refused(court, lambda c: directory.add_department(c, "立案庭", _ACTOR, _NOW)) == "department_exists"
    )
    with court.write() as connection:
        directory.add_department(connection, "立案庭", _STRANGER, _NOW)
    with court.read() as connection:
        assert [one.name for one in directory.organisations(connection)] == ["测试法院", "另一法院"]


def test_a_position_is_held_from_a_day_until_and_with_another(court: Database) -> None:
    with court.write() as connection:
        number = directory.add_position(connection, 1, 1, "handler", _TODAY, _ACTOR, _NOW)
        directory.end_position(connection, number, date(2027, 3, 5), _ACTOR, _NOW, _TODAY)
    for day, roles in ((28, []), (1, ["handler"]), (5, ["handler"]), (6, [])):
        on = date(2027, 2 if day == 28 else 3, day)
        with court.read() as connection:
            (someone,) = directory_of(connection, _ACTOR, on).people
        assert [post.role for post in someone.posts] == roles
    assert _actions(court, "person:1")[2:] == ["add_position", "end_position"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda c: directory.change_person(c, 1, _STRANGER, _NOW, name="x"), "person_not_found"),
        (
            lambda c: directory.add_position(c, 1, 1, "handler", _TODAY, _STRANGER, _NOW),
            "person_not_found",
        ),
        (
            lambda c: directory.add_position(c, 1, 9, "handler", _TODAY, _ACTOR, _NOW),
            "department_not_found",
        ),
        (
            lambda c: directory.add_position(
                c, 1, 1, "handler", _TODAY, _ACTOR, _NOW, until_on=date(2027, 2, 28)
            ),
            "position_days_reversed",
        ),
        (lambda c: directory.end_position(c, 9, _TODAY, _ACTOR, _NOW, _TODAY), "position_not_found"),
        (lambda c: account_keeping.add_account(c, 9, "p9", _PASSWORD, _ACTOR, _NOW), "person_not_found"),
        (lambda c: account_keeping.add_account(c, 1, "p 1", _PASSWORD, _ACTOR, _NOW), "login_malformed"),
        (lambda c: account_keeping.add_account(c, 1, "", _PASSWORD, _ACTOR, _NOW), "login_malformed"),
        (lambda c: account_keeping.add_account(c, 1, "p2", _PASSWORD, _ACTOR, _NOW), "login_taken"),
        (lambda c: account_keeping.disable(c, "p9", _ACTOR, _NOW), "login_not_found"),
        (lambda c: account_keeping.disable(c, "p1", _STRANGER, _NOW), "login_not_found"),
        (lambda c: account_keeping.enable(c, "p1", _ACTOR, _NOW), "account_enabled"),
        (lambda c: account_keeping.reset_password(c, "p9", _PASSWORD, _ACTOR, _NOW), "login_not_found"),
    ],
)
def test_what_is_not_there_or_wrong_is_told(
    court: Database, act: Callable[[Connection], object], code: str
) -> None:
    assert _refused(court, act) == code
    assert issubclass(NotFoundError, ZhenggaiError)


def test_a_login_is_taken_over_all_organisations(court: Database) -> None:
    with court.write() as connection:
        number = directory.add_person(connection, "慕容荷", _STRANGER, _NOW)
    with pytest.raises(ZhenggaiError, match="login_taken"), court.write() as connection:
        account_keeping.add_account(connection, number, "p1", _PASSWORD, _STRANGER, _NOW)


def _reasons(database: Database) -> list[str | None]:
    with database.read() as connection:
        return list(connection.execute(select(session.c.end_reason)).scalars())


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda c: account_keeping.disable(c, "p1", _ACTOR, _NOW), "disabled"),
        (lambda c: account_keeping.reset_password(c, "p1", _PASSWORD, _ACTOR, _NOW), "password_reset"),
        (lambda c: directory.end_position(c, 1, date(2027, 2, 28), _ACTOR, _NOW, _TODAY), "role_lost"),
        (lambda c: directory.end_position(c, 1, _TODAY, _ACTOR, _NOW, _TODAY), None),
    ],
)
def test_what_is_taken_away_ends_the_sessions_at_once(
    court: Database, act: Callable[[Connection], object], reason: str | None
) -> None:
    with court.write() as connection:
        directory.add_position(connection, 1, 1, "handler", date(2027, 1, 1), _ACTOR, _NOW)
        open_session(connection, 1, 1, "192.0.2.1", _NOW)
    with court.write() as connection:
        act(connection)
    assert _reasons(court) == [reason]


def test_an_account_is_closed_and_opened_again(court: Database) -> None:
    with court.write() as connection:
        account_keeping.disable(connection, "p1", _ACTOR, _NOW)
    with pytest.raises(ZhenggaiError, match="account_disabled"), court.write() as connection:
        account_keeping.disable(connection, "p1", _ACTOR, _NOW)
    with court.read() as connection:
        (one,) = account_keeping.accounts(connection, _ACTOR, _TODAY)
        assert account_keeping.accounts(connection, _STRANGER, _TODAY) == ()
    assert one.disabled_at == _NOW
    with court.write() as connection:
        account_keeping.enable(connection, "p1", _ACTOR, _NOW)
    assert _actions(court, "person:1")[2:] == ["disable", "enable"]


def test_a_new_password_is_for_one_log_in_and_only_its_hash_is_kept(court: Database) -> None:
    made = account_keeping.one_time()
    with court.write() as connection:
        account_keeping.reset_password(connection, "p1", made, _ACTOR, _NOW)
    with court.read() as connection:
        row = connection.execute(select(account)).one()
    assert (row.password_hash, row.must_change) == (made.hashed, True)
    assert made.password not in made.hashed
    assert len({account_keeping.one_time().password for _ in range(3)}) == 3


def test_settings_are_written_with_a_record_of_what_changed(court: Database) -> None:
    with court.write() as connection:
        assert set_settings(connection, {"limit.start": "7", "a": ""}, _ACTOR, _NOW) == ("limit.start",)
    with court.write() as connection:
        assert set_settings(connection, {"limit.start": "7"}, _ACTOR, _NOW) == ()
        assert set_settings(connection, {"limit.start": "", "b": "1"}, _ACTOR, _NOW) == ("limit.start", "b")
    with court.read() as connection:
        assert settings_of(connection, _ACTOR) == {"b": "1"}
        assert settings_of(connection, _STRANGER) == {}
        statement = select(audit_entry.c.body).where(audit_entry.c.action == "set").order_by(audit_entry.c.id)
        entries = [json.loads(body)["references"] for body in connection.execute(statement).scalars()]
    assert entries == [
        {"before": {"limit.start": ""}, "after": {"limit.start": "7"}},
        {"before": {"limit.start": "7", "b": ""}, "after": {"limit.start": "", "b": "1"}},
    ]


def test_what_counts_on_a_person_is_found_when_they_lose_a_role(database: Database) -> None:
    course = sql_stand(database).course
    course.pass_through("acknowledge")
    course.propose("suspend")
    asking = Actor(None, ORGANISATION)
    with database.read() as connection:
        for role in (Role.DEPARTMENT_HEAD, Role.PERFORMANCE_OFFICE_HEAD, Role.RESPONSIBLE_LEADER):
            assert open_proposals_of(connection, PEOPLE[role], asking) == ((1, 1),)
        assert open_proposals_of(connection, SUPPORTER, asking) == ()
        other = replace(asking, organisation=2)
        assert open_proposals_of(connection, PEOPLE[Role.DEPARTMENT_HEAD], other) == ()
