"""The boxes of the inbox."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.support.seed import Court
from tests.web.driving import completed, propose, sentences, sign, started
from tests.web_home.people import stands_in


def box(court: Court, login: str, name: str) -> str:
    answer = court.visitor(login).get(f"/inbox/{name}", follow_redirects=True)
    assert answer.status_code == 200
    return sentences(answer.text)


def test_the_inbox_opens_with_what_there_is_to_do(seeded: Court) -> None:
    assert "签收 1 缩短长期未结案件的办理周期" in sentences(seeded.visitor("handler").get("/inbox/").text)


def test_a_box_that_is_not_there_is_not_found(seeded: Court) -> None:
    assert seeded.visitor("handler").get("/inbox/nonsense").status_code == 404


@pytest.mark.parametrize("name", ["to_do", "to_sign", "done", "started", "to_read"])
def test_an_empty_box_says_so(seeded: Court, name: str) -> None:
    assert "没有" in box(seeded, "stranger", name)


def test_a_proposal_is_in_its_proposers_and_its_signers_boxes(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")

    assert "启动整改 签批中" in box(seeded, "handler", "started")
    assert "启动整改 任务1" in box(seeded, "head", "to_sign")
    assert "办理：签收" in box(seeded, "handler", "done")
    sign(seeded, "head")
    assert "没有待您签批的事项。" in box(seeded, "head", "to_sign")
    assert "签批：启动整改" in box(seeded, "head", "done")


def test_each_office_finds_its_own_work(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    completed(seeded, task)

    office = box(seeded, "office", "to_do")
    assert "核验销号" in office
    assert "接收" in office
    assert "核验销号" in box(seeded, "verifier", "to_do")
    assert "接收" not in box(seeded, "office_head", "to_do")


def test_whoever_stands_in_for_an_office_finds_its_work_among_what_there_is_to_do(seeded: Court) -> None:
    task = seeded.tasks[0]
    stands_in(seeded, "stranger")
    assert "没有要您办理的事项。" in box(seeded, "stranger", "to_do")
    started(seeded, task)
    completed(seeded, task)

    words = box(seeded, "stranger", "to_do")
    assert "待办 2" in words
    assert words.index("接收 1 缩短") < words.index("核验销号 1 缩短")


def test_what_was_sent_back_is_among_what_was_done(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    head = seeded.visitor("head")
    number = re.findall(r'name="proposal" id="[^"]+" value="(\d+)"', head.get("/sign").text)[0]
    head.post(f"/proposals/{number}/send-back", data={"revision": "1", "reason": "起止时间不对"})

    assert "退回：启动整改" in box(seeded, "head", "done")
    assert "退回：" not in box(seeded, "handler", "done")


def test_a_signature_that_is_owed_is_no_news(seeded: Court) -> None:
    task = seeded.tasks[0]
    before = box(seeded, "head", "to_read")
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")

    assert "待您签批" not in box(seeded, "head", "to_read")
    assert box(seeded, "head", "to_read").count("待阅") == before.count("待阅")
    assert "待签 1" in box(seeded, "head", "to_read")


def test_notices_are_marked_as_seen_one_by_one_or_all(seeded: Court) -> None:
    client = seeded.visitor("handler")
    assert "待阅 4" in box(seeded, "handler", "to_read")
    page = client.get("/inbox/to_read").text
    number = page.split('name="notice" value="')[1].split('"')[0]

    client.post("/inbox/to_read/seen", data={"notice": [number]})
    assert "待阅 3" in box(seeded, "handler", "to_read")
    client.post("/inbox/to_read/seen", data={"all": "1"})
    assert "待阅 4" not in box(seeded, "handler", "to_read")
    assert "贵部门承担一项新的整改任务" in box(seeded, "handler", "to_read")


def test_nobody_marks_anothers_notices(seeded: Court) -> None:
    number = (
        seeded.visitor("handler").get("/inbox/to_read").text.split('name="notice" value="')[1].split('"')[0]
    )

    seeded.visitor("stranger").post("/inbox/to_read/seen", data={"notice": [number]})

    assert "待阅 4" in box(seeded, "handler", "to_read")


def test_what_is_overdue_stays_to_be_done(seeded: Court) -> None:
    seeded.go_to(date(2026, 6, 20))

    assert "已逾期12天" in box(seeded, "handler", "to_do")
