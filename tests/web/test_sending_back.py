"""A signer chooses where a proposal goes back to; an exception to independence is seen by everybody."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import insert

from storage.queries.task.history import revisions
from storage.tables import position
from tests.support.seed import Court
from tests.web.driving import completed, criteria, fields, propose, sentences, sign, started


def before_the_leader(court: Court) -> int:
    """Bring a task's start to where the responsible leader is to sign it."""
    task = court.tasks[0]
    propose(court, "handler", task, "acknowledge")
    propose(court, "handler", task, "start")
    sign(court, "head")
    return task


def send_back(court: Court, stage: str, reason: str = "起止时间不对。") -> str:
    client = court.visitor("leader")
    page = client.get("/proposals/1").text
    data = {**fields(page), "reason": reason, "to_stage": stage}
    return client.post("/proposals/1/send-back", data=data, follow_redirects=True).text


def test_a_signer_chooses_between_the_proposer_and_an_earlier_stage(seeded: Court) -> None:
    before_the_leader(seeded)
    page = seeded.visitor("leader").get("/proposals/1").text
    assert "退到哪里" in page
    assert re.findall(r'name="to_stage" id="[^"]*" value="(\d*)"( checked)?', page) == [
        ("", " checked"),
        ("0", ""),
    ]
    assert "部门负责人重签，提请保留" in sentences(page)


def test_the_first_signer_is_asked_for_nothing_more_than_before(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    page = seeded.visitor("head").get("/proposals/1").text
    assert "send-back" in page
    assert "to_stage" not in page


def test_sent_back_a_stage_it_stays_open_and_the_void_signature_is_shown_with_the_reason(
    seeded: Court,
) -> None:
    task = before_the_leader(seeded)
    said = sentences(send_back(seeded, "0"))
    assert "已退回前面的环节重签" in said
    assert "退回部门负责人重签" in said
    assert "起止时间不对。" in said
    page = sentences(seeded.visitor("handler").get("/proposals/1").text)
    assert "待签： 宇文兰" in page
    assert "退回前面的环节重签，此签批作废" in page
    sheet = sentences(seeded.visitor("handler").get("/proposals/1/sheet").text)
    assert sheet.count("签名：") == 2
    assert sign(seeded, "head").status_code == 200
    assert sign(seeded, "leader").status_code == 200
    page = sentences(seeded.visitor("handler").get(f"/tasks/{task}").text)
    assert "整改中" in page
    assert page.count("签批了 启动整改") == 3
    assert "退回前面的环节重签，此签批作废" in page


def test_who_sent_it_back_and_who_signs_anew_find_it_where_they_look(seeded: Court) -> None:
    before_the_leader(seeded)
    send_back(seeded, "0")
    assert "退回：启动整改" in sentences(seeded.visitor("leader").get("/inbox/done").text)
    assert "已作废" in sentences(seeded.visitor("head").get("/inbox/done").text)
    assert "签批已作废" in sentences(seeded.visitor("head").get("/inbox/to_read").text)
    assert "启动整改" in sentences(seeded.visitor("head").get("/sign").text)
    assert "退回提请 启动整改 任务1" in sentences(seeded.visitor("inspector").get("/inspector/").text)


def test_what_was_signed_before_a_revision_stays_as_given_to_that_digest(seeded: Court) -> None:
    task = before_the_leader(seeded)
    client = seeded.visitor("handler")
    page = client.get("/proposals/1/revise").text
    client.post("/proposals/1/revise", data={**fields(page), "action": "submit", "text": "补充"})
    sign(seeded, "head")
    page = sentences(client.get(f"/tasks/{task}").text)
    with seeded.database.read() as connection:
        first, second = (row.digest for row in revisions(connection, seeded.actor("office"), task))
    assert f"签批了 启动整改 第1稿 {first[:12]} “同意” 提请已修改，此签批作废" in page
    assert f"签批了 启动整改 第2稿 {second[:12]}" in page


def test_a_stage_that_nobody_signed_is_refused_with_a_sentence(seeded: Court) -> None:
    before_the_leader(seeded)
    assert "只能退回到在您之前已有人签过的环节" in send_back(seeded, "7")
    assert "没有办成" not in send_back(seeded, "")


def in_charge(court: Court, *departments: str) -> None:
    """Let the task's responsible leader be in charge of departments."""
    held = {"role": "responsible_leader", "from_on": date(2026, 1, 1), "organisation_id": court.organisation}
    with court.database.write() as connection:
        for name in departments:
            row = {"person_id": court.people["leader"], "department_id": court.departments[name]}
            connection.execute(insert(position), held | row)


def handed_in(court: Court) -> tuple[int, dict[str, str]]:
    task = court.tasks[0]
    started(court, task)
    completed(court, task)
    return task, {f"c{number}_verdict": "met" for number in criteria(court, task)}


def test_a_verifier_under_the_same_leader_learns_who_could_verify_instead(seeded: Court) -> None:
    task, _ = handed_in(seeded)
    in_charge(seeded, "政治部")
    page = sentences(seeded.visitor("verifier").get(f"/tasks/{task}/propose/verify").text)
    assert "您所在部门由本任务的责任领导分管" in page
    assert "呼延桐没有这种关系，请由其提请" in page


def test_where_nobody_else_could_verify_the_exception_is_said_signed_and_kept(seeded: Court) -> None:
    task, judged = handed_in(seeded)
    in_charge(seeded, "政治部", "机关党委")
    form = sentences(seeded.visitor("verifier").get(f"/tasks/{task}/propose/verify").text)
    assert "回避例外：您所在部门由本任务的责任领导分管" in form
    assert propose(seeded, "verifier", task, "verify", judged).status_code == 303
    exception = "回避例外 提请人所在部门由本任务的责任领导分管；没有别的人可以提请。"
    assert exception in sentences(seeded.visitor("office_head").get("/sign").text)
    number = re.findall(r"/proposals/(\d+)", seeded.visitor("office").get(f"/tasks/{task}").text)[0]
    assert exception in sentences(seeded.visitor("office").get(f"/proposals/{number}/sheet").text)
    for login in ("office_head", "leader"):
        assert sign(seeded, login).status_code == 200
    page = sentences(seeded.visitor("inspector").get(f"/tasks/{task}").text)
    assert "已核验" in page
    assert exception in page
