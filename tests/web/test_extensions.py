"""More time asked for, signed and seen on the same pages as everything else."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from storage.queries.task.parts import measures
from storage.tables import deadline, extension, task
from tests.support.seed import Court
from tests.web.driving import fields, propose, sentences, sign, started, upload

DUE = date(2026, 12, 15)
ASKED: dict[str, object] = {
    "text": "供应商推迟交货",
    "ref_category": "outsiders",
    "new_due_on": "2027-01-10",
}


def asked(court: Court, **changed: object) -> None:
    """Bring the first task into work and ask for more time."""
    number = court.tasks[0]
    started(court, number)
    answer = propose(court, "handler", number, "grant", {**ASKED, "attached": upload("来函.txt"), **changed})
    assert answer.status_code == 303, sentences(answer.text)


def page(court: Court, login: str = "handler") -> str:
    """Give the words of the task's page."""
    return sentences(court.visitor(login).get(f"/tasks/{court.tasks[0]}").text)


def test_the_handler_finds_the_button_and_the_form_names_the_present_day(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    assert "申请延期" in page(seeded)
    assert "申请延期" not in page(seeded, "leader")
    found = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}/propose/grant")
    assert "现在的时限：2026年12月15日（周二）。" in sentences(found.text)
    assert fields(found.text)["new_due_on"] == ""


def test_it_is_signed_like_any_other_proposal_and_the_task_has_a_new_day(seeded: Court) -> None:
    asked(seeded)
    waiting = sentences(seeded.visitor("head").get("/sign").text)
    assert "延期申请 · 任务1" in waiting
    assert "时限由2026年12月15日（周二）延至2027年1月10日（周日），延长26天（外部单位）" in waiting
    assert "原因类别 外部单位" in waiting
    assert "正在签批：延期申请" in page(seeded)
    for login in ("head", "office_head", "leader"):
        assert sign(seeded, login).status_code == 200, login
    with seeded.database.read() as connection:
        row = connection.execute(select(task).where(task.c.id == seeded.tasks[0])).one()
        clock = connection.execute(
            select(deadline).where(deadline.c.task_id == row.id, deadline.c.kind == "completion")
        ).one()
    assert (row.due_on, row.original_due_on) == (date(2027, 1, 10), DUE)
    assert (clock.due_on, clock.original_due_on, clock.version) == (date(2027, 1, 10), DUE, 2)
    shown = page(seeded)
    assert "已延期1次，累计26天。 原定2026年12月15日（周二）" in shown
    assert "延期申请 办结 已申请延期 → 同意延期" in shown


def test_both_proposals_of_a_task_are_shown_and_signed_on_one_page(seeded: Court) -> None:
    asked(seeded)
    number = seeded.tasks[0]
    with seeded.database.read() as connection:
        rows = measures(connection, seeded.actor("office"), number)
    progress = {f"m{row.measure}_progress": "办了一半" for row in rows}
    answer = propose(seeded, "handler", number, "report_mid_term", progress)
    assert answer.status_code == 303, sentences(answer.text)
    shown = page(seeded, "head")
    assert "正在签批：报送中期进度" in shown
    assert "正在签批：延期申请" in shown
    ledger = seeded.visitor("head").get("/ledger/").text
    assert ledger.count(f'href="/tasks/{number}"') == 1, "two open proposals are one task"
    assert sentences(sign(seeded, "head").text).count("任务1") >= 2


def test_the_boxes_of_an_inbox_tell_of_it(seeded: Court) -> None:
    asked(seeded)
    started_box = sentences(seeded.visitor("handler").get("/inbox/started").text)
    assert "延期申请 签批中" in started_box
    sign(seeded, "head")
    assert "签批：延期申请" in sentences(seeded.visitor("head").get("/inbox/done").text)


def test_the_sheet_and_the_proposal_say_what_is_signed(seeded: Court) -> None:
    asked(seeded)
    for place in ("/proposals/2", "/proposals/2/sheet"):
        text = sentences(seeded.visitor("head").get(place).text)
        assert "现在的时限 2026年12月15日（周二）" in text
        assert "新时限 2027年1月10日（周日）" in text


