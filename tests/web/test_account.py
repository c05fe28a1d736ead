"""Coming in, going out, and what ends a log-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.sessions import LIFETIME, digest_of
from storage.tables import account, audit_entry, position, session
from tests.support.seed import PASSWORD, Court
from tests.web.driving import fields, sentences
from web import create_app
from web.login import COOKIE, SECURE_COOKIE


def test_the_right_password_opens_a_log_in_and_leads_to_the_wanted_page(seeded: Court) -> None:
    client = seeded.app.test_client()
    answer = client.post("/login", data={"login": "handler", "password": PASSWORD, "next": "/tasks/1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tasks/1")
    assert client.get("/tasks/1").status_code == 200


def test_the_cookie_holds_a_token_and_the_table_only_its_digest(seeded: Court) -> None:
    client = seeded.app.test_client()
    answer = client.post("/login", data={"login": "handler", "password": PASSWORD})
    header = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith(COOKIE + "="))
    token = header.split(";")[0].partition("=")[2]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    with seeded.database.read() as connection:
        names = connection.execute(select(session.c.id)).scalars().all()
    assert digest_of(token) in names
    assert token not in names


def test_over_https_the_cookie_goes_through_nothing_else(seeded: Court) -> None:
    config = replace(seeded.app.extensions["zhenggai"], base_url="https://court.example")
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post(
        "/login", data={"login": "handler", "password": PASSWORD}, base_url="https://court.example"
    )
    header = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith(SECURE_COOKIE))
    assert "Secure" in header
    assert "Path=/" in header
    assert answer.headers["Strict-Transport-Security"]


def test_over_https_no_cookie_can_be_planted_or_overheard(seeded: Court) -> None:
    app = create_app(replace(seeded.app.extensions["zhenggai"], base_url="https://court.example"))
    client, found = app.test_client(), list[str]()
    page = client.get("/login", base_url="https://court.example")
    found += page.headers.getlist("Set-Cookie")
    typed = {"language": "en", "csrf_token": fields(page.text)["csrf_token"]}
    headers = {"Referer": "https://court.example/login"}
    answer = client.post("/language", data=typed, headers=headers, base_url="https://court.example")
    found += answer.headers.getlist("Set-Cookie")
    names = {cookie.partition("=")[0] for cookie in found}
    assert names == {"__Host-zhenggai_page", "language"}
    assert all("Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in found)


@pytest.mark.parametrize(("login", "password"), [("handler", "wrong"), ("unheard-of", PASSWORD)])
def test_a_wrong_login_and_a_wrong_password_look_the_same(seeded: Court, login: str, password: str) -> None:
    answer = seeded.app.test_client().post("/login", data={"login": login, "password": password})
    assert answer.status_code == 401
    assert "登录名或口令不对，或者账号已停用。" in answer.text


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(seeded: Court) -> None:
    client = seeded.app.test_client()
    for _ in range(5):
        assert client.post("/login", data={"login": "handler", "password": "x"}).status_code == 401
    answer = client.post("/login", data={"login": "handler", "password": PASSWORD})
    assert answer.status_code == 429
    assert "15分钟后再试" in answer.text
    seeded.clock.now += timedelta(minutes=16)
    assert client.post("/login", data={"login": "handler", "password": PASSWORD}).status_code == 302


def test_a_password_is_not_guessed_from_many_addresses(seeded: Court) -> None:
    client = seeded.app.test_client()
    for number in range(51):
        data = {"login": "handler", "password": "x"}
        client.post("/login", data=data, environ_overrides={"REMOTE_ADDR": f"10.0.{number}.1"})
    answer = client.post("/login", data={"login": "handler", "password": PASSWORD})
    assert answer.status_code == 429
    assert client.post("/login", data={"login": "head", "password": PASSWORD}).status_code == 302


def test_one_who_goes_on_guessing_locks_nobody_else_out(seeded: Court) -> None:
    client = seeded.app.test_client()
    for _ in range(110):
        client.post("/login", data={"login": "handler", "password": "x"})
    assert client.post("/login", data={"login": "head", "password": PASSWORD}).status_code == 302
    elsewhere = {"REMOTE_ADDR": "10.0.0.1"}
    typed = {"login": "handler", "password": PASSWORD}
    assert client.post("/login", data=typed, environ_overrides=elsewhere).status_code == 302


def test_logging_out_ends_the_log_in_for_whoever_kept_the_token(seeded: Court) -> None:
    client = seeded.visitor("handler")
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert client.post("/logout").status_code == 302
    thief = seeded.app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    assert thief.get("/tasks/1").headers["Location"].startswith("/login")
    assert "您已退出登录" in thief.get("/login").text


def test_a_disabled_account_is_out_at_once_and_learns_why(seeded: Court) -> None:
    client = seeded.visitor("handler")
    assert client.get("/tasks/1").status_code == 200
    with seeded.database.write() as connection:
        connection.execute(
            update(account)
            .where(account.c.person_id == seeded.people["handler"])
            .values(disabled_at=seeded.clock.now)
        )
    assert client.get("/tasks/1").headers["Location"] == "/login?next=/tasks/1"
    assert "您的账号已停用" in client.get("/login").text
    assert client.post("/login", data={"login": "handler", "password": PASSWORD}).status_code == 401


def test_a_lost_role_acts_at_the_next_request(seeded: Court) -> None:
    client = seeded.visitor("office")
    assert client.get("/tasks/1").status_code == 200
    with seeded.database.write() as connection:
        connection.execute(
            update(position)
            .where(position.c.person_id == seeded.people["office"])
            .values(until_on=seeded.clock.now.date() - timedelta(days=1))
        )
    assert client.get("/tasks/1").status_code == 403


def test_an_unused_log_in_expires_and_a_used_one_lasts(seeded: Court) -> None:
    client = seeded.visitor("handler")
    seeded.clock.now += LIFETIME - timedelta(hours=1)
    assert client.get("/tasks/1").status_code == 200
    seeded.clock.now += LIFETIME - timedelta(hours=1)
    assert client.get("/tasks/1").status_code == 200
    seeded.clock.now += LIFETIME
    assert client.get("/tasks/1").status_code == 302
    assert "登录已过期" in client.get("/login").text


def test_what_is_handed_in_after_the_log_in_ended_can_be_handed_in_again(seeded: Court) -> None:
    seeded.app.config["WTF_CSRF_ENABLED"] = True
    client = seeded.app.test_client()
    who = {"login": "handler", "password": PASSWORD}
    client.post("/login", data=fields(client.get("/login").text) | who)
    form = "/tasks/1/propose/acknowledge"
    typed = {**fields(client.get(form).text), "text": "写了很久的话", "action": "submit"}
    seeded.clock.now += 2 * LIFETIME
    answer = client.post(form, data=typed)
    assert answer.status_code == 401
    assert "登录已过期，请重新登录。" in answer.text
    assert "刚才填写的内容没有丢" in answer.text
    client.post("/login", data=fields(client.get("/login").text) | who)
    assert client.post(form, data=typed).status_code == 303
    assert "写了很久的话" in client.get("/tasks/1").text


def test_leaving_after_the_log_in_ended_is_no_failure(seeded: Court) -> None:
    client = seeded.visitor("handler")
    seeded.clock.now += 2 * LIFETIME
    assert client.post("/logout").headers["Location"] == "/login"


def test_a_one_time_password_leads_nowhere_but_to_its_change(seeded: Court) -> None:
    _must_change(seeded)
    client = seeded.app.test_client()
    client.post("/login", data={"login": "handler", "password": PASSWORD})
    assert client.get("/tasks/1").headers["Location"] == "/password"
    typed = {"old": PASSWORD, "new": "a new and longer one", "again": "a new and longer one"}
    assert client.post("/password", data=typed).status_code == 302
    assert client.get("/tasks/1").status_code == 200


def _must_change(seeded: Court) -> None:
    with seeded.database.write() as connection:
        connection.execute(
            update(account).where(account.c.person_id == seeded.people["handler"]).values(must_change=True)
        )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": PASSWORD, "new": "short", "again": "short"}, "口令应有10至200个字符"),
        ({"old": PASSWORD, "new": "long enough one", "again": "another one entirely"}, "不一致"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "不能与现在的相同"),
        ({"old": "wrong", "new": "long enough one", "again": "long enough one"}, "口令不对"),
    ],
)
def test_a_new_password_that_will_not_do_says_why(
    seeded: Court, typed: dict[str, str], sentence: str
) -> None:
    answer = seeded.visitor("handler").post("/password", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_changed_password_ends_the_log_ins_elsewhere(seeded: Court) -> None:
    here, elsewhere = seeded.app.test_client(), seeded.app.test_client()
    for client in (here, elsewhere):
        client.post("/login", data={"login": "handler", "password": PASSWORD})
    typed = {"old": PASSWORD, "new": "a new and longer one", "again": "a new and longer one"}
    here.post("/password", data=typed)
    assert here.get("/tasks/1").status_code == 200
    assert elsewhere.get("/tasks/1").status_code == 302
    assert "口令已在别处修改" in elsewhere.get("/login").text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "",
    ],
)
def test_a_log_in_never_leads_to_another_host(seeded: Court, target: str) -> None:
    client = seeded.app.test_client()
    answer = client.post("/login", data={"login": "handler", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


def test_the_language_is_remembered_with_the_person(seeded: Court) -> None:
    client = seeded.visitor("handler")
    assert client.get("/tasks/1").headers["Content-Language"] == "zh-CN"
    answer = client.post("/language", data={"language": "en", "next": "/tasks/1"})
    assert answer.headers["Location"] == "/tasks/1"
    page = client.get("/tasks/1")
    assert page.headers["Content-Language"] == "en"
    assert "What happened" in page.text
    fresh = seeded.app.test_client()
    fresh.post("/login", data={"login": "handler", "password": PASSWORD})
    assert fresh.get("/tasks/1").headers["Content-Language"] == "en"


def test_a_stranger_reads_the_log_in_page_in_the_language_of_the_cookie(seeded: Court) -> None:
    client = seeded.app.test_client()
    client.post("/language", data={"language": "en", "next": "/login"})
    assert "Log in" in sentences(client.get("/login").text)


def test_coming_and_going_stand_in_the_record(seeded: Court) -> None:
    client = seeded.app.test_client()
    client.post("/login", data={"login": "handler", "password": PASSWORD})
    client.post("/logout")
    stream = f"person:{seeded.people['handler']}"
    with seeded.database.read() as connection:
        rows = connection.execute(select(audit_entry.c.action).where(audit_entry.c.stream == stream))
        assert rows.scalars().all() == ["log_in", "log_out"]
