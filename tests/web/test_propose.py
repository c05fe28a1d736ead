"""Proposing from the forms: nothing typed or uploaded is lost, nothing done twice, every refusal speaks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from storage.drafts import DraftRow, keep_draft
from storage.queries.task.parts import measures
from storage.tables import draft, evidence, notice, proposal, report, step, verdict
from tests.support.seed import Court
from tests.web.driving import (
    completed,
    criteria,
    fields,
    propose,
    sentences,
    sign,
    started,
    upload,
)


def count(court: Court, table: object) -> int:
    with court.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def progress(court: Court, task: int, words: str = "已办结六成") -> dict[str, object]:
    with court.database.read() as connection:
        rows = measures(connection, court.actor("office"), task)
    return {f"m{row.measure}_progress": words for row in rows}


def test_the_work_plan_begins_with_days_from_today_to_the_deadline(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    found = fields(seeded.visitor("handler").get(f"/tasks/{task}/propose/start").text)
    with seeded.database.read() as connection:
        number = measures(connection, seeded.actor("office"), task)[0].measure
    assert found[f"m{number}_first_on"] == "2026-06-01"
    assert found[f"m{number}_last_on"] == "2026-12-15"


def test_a_move_without_a_file_of_its_own_gets_a_document_made_from_the_form(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    with seeded.database.read() as connection:
        row = connection.execute(select(evidence).where(evidence.c.kind == "work_plan")).one()
    page = seeded.visitor("leader").get(f"/evidence/{row.id}")
    assert page.status_code == 200
    assert page.data.startswith(b"PK")
    assert row.file_name == "任务1推进计划20260601.docx"


def test_an_own_file_takes_the_place_of_the_made_one(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    answer = propose(seeded, "handler", task, "start", {"document": upload("推进计划.txt")})
    assert answer.status_code == 303
    with seeded.database.read() as connection:
        names = connection.execute(select(evidence.c.file_name)).scalars().all()
    assert names == ["推进计划.txt"]


def test_progress_is_typed_once_and_begins_the_next_report(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    answer = propose(seeded, "handler", task, "report_mid_term", progress(seeded, task, "完成了一半"))
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("head", "leader"):
        sign(seeded, login)
    found = fields(seeded.visitor("handler").get(f"/tasks/{task}/propose/report_year_end").text)
    assert [value for name, value in found.items() if name.endswith("_progress")] == ["完成了一半"] * 2


def test_what_was_typed_and_uploaded_outlives_a_refusal(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    first, second = criteria(seeded, task)
    typed = {f"proof_{first}": upload("办结清单.txt"), "text": "另附说明"}
    answer = propose(seeded, "handler", task, "complete", typed)
    assert answer.status_code == 422
    assert "核验标准2没有佐证材料。" in sentences(answer.text)
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/complete").text
    assert "办结清单.txt" in page
    assert "另附说明" in page
    answer = propose(seeded, "handler", task, "complete", {f"proof_{second}": upload("规定.txt", b"rule")})
    assert answer.status_code == 303, sentences(answer.text)
    assert count(seeded, draft) == 0
    with seeded.database.read() as connection:
        names = set(connection.execute(select(evidence.c.file_name)).scalars())
    assert {"办结清单.txt", "规定.txt"} <= names


def test_a_draft_can_be_saved_and_thrown_away(seeded: Court) -> None:
    task = seeded.tasks[0]
    typed = {"text": "不应由本部门牵头", "action": "save"}
    answer = propose(seeded, "handler", task, "acknowledge", typed)
    assert answer.headers["Location"] == f"/tasks/{task}/propose/acknowledge"
    assert count(seeded, step) == 0
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/acknowledge").text
    assert "不应由本部门牵头" in page
    propose(seeded, "handler", task, "acknowledge", {"action": "discard"})
    assert count(seeded, draft) == 0


def test_a_draft_is_nobody_elses(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge", {"text": "机密的想法", "action": "save"})
    page = seeded.visitor("head").get(f"/tasks/{task}/propose/acknowledge")
    assert "机密的想法" not in page.text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.txt", b"", "“空.txt”是空的，没有保存。"),
        ("程序.exe", b"MZ", "的类型不在允许之列"),
        ("照片.png", b"not a picture", "的内容不是有效的 png 文件"),
        ("通报.txt", "机密★3年".encode(), "本系统不得存储国家秘密"),
        ("长.txt", b"x" * 3000, "“长.txt”超过 2 KB 的上限，没有保存。"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_rest_is_kept(
    seeded: Court, name: str, data: bytes, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.propose.config", lambda: _Small(seeded))
    task = seeded.tasks[0]
    started(seeded, task)
    first, second = criteria(seeded, task)
    typed = {f"proof_{first}": upload("好的.txt"), f"proof_{second}": upload(name, data), "text": "说明在此"}
    answer = propose(seeded, "handler", task, "complete", typed)
    assert answer.status_code == 422
    assert sentence in sentences(answer.text)
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/complete").text
    assert "好的.txt" in page
    assert "说明在此" in page
    assert count(seeded, proposal) == 1


class _Small:
    """The court's surroundings with room for small files alone."""

    def __init__(self, court: Court) -> None:
        self._config = court.app.extensions["zhenggai"]
        self.file_limit = 2048

    def __getattr__(self, name: str) -> object:
        return getattr(self._config, name)


