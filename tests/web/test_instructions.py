"""协调与批示 on the pages: raised, taken up, concluded, answered, and seen by whom it concerns."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from storage.outbox_store import SqlOutboxStore
from storage.reminder_store import SqlReminderStore
from tests.support.seed import Court
from tests.web.driving import instructed, raise_matter, record, sentences, upload
from workflows.instructions.reminding import remind
from workflows.notices.delivering import gather_digests


def seen(court: Court, login: str, address: str) -> str:
    """The words of a page."""
    answer = court.visitor(login).get(address, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return sentences(answer.text)


@pytest.fixture
def busy(seeded: Court) -> Court:
    """A matter that an instruction took up, with a conclusion for the handler by the third of June."""
    instructed(seeded)
    return seeded


def test_a_matter_waits_on_the_leaders_first_screen_with_one_button_each(seeded: Court) -> None:
    task = seeded.tasks[0]
    assert raise_matter(seeded, "head", task, "请协调供电单位。").status_code == 303

    page = seeded.visitor("leader").get("/leader/").text
    assert "请协调供电单位。 宇文兰" in sentences(page)
    assert f'href="/tasks/{task}/instructions?matter=1"' in page
    assert f'href="/tasks/{task}/instructions?matter=1&amp;meeting=1"' in page
    assert "请协调供电单位。" not in seen(seeded, "other_leader", "/leader/")
    assert "请协调供电单位。" not in seen(seeded, "head", "/department/")


def test_what_was_taken_up_waits_no_more_and_is_counted(busy: Court) -> None:
    words = seen(busy, "leader", "/leader/")
    assert "请协调设备到货。" not in words
    assert "本年已过问1件：批示 1" in words
    assert "本年已过问" not in seen(busy, "other_leader", "/leader/")

    meeting = {"kind": "hearing", "file": upload("纪要.txt")}
    assert record(busy, "leader", busy.tasks[1], meeting).status_code == 303
    assert "本年已过问2件：批示 1、听取汇报 1" in seen(busy, "leader", "/leader/")
    busy.go_to(date(2027, 1, 4))
    assert "本年已过问" not in seen(busy, "leader", "/leader/")


def test_the_tasks_page_tells_everything_to_everybody_who_may_see_the_task(busy: Court) -> None:
    for login in ("handler", "leader", "supporter", "office", "inspector", "president"):
        words = seen(busy, login, f"/tasks/{busy.tasks[0]}")
        assert "拓跋松 批示 2026年6月1日（周一）" in words
        assert "请协调设备到货。 慕容竹向拓跋松提出" in words
        assert "落实事项1 与供货单位约定到货日期。 慕容竹 · 期限2026年6月3日（周三）" in words


def test_who_was_charged_finds_it_on_the_first_screen_and_in_the_box_and_answers(busy: Court) -> None:
    words = seen(busy, "handler", "/handler/")
    assert "待您反馈的落实事项 1 与供货单位约定到货日期。" in words
    assert "期限2026年6月3日（周三）" in seen(busy, "handler", "/inbox/")

    answer = busy.visitor("handler").post(
        "/conclusions/1", data={"text": "十日到货。", "level": "internal", "file": upload("承诺书.txt")}
    )
    assert answer.status_code == 303
    assert "待您反馈的落实事项" not in seen(busy, "handler", "/handler/")
    words = seen(busy, "inspector", f"/tasks/{busy.tasks[0]}")
    assert "办理情况 十日到货。 承诺书.txt 慕容竹" in words
    assert "慕容竹 反馈落实事项 十日到货。" in words
    assert "慕容竹反馈了一项落实事项的办理情况。" in seen(busy, "leader", "/inbox/to_read")


def test_a_late_answer_is_shown_as_overdue_everywhere(busy: Court) -> None:
    busy.go_to(date(2026, 6, 5))
    for address in ("/handler/", "/inbox/", f"/tasks/{busy.tasks[0]}"):
        assert "已逾期2天" in seen(busy, "handler", address)


def test_somebody_without_any_other_tie_sees_the_task_they_are_charged_in(seeded: Court) -> None:
    task = seeded.tasks[0]
    assert seeded.visitor("stranger").get(f"/tasks/{task}").status_code == 404
    charge = {"what": ["请提供数据。"], "who": [str(seeded.people["stranger"])], "until": ["2026-06-03"]}
    assert record(seeded, "leader", task, {"text": "请配合。", **charge}).status_code == 303
    assert "请提供数据。" in seen(seeded, "stranger", f"/tasks/{task}")
    assert seeded.visitor("stranger").post("/conclusions/1", data={"text": "已提供。"}).status_code == 303


def test_nobody_answers_for_others_and_nobody_answers_twice(busy: Court) -> None:
    for login in ("leader", "office", "supporter"):
        answer = busy.visitor(login).post("/conclusions/1", data={"text": "好。"})
        assert answer.status_code == 403
        assert "由慕容竹办理，只能由其本人或所在部门负责人反馈。" in sentences(answer.text)
    assert busy.visitor("head").post("/conclusions/1", data={"text": "已约定。"}).status_code == 303
    again = busy.visitor("handler").post("/conclusions/1", data={"text": "已约定。"})
    assert again.status_code == 409
    assert "这项落实事项已经反馈。" in sentences(again.text)


def test_what_was_typed_is_kept_when_something_is_missing(seeded: Court) -> None:
    typed = {"what": ["约定日期。", ""], "who": ["", ""], "until": ["2026-05-01", ""]}
    answer = record(seeded, "leader", seeded.tasks[0], {"text": "抓紧。", **typed})
    assert answer.status_code == 422
    words = sentences(answer.text)
    assert "落实事项1没有选择责任人。" in words
    assert "落实事项1的期限2026年5月1日（周五）已经过去。" in words
    assert ">约定日期。</textarea>" in answer.text
    assert 'value="2026-05-01"' in answer.text


def test_room_for_one_more_conclusion_is_a_button_away(seeded: Court) -> None:
    address = f"/tasks/{seeded.tasks[0]}/instructions"
    typed = {
        "action": "more",
        "kind": "instruction",
        "what": ["甲", "乙"],
        "who": ["", ""],
        "until": ["", ""],
    }
    answer = seeded.visitor("leader").post(address, data=typed)
    assert answer.status_code == 200
    assert answer.text.count('name="what"') == 3
    assert ">乙</textarea>" in answer.text


def test_a_meeting_the_leader_wants_is_one_click_with_the_office_in_charge(seeded: Court) -> None:
    task = seeded.tasks[0]
    raise_matter(seeded, "handler", task)
    page = seeded.visitor("leader").get(f"/tasks/{task}/instructions?matter=1&meeting=1").text
    assert "安排协调会，会后登记会议纪要和落实事项。" in page
    assert 'value="2026-06-08"' in page
    office = seeded.people["office"]
    assert re.search(rf'<option value="{office}" selected>', page)


@pytest.mark.parametrize("login", ["handler", "head", "supporter", "verifier", "inspector", "president"])
def test_who_may_not_record_is_told_why(seeded: Court, login: str) -> None:
    address = f"/tasks/{seeded.tasks[0]}/instructions"
    for answer in (seeded.visitor(login).get(address), seeded.visitor(login).post(address, data={})):
        assert answer.status_code == 403
    assert "登记批示或会议" not in seen(seeded, login, f"/tasks/{seeded.tasks[0]}")


@pytest.mark.parametrize("login", ["supporter", "supporter_head"])
def test_a_supporting_department_raises_nothing(seeded: Court, login: str) -> None:
    address = f"/tasks/{seeded.tasks[0]}/matters"
    for answer in (
        seeded.visitor(login).get(address),
        seeded.visitor(login).post(address, data={"text": "请"}),
    ):
        assert answer.status_code == 403
        assert "只有本任务的承办人或牵头部门负责人可以提出需协调事项。" in sentences(answer.text)


def test_minutes_are_checked_like_every_file_and_handed_out_like_every_file(seeded: Court) -> None:
    task = seeded.tasks[0]
    refused = record(seeded, "office", task, {"kind": "coordination", "file": upload("纪要.exe")})
    assert refused.status_code == 422
    assert "纪要.exe" in sentences(refused.text)
    typed = {"kind": "coordination", "level": "work_secret", "file": upload("纪要.txt")}
    secret = record(seeded, "office", task, typed)
    assert secret.status_code == 303
    assert "拓跋松 协调会 2026年6月1日（周一） · 呼延桐登记" in seen(seeded, "head", f"/tasks/{task}")
    place = re.search(r"/evidence/\d+", seeded.visitor("leader").get(f"/tasks/{task}").text)
    assert place is not None
    answers = {login: seeded.visitor(login).get(place[0]).status_code for login in ("leader", "supporter")}
    assert answers == {"leader": 200, "supporter": 404}


def test_a_form_handed_in_twice_has_one_effect(seeded: Court) -> None:
    address = f"/tasks/{seeded.tasks[0]}/matters"
    leader = str(seeded.people["leader"])
    data = {"text": "请协调。", "leader": leader, "key": "a1b2"}
    for _ in range(2):
        assert seeded.visitor("handler").post(address, data=data).status_code == 303
    assert seen(seeded, "leader", "/leader/").count("请协调。") == 1
    other = seeded.visitor("handler").post(address, data=data | {"text": "别的。"})
    assert other.status_code == 409


def test_the_mornings_digest_has_what_is_due_and_what_is_late(busy: Court) -> None:
    timetable, told = busy.rules.timetable, []
    outbox, reminders = SqlOutboxStore(busy.database, "test"), SqlReminderStore(busy.database)
    for day in range(1, 8):
        now = timetable.morning(date(2026, 6, day)) + timedelta(minutes=1)
        remind(reminders, timetable, now)
        gather_digests(outbox, timetable, now)
        items = outbox.claim(now, now + timedelta(days=30), 100)
        told += [
            (day, str(notice.params["phase"]))
            for item in items
            if item.digest_on and item.recipient.person == busy.people["handler"]
            for notice in item.notices
            if notice.kind == "answer_due"
        ]
    assert told == [(3, "today"), (4, "overdue")]
