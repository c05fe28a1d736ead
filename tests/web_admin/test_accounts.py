from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.actor import system
from storage.accounts import enter
from storage.directory import add_organisation, add_person
from storage.queries.account_list import accounts_page
from storage.queries.seats import open_proposals_of
from storage.tables import account, audit_entry
from tests.support.seed import MEMBERS, PASSWORD, START, Court
from tests.web.driving import propose, sentences, upload
from tests.web_admin.counting import statements
from web.login import COOKIE


def shown(text: str) -> str:
    """Give the one-time password that a page shows."""
    found = re.search(r"<dd>([a-z0-9]{16})</dd>", text)
    assert found is not None, sentences(text)
    return found.group(1)


def new_person(court: Court, name: str = "第五柳") -> int:
    with court.database.write() as connection:
        return add_person(connection, name, court.actor("administrator"), court.clock())


def actions(court: Court, number: int) -> list[str]:
    with court.database.read() as connection:
        statement = select(audit_entry.c.action).where(audit_entry.c.stream == f"person:{number}")
        found = connection.execute(statement.order_by(audit_entry.c.seq)).scalars()
        return [action for action in found if action != "log_in"]


def test_the_list_shows_every_account_with_its_positions(seeded: Court) -> None:
    text = sentences(seeded.visitor("administrator").get("/admin/accounts/").text)
    for login, (name, _, _) in MEMBERS.items():
        assert f"{login} {name}" in text
    assert "审判管理办公室 承办人" in text


@pytest.mark.parametrize(
    ("query", "found", "gone"),
    [
        ("words=慕容", "慕容竹", "宇文兰"),
        ("words=office_h", "赫连枫", "慕容竹"),
        ("words=100%25", "没有符合条件的账号", "慕容竹"),
        ("only=disabled", "没有符合条件的账号", "慕容竹"),
        ("only=one_time", "没有符合条件的账号", "慕容竹"),
        ("only=nonsense", "慕容竹", "没有符合条件的账号"),
    ],
)
def test_the_list_can_be_narrowed(seeded: Court, query: str, found: str, gone: str) -> None:
    text = sentences(seeded.visitor("administrator").get(f"/admin/accounts/?{query}").text)
    assert found in text
    assert gone not in text


def test_accounts_follow_each_other_by_key(seeded_both: Court) -> None:
    seen: list[str] = []
    after: str | None = ""
    with seeded_both.database.read() as connection:
        while after is not None:
            page = accounts_page(
                connection, seeded_both.actor("administrator"), "", "", after, 4, date(2026, 6, 1)
            )
            seen += [line.login for line in page.lines]
            after = page.following
    assert sorted(seen) == sorted(MEMBERS)
    assert len(seen) == len(set(seen))


def test_a_one_time_password_is_shown_once_and_must_be_changed(seeded_both: Court) -> None:
    number = new_person(seeded_both)
    client = seeded_both.visitor("administrator")
    page = client.post(f"/admin/accounts/{number}/add", data={"login": "diwuliu"})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    password = shown(page.text)
    assert password not in client.get(f"/directory/people/{number}").text
    token = enter(seeded_both.database, "diwuliu", password, "127.0.0.1", seeded_both.clock())
    assert isinstance(token, str)
    theirs = seeded_both.app.test_client()
    theirs.set_cookie(COOKIE, token)
    assert theirs.get("/directory/").headers["Location"] == "/password"
    with seeded_both.database.read() as connection:
        stored = connection.execute(
            select(account.c.password_hash).where(account.c.person_id == number)
        ).scalar_one()
        bodies = connection.execute(select(audit_entry.c.body)).scalars().all()
    assert password not in stored
    assert not any(password in body or "diwuliu" in body for body in bodies)
    assert actions(seeded_both, number)[-1] == "add_account"


@pytest.mark.parametrize("login", ["handler", "with blank", "", "x" * 101])
def test_a_login_that_cannot_be_is_refused_and_nothing_is_shown(seeded: Court, login: str) -> None:
    number = new_person(seeded)
    page = seeded.visitor("administrator").post(f"/admin/accounts/{number}/add", data={"login": login})
    assert page.status_code == 422
    assert "没有办成" in page.text
    assert not re.search(r"<dd>[a-z0-9]{16}</dd>", page.text)