def test_handing_a_form_in_twice_has_one_effect(seeded_both: Court) -> None:
    court, task = seeded_both, seeded_both.tasks[0]
    propose(court, "handler", task, "acknowledge")
    client = court.visitor("handler")
    data = {**fields(client.get(f"/tasks/{task}/propose/start").text), "action": "submit"}
    first = client.post(f"/tasks/{task}/propose/start", data=data)
    second = client.post(f"/tasks/{task}/propose/start", data=data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert count(court, proposal) == 1
    assert "没有重复办理" in client.get(f"/tasks/{task}").text


def test_a_stale_page_learns_who_was_first_and_when(seeded_both: Court) -> None:
    court, task = seeded_both, seeded_both.tasks[0]
    slow, typed = (
        court.visitor("head"),
        fields(court.visitor("head").get(f"/tasks/{task}/propose/acknowledge").text),
    )
    propose(court, "handler", task, "acknowledge")
    answer = slow.post(f"/tasks/{task}/propose/acknowledge", data={**typed, "action": "submit"})
    assert answer.status_code == 409
    assert re.search(r"慕容竹已于2026年6月1日 10:00先办了“\w+”", sentences(answer.text))
    assert count(court, step) == 1


def test_a_stale_page_speaks_english_to_whoever_reads_it(seeded: Court) -> None:
    task, slow = seeded.tasks[0], seeded.visitor("head")
    slow.post("/language", data={"language": "en"})
    typed = fields(slow.get(f"/tasks/{task}/propose/acknowledge").text)
    propose(seeded, "handler", task, "acknowledge")
    answer = slow.post(f"/tasks/{task}/propose/acknowledge", data={**typed, "action": "submit"})
    assert "慕容竹 was first, at 1 Jun 2026, 10:00" in sentences(answer.text)


def test_a_disputed_assignment_is_raised_with_the_performance_office(seeded: Court) -> None:
    propose(seeded, "handler", seeded.tasks[0], "acknowledge", {"text": "应由行装处牵头"})
    with seeded.database.read() as connection:
        told = connection.execute(
            select(notice.c.person_id).where(notice.c.kind == "assignment_disputed")
        ).scalars()
        assert set(told) == {seeded.people["office"]}


def test_a_form_that_cannot_be_opened_says_why(seeded: Court) -> None:
    client = seeded.visitor("handler")
    answer = client.get(f"/tasks/{seeded.tasks[0]}/propose/start")
    assert answer.status_code == 422
    assert "部门还没有签收任务。" in answer.text
    assert client.get(f"/tasks/{seeded.tasks[0]}/propose/verify").status_code == 403
    assert client.get(f"/tasks/{seeded.tasks[0]}/propose/fly").status_code == 404


def test_a_revision_voids_the_signatures_visibly(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    sign(seeded, "head")
    client = seeded.visitor("handler")
    page = client.get("/proposals/1/revise")
    assert "已有的签批全部作废" in page.text
    data = {**fields(page.text), "action": "submit", "text": "调整了安排"}
    assert client.post("/proposals/1/revise", data=data).status_code == 303
    assert client.post("/proposals/1/revise", data=data).status_code == 303
    shown = sentences(client.get(f"/tasks/{task}").text)
    assert "提请已修改，此签批作废" in shown
    assert "第2稿" in shown
    assert "第3稿" not in shown
    assert "修改提请" in sentences(client.get("/proposals/1").text)


def test_a_proposal_can_be_withdrawn_until_somebody_signed(seeded: Court) -> None:
    task, client = seeded.tasks[0], seeded.visitor("handler")
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    assert client.post("/proposals/1/withdraw", data={"revision": "1"}).status_code == 303
    assert "已撤回" in client.get(f"/tasks/{task}").text
    propose(seeded, "handler", task, "start")
    sign(seeded, "head")
    answer = client.post("/proposals/2/withdraw", data={"revision": "1"})
    assert answer.status_code == 422
    assert "宇文兰已于2026年6月1日 10:00签批，不能再撤回" in sentences(answer.text)


def test_a_signer_sends_back_with_a_reason_and_not_without(seeded: Court) -> None:
    task, client = seeded.tasks[0], seeded.visitor("head")
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    answer = client.post("/proposals/1/send-back", data={"revision": "1", "reason": " "})
    assert answer.status_code == 422
    assert "请写明退回的理由。" in answer.text
    data = {"revision": "7", "reason": "措施太笼统"}
    answer = client.post("/proposals/1/send-back", data=data)
    assert answer.status_code == 409
    assert "措施太笼统</textarea>" in answer.text
    data["revision"] = "1"
    assert client.post("/proposals/1/send-back", data=data).status_code == 303
    shown = seeded.visitor("handler").get(f"/tasks/{task}").text
    assert "措施太笼统" in shown


def test_year_end_says_of_every_criterion_whether_it_is_done(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    first, second = criteria(seeded, task)
    typed = {**progress(seeded, task), f"c{first}_verdict": "met", f"c{second}_verdict": "partly"}
    answer = propose(seeded, "handler", task, "report_year_end", typed)
    assert "核验标准2未完成，请写明原因、下一步和预计完成日。" in sentences(answer.text)
    typed |= {
        f"c{second}_why": "鉴定未完",
        f"c{second}_next_step": "督促",
        f"c{second}_expected_on": "2027-01-15",
    }
    answer = propose(seeded, "handler", task, "report_year_end", typed)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("head", "leader"):
        sign(seeded, login)
    assert count(seeded, report) == 1
    assert count(seeded, verdict) == 2


def test_a_report_is_received_under_a_number_or_returned_with_a_new_day(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    for _ in range(2):
        propose(seeded, "handler", task, "report_mid_term", progress(seeded, task))
        for login in ("head", "leader"):
            sign(seeded, login)
        if count(seeded, report) == 1:
            answer = propose(seeded, "office", task, "return_report", {"text": "数据不全"})
            assert answer.status_code == 303, sentences(answer.text)
    answer = propose(seeded, "office", task, "receive_report")
    assert answer.status_code == 303, sentences(answer.text)
    page = sentences(seeded.visitor("handler").get(f"/tasks/{task}").text)
    assert "退回补报，新时限2026年6月15日（周一）" in page
    receipt = seeded.visitor("handler").get("/reports/2/receipt")
    assert "接收〔2026〕1号" in receipt.text
    assert seeded.visitor("handler").get("/reports/1/receipt").status_code == 404


def test_evidence_of_this_round_is_attached_again_by_itself(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    first, second = criteria(seeded, task)
    typed = {**progress(seeded, task), f"proof_{first}": upload("清单.txt")}
    propose(seeded, "handler", task, "report_mid_term", typed)
    for login in ("head", "leader"):
        sign(seeded, login)
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/complete").text
    used = re.findall(r'name="use"[^>]+value="(\d+)" checked', page)
    assert len(used) == 1
    typed = {"use": used, f"proof_{second}": upload("规定.txt", b"rule")}
    answer = propose(seeded, "handler", task, "complete", typed)
    assert answer.status_code == 303, sentences(answer.text)


def test_evidence_may_be_an_address_or_a_document_kept_elsewhere(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    first, second = criteria(seeded, task)
    typed = {
        "action": "save",
        "add_address": "https://court.example/notice",
        "add_address_title": "公告",
        "add_proves": f"criterion:{first}",
    }
    assert propose(seeded, "handler", task, "complete", typed).status_code == 303
    typed = {"add_number": "试高法〔2026〕9号", "add_proves": f"criterion:{second}"}
    answer = propose(seeded, "handler", task, "complete", typed)
    assert "备查材料要写全文号、存放处和保管人。" in sentences(answer.text)
    typed |= {"add_place": "档案室", "add_custodian": "令狐棠", "add_document": "规定原件"}
    answer = propose(seeded, "handler", task, "complete", typed)
    assert answer.status_code == 303, sentences(answer.text)
    with seeded.database.read() as connection:
        rows = connection.execute(select(evidence.c.kind, evidence.c.address, evidence.c.custodian)).all()
    assert ("proof", "https://court.example/notice", None) in rows
    assert ("proof", None, "令狐棠") in rows


@pytest.mark.parametrize("address", ["javascript:alert(1)", "court.example", "https://a b", "ftp://court"])
def test_an_address_that_is_none_is_refused(seeded: Court, address: str) -> None:
    started(seeded, seeded.tasks[0])
    answer = propose(seeded, "handler", seeded.tasks[0], "complete", {"add_address": address})
    assert "网址要以 https:// 或 http:// 开头" in sentences(answer.text)


def test_a_rework_begins_a_new_round_with_the_original_day_kept(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    completed(seeded, task)
    first, second = criteria(seeded, task)
    typed = {
        "text": "规定尚未印发",
        f"c{first}_verdict": "met",
        f"c{second}_verdict": "not_met",
        f"c{second}_note": "只有征求意见稿",
        "new_due_on": "2026-12-25",
    }
    answer = propose(seeded, "verifier", task, "rework", typed)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("office_head", "performance_leader"):
        assert sign(seeded, login).status_code == 200
    page = sentences(seeded.visitor("handler").get(f"/tasks/{task}").text)
    assert "第2轮" in page
    assert "原定2026年12月15日" in page
    assert "只有征求意见稿" in page
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/complete").text
    assert len(re.findall(r'name="use"[^>]+ checked', page)) == 1


def test_who_handed_in_evidence_does_not_verify_it(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    completed(seeded, seeded.tasks[0])
    answer = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}/propose/verify")
    assert answer.status_code == 403


def test_suspending_and_resuming_leads_back(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    typed = {"text": "等待立法", "ends_on": "2026-09-01"}
    assert propose(seeded, "handler", task, "suspend", typed).status_code == 303
    for login in ("head", "office_head", "leader"):
        assert sign(seeded, login).status_code == 200
    assert "暂缓前" in seeded.visitor("handler").get(f"/tasks/{task}").text
    answer = propose(seeded, "handler", task, "report_mid_term", progress(seeded, task))
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("head", "leader"):
        sign(seeded, login)
    assert propose(seeded, "handler", task, "resume").status_code == 303
    for login in ("head", "leader"):
        assert sign(seeded, login).status_code == 200
    assert "暂缓前" not in seeded.visitor("handler").get(f"/tasks/{task}").text


def test_a_finding_supersedes_the_open_proposal(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    completed(seeded, task)
    verdicts = {f"c{number}_verdict": "met" for number in criteria(seeded, task)}
    propose(seeded, "verifier", task, "verify", verdicts)
    for login in ("office_head", "leader"):
        sign(seeded, login)
    typed = {"text": "涉密", "ref_basis": "保密法第九条"}
    answer = propose(seeded, "handler", task, "withhold", typed)
    assert answer.status_code == 303, sentences(answer.text)
    finding: dict[str, object] = {"text": "仍有积案", "ref_source": "督察", "attached": upload("线索.txt")}
    answer = propose(seeded, "office", task, "reopen", finding)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("office_head", "performance_leader"):
        assert sign(seeded, login).status_code == 200
    page = sentences(seeded.visitor("leader").get(f"/tasks/{task}").text)
    assert "已终止" in page
    assert "第2轮" in page


def test_a_cancellation_needs_the_decision(seeded: Court) -> None:
    task = seeded.tasks[0]
    answer = propose(seeded, "office", task, "cancel", {"text": "任务已无必要"})
    assert "缺少材料：会议纪要或决定。" in sentences(answer.text)
    answer = propose(seeded, "office", task, "cancel", {"attached": upload("纪要.txt")})
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("office_head", "leader", "performance_leader"):
        assert sign(seeded, login).status_code == 200
    assert "已撤销" in seeded.visitor("handler").get(f"/tasks/{task}").text


def test_one_publication_serves_several_tasks(seeded: Court) -> None:
    first, second = seeded.tasks[0], seeded.tasks[3]
    for task in (first, second):
        started(seeded, task)
        completed(seeded, task)
        verdicts = {f"c{number}_verdict": "met" for number in criteria(seeded, task)}
        propose(seeded, "verifier", task, "verify", verdicts)
        for login in ("office_head", "leader"):
            sign(seeded, login)
    typed = {"text": "两项任务均已完成", "add_address": "https://court.example/1", "also": [str(second)]}
    answer = propose(seeded, "publicity", first, "publicize", typed)
    assert "已提请2项，共2项。" in sentences(answer.text)
    page = seeded.visitor("publicity").get(f"/tasks/{second}").text
    assert "正在签批：公开" in page
    for login in ("head", "reviewer", "leader"):
        sign(seeded, login)
    assert "已公开" in seeded.visitor("publicity").get(f"/tasks/{second}").text


def test_a_plan_day_cannot_lie_behind_the_deadline(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    with seeded.database.read() as connection:
        number = measures(connection, seeded.actor("office"), task)[0].measure
    answer = propose(seeded, "handler", task, "start", {f"m{number}_last_on": date(2027, 1, 1).isoformat()})
    assert "措施1的结束日期晚于时限（2026年12月15日（周二））。" in sentences(answer.text)


def test_a_proposal_that_came_back_is_the_beginning_of_the_next(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    first, second = criteria(seeded, task)
    typed = {
        f"proof_{first}": upload("清单.txt"),
        f"proof_{second}": upload("规定.txt", b"rule"),
        "document": upload("自拟报告.txt", b"own"),
        "text": "请予核验",
        f"c{first}_note": "全部办结",
    }
    assert propose(seeded, "handler", task, "complete", typed).status_code == 303
    data = {"revision": "1", "reason": "清单不全"}
    assert seeded.visitor("head").post("/proposals/2/send-back", data=data).status_code == 303
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/complete").text
    assert "清单不全" in page
    assert "自拟报告.txt" in page
    assert fields(page)[f"c{first}_note"] == "全部办结"
    used = re.findall(r'name="use"[^>]+value="(\d+)" checked', page)
    assert len(used) == 2
    answer = propose(seeded, "handler", task, "complete", {"use": used})
    assert answer.status_code == 303, sentences(answer.text)
    shown = sentences(seeded.visitor("head").get("/proposals/3").text)
    assert "自拟报告" in shown
    assert "系统按填写内容生成" not in shown


def test_an_own_document_outlives_a_revision_and_a_made_one_is_made_anew(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start", {"document": upload("自拟计划.txt")})
    client = seeded.visitor("handler")
    page = client.get("/proposals/1/revise").text
    assert "自拟计划.txt" in page
    data = {**fields(page), "action": "submit", "text": "补充"}
    assert client.post("/proposals/1/revise", data=data).status_code == 303
    assert "自拟计划" in client.get("/proposals/1").text
    other = seeded.tasks[3]
    propose(seeded, "handler", other, "acknowledge")
    propose(seeded, "handler", other, "start")
    assert "系统按填写内容生成" in client.get("/proposals/2").text
    data = {**fields(client.get("/proposals/2/revise").text), "action": "submit", "text": "补充"}
    assert client.post("/proposals/2/revise", data=data).status_code == 303
    kinds = re.findall(r'claim-kind">([^<]+)', client.get("/proposals/2").text)
    assert kinds == ["推进计划"]


def test_a_draft_left_behind_by_a_second_click_does_not_block_the_next(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    with seeded.database.write() as connection:
        key = connection.execute(select(proposal.c.key)).scalar_one()
        left = DraftRow('{"fields": {}, "kept": [], "used": []}', key, seeded.clock.now)
        keep_draft(connection, seeded.actor("handler"), task, "start", left)
    seeded.visitor("head").post("/proposals/1/send-back", data={"revision": "1", "reason": "太粗"})
    assert propose(seeded, "handler", task, "start").status_code == 303
    assert count(seeded, proposal) == 2


def test_a_move_that_ends_another_says_so_beforehand(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    page = seeded.visitor("office").get(f"/tasks/{task}/propose/cancel").text
    assert "正在签批的“启动整改”随即终止" in page
