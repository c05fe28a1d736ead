"""What the inspector sees: since the last visit, and the record of operations with its check."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from storage.tables import audit_entry
from storage.visits import SAME_VISIT, note_visit
from tests.support.seed import START, Court
from tests.web.driving import completed, propose, sentences, sign, started
from tests.web_home.people import stands_in
from workflows.rectification.vocabulary import Role


def inspection(court: Court) -> str:
    return sentences(court.visitor("inspector").get("/inspector/").text)


def sent_back(court: Court) -> None:
    task = court.tasks[0]
    propose(court, "handler", task, "acknowledge")
    propose(court, "handler", task, "start")
    page = court.visitor("head").get("/sign").text
    number = page.split('name="proposal" id="')[1].split('value="')[1].split('"')[0]
    answer = court.visitor("head").post(
        f"/proposals/{number}/send-back", data={"revision": "1", "reason": "措施没有落到人。"}
    )
    assert answer.status_code < 400, sentences(answer.text)


def test_the_first_visit_shows_everything_and_says_so(seeded: Court) -> None:
    words = inspection(seeded)

    assert "首次查看，显示全部" in words
    assert "已核对全部" in words
    assert "全部相符。" in words


def test_what_was_sent_back_is_shown_once_and_is_old_at_the_next_visit(seeded: Court) -> None:
    sent_back(seeded)
    assert "退回提请 启动整改 任务1" in inspection(seeded)
    assert "措施没有落到人。" in inspection(seeded)

    seeded.clock.now += timedelta(hours=1)
    words = inspection(seeded)
    assert "上次查看" in words
    assert "退回提请" not in words


def test_going_back_to_the_page_within_a_visit_loses_nothing(seeded_both: Court) -> None:
    actor = seeded_both.actor("inspector")
    with seeded_both.database.write() as connection:
        first = note_visit(connection, actor, "inspector", START)
        again = note_visit(connection, actor, "inspector", START + SAME_VISIT / 2)
        later = note_visit(connection, actor, "inspector", START + SAME_VISIT * 3)
        once_more = note_visit(connection, actor, "inspector", START + SAME_VISIT * 3.5)

    assert (first, again) == (None, None)
    assert later == START + SAME_VISIT / 2
    assert once_more == later


def test_overdue_tasks_are_listed_with_their_days(seeded: Court) -> None:
    seeded.go_to(START.date().replace(day=20))

    words = inspection(seeded)
    assert "逾期 4" in words
    assert "已逾期12天" in words


def forged(court: Court, changed: Callable[[str], str]) -> None:
    """Let somebody with the database's own password change an entry."""
    with court.database.write() as connection:
        triggers = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
        ).scalars()
        for name in list(triggers):
            connection.execute(text(f"DROP TRIGGER {name}"))
        of_task = audit_entry.c.stream == "task:2"
        stood = connection.execute(select(audit_entry.c.body).where(of_task)).scalar_one()
        connection.execute(update(audit_entry).where(of_task).values(body=changed(stood)))


@pytest.mark.parametrize("body", ["no entry at all", "[1]", "null"])
def test_an_entry_that_is_none_breaks_no_page(seeded: Court, body: str) -> None:
    forged(seeded, lambda _: body)

    assert "task:2 第1条：内容被改动" in inspection(seeded)
    assert seeded.visitor("inspector").get("/record/").status_code == 200


def test_a_changed_entry_is_found_and_named(seeded: Court) -> None:
    forged(seeded, lambda body: body.replace("create", "delete"))

    words = inspection(seeded)
    assert "核对发现问题：1条链对不上。" in words
    assert "task:2 第1条：内容被改动" in words


def test_a_long_record_is_checked_when_asked(seeded: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.inspector.CHECKED_AT_ONCE", 1)

    assert "记录已超过1条，请点击核对。" in inspection(seeded)
    answer = seeded.visitor("inspector").post("/inspector/check")
    assert "全部相符。" in sentences(answer.text)


def test_every_entry_can_be_found_and_read_as_it_was_hashed(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    client = seeded.visitor("inspector")
    listed = sentences(client.get(f"/record/?stream=task:{seeded.tasks[0]}").text)
    assert "签收" not in listed or "提请" in listed
    assert "签批" in listed
    assert "task:2" not in listed

    page = client.get("/record/3").text
    assert "&#34;stream&#34;:&#34;task:1&#34;" in page
    assert "SHA-256" in page


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("stream=2", "task:2", "task:3"),
        ("stream=task:2", "task:2", "task:3"),
        ("action=publish", "definition:1", "task:2"),
        ("since=2026-06-01", "task:2", "nothing"),
        ("since=2026-06-02", "没有符合条件的记录。", "task:2"),
        ("until=2026-05-31", "没有符合条件的记录。", "task:2"),
        ("until=2026-06-01", "task:2", "nothing"),
        ("stream=nonsense' OR 1=1", "task:2", "nothing"),
        ("person=abc&since=never&until=x&before=y", "task:2", "nothing"),
    ],
)
def test_the_record_is_narrowed_by_its_address(seeded: Court, query: str, there: str, absent: str) -> None:
    answer = seeded.visitor("inspector").get(f"/record/?{query}")

    assert answer.status_code == 200
    table = answer.text.split("</form>")[-1]
    assert there in table
    assert absent not in table


def test_the_record_is_paged_by_key(seeded: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.record.PAGE", 2)
    client = seeded.visitor("inspector")
    first = client.get("/record/").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "task:4" in first
    assert "task:4" not in client.get(following).text.split("</form>")[-1]


def test_only_who_oversees_reads_the_record(seeded: Court) -> None:
    for login in ("handler", "leader", "office", "administrator"):
        for path in ("/record/", "/record/1", "/inspector/"):
            assert seeded.visitor(login).get(path).status_code == 403
        assert seeded.visitor(login).post("/inspector/check").status_code == 403


def test_the_inspectors_substitute_reads_the_record_of_the_task_alone(seeded: Court) -> None:
    task = seeded.tasks[0]
    client, record = seeded.visitor("stranger"), f"/record/tasks/{task}"
    assert client.get(record).status_code == 404
    stands_in(seeded, "stranger", "inspector", Role.INSPECTOR)
    propose(seeded, "handler", task, "acknowledge")

    assert f'href="{record}"' in client.get(f"/tasks/{task}").text
    page = client.get(record).text
    assert "签收" in sentences(page)
    assert '"stream":"task:1"' in html.unescape(page)
    assert '"stream":"task:2"' not in html.unescape(page)
    assert client.get("/record/").status_code == 403
    assert seeded.visitor("handler").get(record).status_code == 404
    assert record not in seeded.visitor("handler").get(f"/tasks/{task}").text


def test_an_entry_that_is_not_there_is_not_found(seeded: Court) -> None:
    assert seeded.visitor("inspector").get("/record/9999").status_code == 404


def test_a_substitutes_signature_stands_apart(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    completed(seeded, seeded.tasks[0])
    sign(seeded, "leader")

    assert "代行、委托和纸质签批" in inspection(seeded)


def test_visits_and_record_hold_on_both_databases(seeded_both: Court) -> None:
    sent_back(seeded_both)

    words = inspection(seeded_both)
    assert "退回提请 启动整改 任务1" in words
    assert "全部相符。" in words
    listed = seeded_both.visitor("inspector").get("/record/?stream=task:1&action=send_back")
    assert "task:1" in listed.text.split("</form>")[-1]