def test_disabling_ends_log_ins_at_once_and_enabling_opens_the_account_again(seeded_both: Court) -> None:
    client, theirs = seeded_both.visitor("administrator"), seeded_both.visitor("handler")
    number = seeded_both.people["handler"]
    assert theirs.get("/handler/").status_code == 200
    text = client.post(f"/admin/accounts/{number}/disable", follow_redirects=True).text
    assert "已停用账号handler" in text
    assert theirs.get("/handler/").headers["Location"].startswith("/login")
    assert not isinstance(
        enter(seeded_both.database, "handler", PASSWORD, "127.0.0.1", seeded_both.clock()), str
    )
    again = client.post(f"/admin/accounts/{number}/disable")
    assert again.status_code == 422
    assert "已经停用" in again.text
    assert "handler" in sentences(client.get("/admin/accounts/?only=disabled").text)
    assert "已启用账号handler" in client.post(f"/admin/accounts/{number}/enable", follow_redirects=True).text
    assert isinstance(enter(seeded_both.database, "handler", PASSWORD, "127.0.0.1", seeded_both.clock()), str)
    assert actions(seeded_both, number) == ["disable", "enable"]


def test_resetting_ends_log_ins_and_replaces_the_password(seeded: Court) -> None:
    client, theirs = seeded.visitor("administrator"), seeded.visitor("handler")
    assert theirs.get("/handler/").status_code == 200
    number = seeded.people["handler"]
    password = shown(client.post(f"/admin/accounts/{number}/reset").text)
    assert theirs.get("/handler/").headers["Location"].startswith("/login")
    now = seeded.clock()
    assert not isinstance(enter(seeded.database, "handler", PASSWORD, "127.0.0.1", now), str)
    assert isinstance(enter(seeded.database, "handler", password, "127.0.0.1", now), str)
    assert "一次性口令未更改" in client.get(f"/directory/people/{number}").text


def test_what_waited_for_a_closed_account_waits_for_the_substitute(seeded_both: Court) -> None:
    typed = {"text": "院党组会议决定不再列入", "attached": upload("纪要.txt")}
    answer = propose(seeded_both, "office", seeded_both.tasks[0], "cancel", typed)
    assert answer.status_code == 303, sentences(answer.text)
    closed = seeded_both.people["office_head"]
    text = (
        seeded_both.visitor("administrator")
        .post(f"/admin/accounts/{closed}/disable", follow_redirects=True)
        .text
    )
    assert "已停用账号office_head" in text
    assert "1项提请已另定签批人" in text
    with seeded_both.database.read() as connection:
        actor = seeded_both.actor("office")
        waiting = open_proposals_of(connection, seeded_both.people["reviewer"], actor)
        assert open_proposals_of(connection, closed, actor) == ()
    assert [task for task, _ in waiting] == [seeded_both.tasks[0]]


@pytest.mark.parametrize("change", ["disable", "reset"])
def test_nobody_locks_themselves_out(seeded: Court, change: str) -> None:
    client, own = seeded.visitor("administrator"), seeded.people["administrator"]
    answer = client.post(f"/admin/accounts/{own}/{change}")
    assert answer.status_code == 422
    assert "不能停用或重设自己的账号" in answer.text
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("change", ["add", "disable", "enable", "reset"])
@pytest.mark.parametrize("login", ["office_head", "handler", "inspector"])
def test_nobody_else_changes_accounts(seeded: Court, login: str, change: str) -> None:
    answer = seeded.visitor(login).post(f"/admin/accounts/{seeded.people['head']}/{change}")
    assert answer.status_code == 403
    assert actions(seeded, seeded.people["head"]) == []


@pytest.mark.parametrize("change", ["add", "disable", "enable", "reset"])
def test_people_of_another_organisation_are_not_there(seeded_both: Court, change: str) -> None:
    with seeded_both.database.write() as connection:
        other = add_organisation(connection, "另一法院", START)
        stranger = add_person(connection, "外单位人", system(other, "test"), START)
    answer = seeded_both.visitor("administrator").post(
        f"/admin/accounts/{stranger}/{change}", data={"login": "waidanwei"}
    )
    assert answer.status_code == 404
    with seeded_both.database.read() as connection:
        found = connection.execute(select(account.c.login).where(account.c.person_id == stranger)).all()
    assert found == []


def test_somebody_without_an_account_has_none_to_change(seeded: Court) -> None:
    number = new_person(seeded)
    for change in ("disable", "enable", "reset"):
        answer = seeded.visitor("administrator").post(f"/admin/accounts/{number}/{change}")
        assert answer.status_code == 404


def test_a_list_costs_the_same_queries_however_long_it_is(seeded: Court) -> None:
    client = seeded.visitor("administrator")
    client.get("/admin/accounts/")
    with statements(seeded.database) as few:
        client.get("/admin/accounts/")
    for number in range(30):
        with seeded.database.write() as connection:
            made = add_person(connection, f"某{number}", seeded.actor("administrator"), START)
            connection.execute(
                account.insert().values(
                    person_id=made,
                    organisation_id=seeded.organisation,
                    login=f"more{number}",
                    password_hash="x",
                    must_change=True,
                    created_at=START + timedelta(days=1),
                )
            )
    with statements(seeded.database) as many:
        client.get("/admin/accounts/")
    assert len(many) == len(few)
