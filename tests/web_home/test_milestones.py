"""The performance office's board: who has handed in what, urging, receiving, deciding, files."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import docx
import openpyxl
import pytest
from sqlalchemy import insert, select

from storage.queries.milestone_board import Box, owed
from storage.queries.task.parts import measures
from storage.tables import audit_entry, deadline, notice, outbox, rung, to_do
from tests.support.seed import Court
from tests.web.driving import completed, propose, sentences, sign, started
from tests.web_home.people import also_holds

MID_TERM = "/milestones/1/mid_term_report"


def numbers(court: Court, kind: str = "mid_term_report") -> dict[str, int]:
    page = sentences(court.visitor("office").get(f"/milestones/1/{kind}").text)
    words = ("应报", "已报", "待接收", "已接收", "已退回", "未报", "逾期未报")
    found = {}
    for word in words:
        match = re.search(rf"(\d+) {word} ", page)
        found[word] = int(match.group(1)) if match else -1
    return found


def told(court: Court, kind: str) -> list[dict[str, object]]:
    with court.database.read() as connection:
        rows = connection.execute(select(notice).where(notice.c.kind == kind).order_by(notice.c.id))
        return [dict(row) for row in rows.mappings()]


def reported(court: Court) -> int:
    """A task whose completion counts as both reports."""
    task = court.tasks[0]
    started(court, task)
    completed(court, task)
    return task


def test_every_number_is_a_list(seeded: Court) -> None:
    reported(seeded)

    assert numbers(seeded) == {
        "应报": 4,
        "已报": 1,
        "待接收": 1,
        "已接收": 0,
        "已退回": 0,
        "未报": 3,
        "逾期未报": 0,
    }
    for box, count in (("due", 4), ("handed_in", 1), ("pending", 1), ("received", 0), ("missing", 3)):
        page = seeded.visitor("office").get(f"{MID_TERM}?box={box}").text
        assert page.count('class="task-name"') == count


def test_a_report_is_late_once_its_day_has_passed(seeded: Court) -> None:
    seeded.go_to(date(2026, 8, 17))

    assert numbers(seeded)["逾期未报"] == 4
    assert "逾期" in sentences(seeded.visitor("office").get(f"{MID_TERM}?box=late").text)


def test_selected_reports_are_received_in_one_go_with_a_receipt_each(seeded: Court) -> None:
    reported(seeded)
    client = seeded.visitor("office")
    page = client.get(f"{MID_TERM}?box=pending").text
    chosen = re.findall(r'name="report" value="([^"]+)"', page)

    answer = client.post(f"{MID_TERM}/receive", data={"report": chosen}, follow_redirects=True)

    assert "已接收1份，共1份。" in sentences(answer.text)
    assert numbers(seeded)["已接收"] == 1
    with seeded.database.read() as connection:
        (item,) = (
            found
            for found in owed(connection, seeded.actor("office"), 1, "mid_term_report")
            if found.report is not None
        )
    assert item.receipt
    assert item.by_completion
    assert Box.RECEIVED in item.boxes(date(2026, 6, 1))


def test_whoever_may_not_receive_a_report_is_told_who_does(seeded: Court) -> None:
    reported(seeded)
    page = seeded.visitor("office_head").get(f"{MID_TERM}?box=pending").text
    assert "由院绩效办工作人员接收" in page
    assert 'name="report"' not in page
    assert "接收所选报告" not in page
    also_holds(seeded, "office", "审判管理办公室", "performance_office")
    page = seeded.visitor("office").get(f"{MID_TERM}?box=pending").text
    assert "本部门牵头，由代行人接收" in page
    assert "接收所选报告" not in page


def test_receiving_twice_has_one_effect(seeded: Court) -> None:
    reported(seeded)
    client = seeded.visitor("office")
    chosen = re.findall(r'name="report" value="([^"]+)"', client.get(f"{MID_TERM}?box=pending").text)
    for _ in range(2):
        client.post(f"{MID_TERM}/receive", data={"report": chosen})

    assert numbers(seeded)["已接收"] == 1
    assert len(told(seeded, "report_received")) <= 2


@pytest.mark.parametrize("chosen", ["1-1-1", "999-1-1", "x", "1-999-1", ""])
def test_what_cannot_be_received_says_why_and_changes_nothing(seeded: Court, chosen: str) -> None:
    answer = seeded.visitor("office").post(
        f"{MID_TERM}/receive", data={"report": [chosen]}, follow_redirects=True
    )

    assert answer.status_code in {404, 409, 422}
    assert "已接收0份，共1份。" in sentences(answer.text)
    assert "未办" in sentences(answer.text)
    assert numbers(seeded)["已接收"] == 0


def test_nothing_ticked_is_said(seeded: Court) -> None:
    answer = seeded.visitor("office").post(f"{MID_TERM}/receive", follow_redirects=True)

    assert "请先勾选要接收的报告。" in sentences(answer.text)


def test_urging_tells_each_missing_department_once_a_day(seeded: Court) -> None:
    client = seeded.visitor("office")
    first = client.post(f"{MID_TERM}/urge", follow_redirects=True)
    second = client.post(f"{MID_TERM}/urge", follow_redirects=True)

    assert "已催办：审判管理办公室。" in sentences(first.text)
    assert "今天已经催办过，没有重复通知：审判管理办公室。" in sentences(second.text)
    rows = told(seeded, "urged")
    assert {row["person_id"] for row in rows} == {seeded.people["handler"], seeded.people["head"]}
    assert len(rows) == 2
    assert json.loads(str(rows[0]["params"]))["numbers"] == "1,2,3,4"
    assert "机关党委催办：任务1、2、3、4的中期进度报送尚未报送" in sentences(
        seeded.visitor("handler").get("/inbox/to_read").text
    )


def test_the_next_day_one_may_urge_again(seeded: Court) -> None:
    seeded.visitor("office").post(f"{MID_TERM}/urge")
    seeded.go_to(date(2026, 6, 2))
    seeded.visitor("office").post(f"{MID_TERM}/urge")

    assert len(told(seeded, "urged")) == 4


def test_an_urge_goes_out_at_once_and_is_recorded(seeded: Court) -> None:
    seeded.visitor("office").post(f"{MID_TERM}/urge")

    with seeded.database.read() as connection:
        urged = [row["id"] for row in told(seeded, "urged")]
        mails = connection.execute(select(outbox.c.notice_id).where(outbox.c.notice_id.in_(urged))).all()
        body = connection.execute(
            select(audit_entry.c.body).where(audit_entry.c.action == "urge")
        ).scalar_one()
    assert len(mails) == 2
    assert json.loads(body)["references"]["departments"] == [seeded.departments["审判管理办公室"]]


def test_whoever_handed_in_is_not_urged(seeded: Court) -> None:
    reported(seeded)
    seeded.visitor("office").post(f"{MID_TERM}/urge")

    assert json.loads(str(told(seeded, "urged")[0]["params"]))["numbers"] == "2,3,4"


def test_only_the_performance_office_opens_the_board(seeded: Court) -> None:
    for login in ("handler", "leader", "inspector", "administrator"):
        assert seeded.visitor(login).get("/milestones/").status_code == 403
        assert seeded.visitor(login).post(f"{MID_TERM}/urge").status_code == 403


def test_a_date_that_is_not_there_is_not_found(seeded: Court) -> None:
    client = seeded.visitor("office")

    assert client.get("/milestones/99/mid_term_report").status_code == 404
    assert client.get("/milestones/1/survey").status_code == 404
    assert client.post("/milestones/99/mid_term_report/urge").status_code == 404
    assert client.get(f"{MID_TERM}/summary.pdf").status_code == 404


def test_the_summary_can_be_taken_away_as_a_table_and_as_a_report(seeded: Court) -> None:
    reported(seeded)
    client = seeded.visitor("office")
    table = client.get(f"{MID_TERM}/summary.xlsx")
    report = client.get(f"{MID_TERM}/summary.docx")

    sheet = openpyxl.load_workbook(io.BytesIO(table.data)).active
    assert sheet is not None
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "缩短长期未结案件的办理周期" in cells
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(report.data)).paragraphs)
    assert "2026年度执法办案突出问题整改工作方案" in words
    assert "filename*=UTF-8''" in report.headers["Content-Disposition"]


def left_to_decide(court: Court, kind: str = "ask_inspector") -> int:
    """A to-do as the ladder leaves it five working days after the day."""
    with court.database.write() as connection:
        clock = connection.execute(
            select(deadline.c.id).where(
                deadline.c.task_id == court.tasks[0], deadline.c.kind == "acknowledge"
            )
        ).scalar_one()
        at = court.clock()
        common = {"organisation_id": court.organisation}
        reached = connection.execute(
            insert(rung)
            .values(
                **common,
                deadline_id=clock,
                version=1,
                visit=1,
                rung="after_5",
                planned_on=date(2026, 6, 15),
                due_at=at,
                resolved_at=at,
                outcome="fired",
            )
            .returning(rung.c.id)
        ).scalar_one()
        return int(
            connection.execute(
                insert(to_do)
                .values(
                    **common,
                    task_id=court.tasks[0],
                    rung_id=reached,
                    role="performance_office",
                    kind=kind,
                    created_at=at,
                )
                .returning(to_do.c.id)
            ).scalar_one()
        )


def test_asking_the_inspector_tells_the_inspector_at_once(seeded: Court) -> None:
    seeded.go_to(date(2026, 6, 16))
    number = left_to_decide(seeded)
    client = seeded.visitor("office")
    assert "提请督察室关注？" in sentences(client.get("/milestones/").text)

    answer = client.post(f"/milestones/to_do/{number}", data={"outcome": "asked"}, follow_redirects=True)

    assert "已记录决定：提请督察室关注。" in sentences(answer.text)
    assert "请您决定" not in sentences(answer.text)
    (row,) = (r for r in told(seeded, "raised") if r["cause"] == f"to_do:{number}")
    assert (row["person_id"], row["urgent"]) == (seeded.people["inspector"], True)
    words = sentences(seeded.visitor("inspector").get("/inbox/to_read").text)
    assert "院绩效办提请督察室关注：签收已逾期8天。" in words
    assert "提请督察室关注 任务1" in sentences(seeded.visitor("inspector").get("/inspector/").text)


def test_not_now_tells_nobody(seeded: Court) -> None:
    number = left_to_decide(seeded)

    seeded.visitor("office").post(f"/milestones/to_do/{number}", data={"outcome": "not_asked"})

    assert [row for row in told(seeded, "raised") if row["cause"] == f"to_do:{number}"] == []


def test_a_decision_is_made_once(seeded: Court) -> None:
    number = left_to_decide(seeded)
    client = seeded.visitor("office")
    client.post(f"/milestones/to_do/{number}", data={"outcome": "not_asked"})

    answer = client.post(f"/milestones/to_do/{number}", data={"outcome": "asked"}, follow_redirects=True)

    assert "这个事项已经决定过（暂不提请）。" in sentences(answer.text)
    assert [row for row in told(seeded, "raised") if row["cause"] == f"to_do:{number}"] == []


def test_a_choice_that_is_none_is_refused(seeded: Court) -> None:
    number = left_to_decide(seeded)

    answer = seeded.visitor("office").post(
        f"/milestones/to_do/{number}", data={"outcome": "chased"}, follow_redirects=True
    )

    assert "没有这样的决定可选。" in sentences(answer.text)


def test_nobody_decides_that_their_own_departments_delay_stays_unknown(seeded: Court) -> None:
    number = left_to_decide(seeded)
    also_holds(seeded, "office", "审判管理办公室", "handler")
    client = seeded.visitor("office")
    assert "暂不提请" not in client.get("/milestones/").text

    client.post(f"/milestones/to_do/{number}", data={"outcome": "not_asked"})
    with seeded.database.read() as connection:
        assert connection.execute(select(to_do.c.outcome)).scalar_one() is None

    client.post(f"/milestones/to_do/{number}", data={"outcome": "asked"})
    with seeded.database.read() as connection:
        assert connection.execute(select(to_do.c.outcome)).scalar_one() == "asked"


def test_what_the_own_department_did_is_not_among_what_one_has_to_do(seeded: Court) -> None:
    reported(seeded)
    assert "核验销号" in sentences(seeded.visitor("office").get("/inbox/").text)
    also_holds(seeded, "office", "审判管理办公室", "handler")
    also_holds(seeded, "verifier", "行装处", "handler")

    words = sentences(seeded.visitor("office").get("/inbox/").text)
    assert "核验销号" not in words
    assert "接收" not in words
    assert "核验销号" not in sentences(seeded.visitor("verifier").get("/inbox/").text)


def test_the_head_of_the_office_decides_as_well(seeded: Court) -> None:
    left_to_decide(seeded)

    assert "提请督察室关注？" in sentences(seeded.visitor("office_head").get("/milestones/").text)


def test_a_to_do_of_nobody_is_not_found(seeded: Court) -> None:
    assert seeded.visitor("office").post("/milestones/to_do/99", data={"outcome": "asked"}).status_code == 404


def test_board_urge_and_decision_hold_on_both_databases(seeded_both: Court) -> None:
    client = seeded_both.visitor("office")
    assert numbers(seeded_both)["未报"] == 4
    client.post(f"{MID_TERM}/urge")
    client.post(f"{MID_TERM}/urge")
    assert len(told(seeded_both, "urged")) == 2
    number = left_to_decide(seeded_both)
    client.post(f"/milestones/to_do/{number}", data={"outcome": "asked"})
    assert [row["person_id"] for row in told(seeded_both, "raised")] == [seeded_both.people["inspector"]]


def filed(court: Court, task: int) -> None:
    """Hand in the mid-term report of a task, signed by everybody who has to."""
    with court.database.read() as connection:
        rows = measures(connection, court.actor("office"), task)
    said = {f"m{row.measure}_progress": "已办结六成" for row in rows}
    answer = propose(court, "handler", task, "report_mid_term", said)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("head", "leader"):
        sign(court, login)


@pytest.mark.parametrize(("again", "late"), [(date(2026, 8, 20), False), (date(2026, 8, 25), True)])
def test_a_report_returned_with_a_new_day_is_late_only_after_that_day(
    seeded: Court, again: date, *, late: bool
) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    seeded.go_to(date(2026, 8, 12))
    filed(seeded, task)
    new_day = {"text": "数据不全", "new_due_on": "2026-08-21"}
    assert propose(seeded, "office", task, "return_report", new_day).status_code == 303

    seeded.go_to(again)
    filed(seeded, task)

    page = sentences(seeded.visitor("office").get(f"{MID_TERM}?box=handed_in").text)
    assert ("迟报" in page) is late


def test_a_number_is_red_only_once_something_is_overdue(seeded: Court) -> None:
    assert 'class="bad"' not in seeded.visitor("office").get(MID_TERM).text

    seeded.go_to(date(2026, 8, 17))

    assert 'class="bad"' in seeded.visitor("office").get(MID_TERM).text