def test_it_is_sent_back_and_begins_again_with_what_was_said(seeded: Court) -> None:
    asked(seeded)
    client = seeded.visitor("head")
    shown = client.get("/proposals/2").text
    answer = client.post("/proposals/2/send-back", data={**fields(shown), "reason": "请附上供应商来函"})
    assert answer.status_code == 303
    again = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}/propose/grant")
    assert "请附上供应商来函" in again.text
    assert fields(again.text)["new_due_on"] == "2027-01-10"
    assert propose(seeded, "handler", seeded.tasks[0], "grant").status_code == 303


def test_it_is_revised_and_withdrawn(seeded: Court) -> None:
    asked(seeded)
    client = seeded.visitor("handler")
    form = fields(client.get("/proposals/2/revise").text)
    answer = client.post(
        "/proposals/2/revise",
        data={**form, "ref_category": "outsiders", "new_due_on": "2027-02-10", "action": "submit"},
    )
    assert answer.status_code == 303, sentences(answer.text)
    with seeded.database.read() as connection:
        assert connection.execute(select(extension.c.new_due_on)).scalar_one() == date(2027, 2, 10)
    answer = client.post("/proposals/2/withdraw", data={**fields(client.get("/proposals/2").text)})
    assert answer.status_code == 303


def test_the_handler_gives_it_up(seeded: Court) -> None:
    asked(seeded)
    assert "放弃延期申请" in page(seeded)
    assert propose(seeded, "handler", seeded.tasks[0], "give_up").status_code == 303
    shown = page(seeded)
    assert "第1次申请 已放弃延期" in shown
    assert "放弃延期申请 已申请延期 → 已放弃延期" in shown


def test_the_office_refuses_it(seeded: Court) -> None:
    asked(seeded)
    answer = propose(seeded, "office", seeded.tasks[0], "refuse", {"text": "请提前安排"})
    assert answer.status_code == 303, sentences(answer.text)
    sign(seeded, "office_head")
    assert "第1次申请 不同意延期" in page(seeded)


def test_the_ledger_marks_it_finds_it_and_says_both_days_in_its_file(seeded: Court) -> None:
    asked(seeded)
    for login in ("head", "office_head", "leader"):
        sign(seeded, login)
    client = seeded.visitor("office")
    found = sentences(client.get("/ledger/?extended=1").text)
    assert "原定2026年12月15日（周二）" in found
    assert "延期1次" in found
    assert "共1项" in found
    sheet = load_workbook(io.BytesIO(client.get("/ledger/export.xlsx?extended=1").data)).active
    assert sheet is not None
    heads, row = ([cell.value for cell in line] for line in sheet.iter_rows(min_row=3, max_row=4))
    values = dict(zip(heads, row, strict=True))
    assert [str(values[name])[:10] for name in ("到期日", "原到期日")] == ["2027-01-10", "2026-12-15"]
    assert [values[name] for name in ("延期次数", "累计延期天数", "按原时限", "按延期后时限")] == [
        1,
        26,
        "未到期",
        "未到期",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"new_due_on": "2026-12-15"}, "新时限须晚于现在的时限（2026年12月15日（周二））。"),
        ({"new_due_on": ""}, "请填写"),
        ({"ref_category": "weather"}, "请选择延期的原因类别。"),
        ({"text": " "}, "请"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    seeded: Court, changed: dict[str, object], said: str
) -> None:
    started(seeded, seeded.tasks[0])
    answer = propose(seeded, "handler", seeded.tasks[0], "grant", {**ASKED, "attached": upload(), **changed})
    assert answer.status_code == 422
    assert said in sentences(answer.text)


def test_without_a_proof_it_is_not_asked_for(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    answer = propose(seeded, "handler", seeded.tasks[0], "grant", ASKED)
    assert answer.status_code == 422
    assert "延期的证明材料" in sentences(answer.text)
