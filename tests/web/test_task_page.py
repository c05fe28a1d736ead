"""The page of a task: everything about it, whoever may see it, at a fixed cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event, update
from sqlalchemy.engine import Engine

from storage.tables import position
from tests.support.seed import Court
from tests.web.driving import completed, propose, sentences, sign, started

QUERIES = 29
"""Statements behind the page of a task: two for who asks, three for the case, one for each kind of row."""


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent to any database."""
    found: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def cost(court: Court, login: str, url: str) -> int:
    client = court.visitor(login)
    client.get(url)
    with counted() as statements:
        assert client.get(url).status_code == 200
    return len(statements)


def test_the_page_costs_the_same_however_much_has_happened(seeded_both: Court) -> None:
    court, task = seeded_both, seeded_both.tasks[0]
    assert cost(court, "office", f"/tasks/{task}") == QUERIES
    started(court, task)
    completed(court, task)
    assert cost(court, "office", f"/tasks/{task}") == QUERIES


def test_signing_one_or_many_costs_the_same(seeded: Court) -> None:
    found = []
    for task in (seeded.tasks[0], seeded.tasks[3]):
        propose(seeded, "handler", task, "acknowledge")
        propose(seeded, "handler", task, "start")
        found.append(cost(seeded, "head", "/sign"))
    assert found[0] == found[1]


def test_the_page_shows_the_plans_words_and_the_people(seeded: Court) -> None:
    page = sentences(seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}").text)
    for said in (
        "缩短长期未结案件的办理周期",
        "社会评价中反映较多",
        "拓跋松",
        "审判管理办公室",
        "行装处、各审判业务部门",
        "2026年12月15日（周二）",
        "试高法〔2026〕18号",
    ):
        assert said in page


def test_a_criterion_without_evidence_is_a_hole_in_plain_sight(seeded: Court) -> None:
    page = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}").text
    assert page.count('class="hole"') == 2
    assert "还没有佐证材料" in page


def test_a_button_that_would_be_refused_says_why(seeded: Court) -> None:
    page = sentences(seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}").text)
    assert "启动整改 部门还没有签收任务。" in page
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    html = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}").text
    assert f'href="/tasks/{seeded.tasks[0]}/propose/start"' in html


def test_the_inspector_reads_everything_and_may_press_nothing(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    page = seeded.visitor("inspector").get(f"/tasks/{seeded.tasks[0]}").text
    assert "推进计划" in page
    assert not re.search(r'href="/tasks/\d+/propose/', page)


def test_waiting_for_leaders_holds_the_departments_clock(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    sign(seeded, "head")
    seeded.go_to(date(2026, 7, 10))
    page = sentences(seeded.visitor("leader").get(f"/tasks/{task}").text)
    assert "部门已办、等待签批" in page
    sign(seeded, "leader")
    page = sentences(seeded.visitor("leader").get(f"/tasks/{task}").text)
    assert "其中等待签批39天，不计入部门用时" in page
    assert "完成于2026年6月1日" in page


def test_the_diagram_marks_the_present_state(seeded: Court) -> None:
    page = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}").text
    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img" class="diagram"' in page
    assert "current" in page


def test_words_of_people_are_shown_as_words(seeded: Court) -> None:
    hostile = "<script>alert(1)</script> & \"'"
    propose(seeded, "handler", seeded.tasks[0], "acknowledge", {"text": hostile})
    page = seeded.visitor("office").get(f"/tasks/{seeded.tasks[0]}").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_seat_that_fell_away_says_why(seeded: Court) -> None:
    """Whoever is handler and head proposes; nobody signs what they proposed, so that stage falls away."""
    with seeded.database.write() as connection:
        connection.execute(
            update(position)
            .where(position.c.person_id == seeded.people["head"])
            .values(person_id=seeded.people["handler"])
        )
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")
    page = sentences(seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}").text)
    assert "提请人不能签自己的提请，此级不再签" in page
    assert "待签： 拓跋松" in page
