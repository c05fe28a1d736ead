"""Handing a plan in and confirming it, as a person does in a browser without scripts."""

from __future__ import annotations

import hashlib
import io
import re

import pytest
from sqlalchemy import func, select

from storage.tables import audit_entry, blob, plan, plan_draft, task
from tests.plans_import.samples import PLAN
from tests.support.seed import Court
from tests.web.driving import fields, sentences

DRAFT = "/plans/drafts/1"
OURS = (
    PLAN.replace("案件管理办公室", "审判管理办公室")
    .replace("诉讼服务中心", "办公室")
    .replace("档案管理处", "信息处")
    .replace("方知远", "拓跋松")
    .replace("沈若衡", "贺兰柏")
)
"""A plan all of whose names the court knows."""


def hand_in(court: Court, text: str = OURS, name: str = "方案.txt", login: str = "office") -> str:
    """Hand a document in; gives where that leads, or what the page says."""
    data = {"file": (io.BytesIO(text.encode()), name)}
    answer = court.visitor(login).post("/plans/", data=data, content_type="multipart/form-data")
    return answer.headers.get("Location") or sentences(answer.text)


def form_of(court: Court, path: str = DRAFT) -> dict[str, str]:
    """The form as it stands, with what is chosen in its lists."""
    page = court.visitor("office").get(path).text
    found = fields(page)
    for name, body in re.findall(r'<select[^>]+name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen.group(1) if chosen else ""
    return found


def press(court: Court, action: str, **typed: str) -> tuple[int, str]:
    """Hand the form in with what was typed into it."""
    data = {**form_of(court), **{name.replace("__", "."): value for name, value in typed.items()}}
    answer = court.visitor("office").post(DRAFT, data={**data, "action": action}, follow_redirects=True)
    return answer.status_code, sentences(answer.text)


def count(court: Court, table: object) -> int:
    with court.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def test_a_document_is_shown_beside_what_was_understood_of_it(seeded: Court) -> None:
    assert hand_in(seeded) == DRAFT
    page = seeded.visitor("office").get(DRAFT).text

    assert re.search(r'<mark id="(w\d+-\d+)"><a href="#task.1.objective">缩短立案到开庭的等候时间</a>', page)
    assert re.search(r'<a class="see" href="#w\d+-\d+">原文</a>', page)
    assert "没有待回答的问题" in sentences(page)


def test_every_mark_leads_to_a_field_and_every_field_to_a_mark(seeded: Court) -> None:
    hand_in(seeded)
    page = seeded.visitor("office").get(DRAFT).text

    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_nothing_is_created_before_somebody_confirms(seeded: Court) -> None:
    hand_in(seeded)

    assert count(seeded, plan) == 1
    assert press(seeded, "save")[0] == 200
    assert count(seeded, plan) == 1


def test_confirming_creates_the_tasks_and_leads_to_them(seeded: Court) -> None:
    hand_in(seeded)
    status, words = press(seeded, "confirm")

    assert status == 200
    assert "已创建2项整改任务，并通知牵头部门和责任领导。" in words
    assert "缩短立案到开庭的等候时间" in words
    assert count(seeded, task) == 6


def test_the_original_file_is_kept_and_handed_out_as_it_came(seeded: Court) -> None:
    hand_in(seeded)
    press(seeded, "confirm")
    answer = seeded.visitor("office").get("/plans/2/source")

    assert answer.data == OURS.encode()
    with seeded.database.read() as connection:
        digests = connection.execute(select(blob.c.digest)).scalars().all()
    assert hashlib.sha256(OURS.encode()).hexdigest() in digests


def test_questions_stand_first_and_are_answered_by_choosing(seeded: Court) -> None:
    hand_in(seeded, OURS.replace("拓跋松", "陌生人"))
    page = seeded.visitor("office").get(DRAFT).text
    assert "通讯录中没有“陌生人”（任务1），责任领导是谁？" in sentences(page)
    refused, words = press(seeded, "confirm")
    assert (refused, "还有问题没有回答，任务没有创建。" in words) == (422, True)

    answer = seeded.visitor("office").post(
        DRAFT,
        data={**form_of(seeded), "leader:陌生人": str(seeded.people["leader"]), "action": "confirm"},
        follow_redirects=True,
    )
    assert "已创建2项整改任务" in sentences(answer.text)


def test_what_was_typed_before_a_refusal_is_kept(seeded: Court) -> None:
    hand_in(seeded, OURS.replace("责任领导：拓跋松\n", ""))
    press(seeded, "confirm", task__1__objective="改过的目标")

    assert form_of(seeded)["task.1.objective"] == "改过的目标"
    assert count(seeded, plan) == 1


def test_a_half_confirmed_import_waits_in_the_list(seeded: Court) -> None:
    hand_in(seeded)
    press(seeded, "save", title="暂定名")

    words = sentences(seeded.visitor("office_head").get("/plans/").text)
    assert "等待确认的导入 1" in words
    assert form_of(seeded)["title"] == "暂定名"


def test_the_same_file_again_leads_to_what_waits_of_it(seeded: Court) -> None:
    hand_in(seeded)

    assert hand_in(seeded, name="另一个名字.txt") == DRAFT
    assert count(seeded, plan_draft) == 1


def test_the_same_file_of_a_plan_that_exists_is_pointed_out(seeded: Court) -> None:
    hand_in(seeded)
    press(seeded, "confirm")
    second = hand_in(seeded)

    words = sentences(seeded.visitor("office").get(second).text)
    assert "同一份文件已于2026年6月1日" in words


def test_a_second_plan_of_the_same_title_is_refused(seeded: Court) -> None:
    hand_in(seeded)
    press(seeded, "confirm")
    second = hand_in(seeded)

    answer = seeded.visitor("office").post(second, data={**form_of(seeded, second), "action": "confirm"})
    assert answer.status_code == 409
    assert "年度已有名为" in sentences(answer.text)
    assert count(seeded, task) == 6


def test_measures_are_taken_over_as_criteria_with_one_click(seeded: Court) -> None:
    hand_in(seeded, re.sub("核验标准：一是印发.*\n", "", OURS))
    page = seeded.visitor("office").get(DRAFT).text
    assert "以全部措施作为核验标准" in page

    press(seeded, "adopt:1")

    page = seeded.visitor("office").get(DRAFT).text
    assert page.count('name="task.1.adopted" value="1" checked') == 1
    assert "没有待回答的问题" in sentences(page)


def test_a_box_that_is_unticked_again_counts(seeded: Court) -> None:
    hand_in(seeded)
    press(seeded, "save", task__2__dropped="1")
    assert "确认并创建1项任务" in sentences(seeded.visitor("office").get(DRAFT).text)

    data = form_of(seeded)
    del data["task.2.dropped"]
    seeded.visitor("office").post(DRAFT, data={**data, "action": "save"})

    assert "确认并创建2项任务" in sentences(seeded.visitor("office").get(DRAFT).text)


def test_a_task_and_a_date_can_be_added(seeded: Court) -> None:
    hand_in(seeded)
    press(seeded, "add_task")
    press(seeded, "add_milestone")

    form = form_of(seeded)
    assert "task.3.objective" in form
    assert "milestone.4.due_on" in form


def test_of_two_people_the_slower_one_keeps_what_they_typed(seeded: Court) -> None:
    hand_in(seeded)
    slow = form_of(seeded)
    press(seeded, "save", title="先改的")

    answer = seeded.visitor("office_head").post(
        DRAFT, data={**slow, "task.1.objective": "后改的目标", "action": "save"}
    )

    assert answer.status_code == 409
    assert "别人刚刚" in sentences(answer.text) or "Somebody" in answer.text or "刚刚被别人" in answer.text
    assert "后改的目标" in answer.text


def test_discarding_keeps_file_and_record_and_creates_nothing(seeded: Court) -> None:
    hand_in(seeded)
    _, words = press(seeded, "discard")

    assert "已放弃这次导入" in words
    assert count(seeded, plan) == 1
    with seeded.database.read() as connection:
        actions = set(connection.execute(select(audit_entry.c.action)).scalars())
    assert {"import", "discard"} <= actions
    closed = seeded.visitor("office").post(DRAFT, data={"version": "2", "action": "confirm"})
    assert closed.status_code == 409


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("", "方案.txt", "没有文字"),
        ("今天天气很好。\n明天也是。", "方案.txt", "任务"),
        (OURS, "方案.exe", "方案.exe"),
        (OURS, "方案.doc", "另存"),
        (f"机密★5年\n{OURS}", "方案.txt", "机密"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_leaves_nothing(
    seeded: Court, text: str, name: str, says: str
) -> None:
    words = hand_in(seeded, text, name)

    assert "这份文件没有导入，原因如下：" in words
    assert says in words
    assert count(seeded, plan_draft) == 0


def test_no_file_at_all_says_so_too(seeded: Court) -> None:
    answer = seeded.visitor("office").post("/plans/")

    assert answer.status_code == 422
    assert "这份文件没有导入，原因如下：" in sentences(answer.text)


@pytest.mark.parametrize("login", ["handler", "leader", "inspector", "administrator", "publicity"])
def test_nobody_else_imports_plans(seeded: Court, login: str) -> None:
    hand_in(seeded)
    client = seeded.visitor(login)

    assert client.get("/plans/").status_code == 403
    assert client.get(DRAFT).status_code == 403
    assert client.post(DRAFT, data={"version": "1", "action": "confirm"}).status_code == 403


def test_an_import_that_is_not_there_is_not_found(seeded: Court) -> None:
    assert seeded.visitor("office").get("/plans/drafts/99").status_code == 404
    assert seeded.visitor("office").get("/plans/99/source").status_code == 404


def test_hostile_words_stay_words(seeded: Court) -> None:
    hand_in(seeded, OURS.replace("缩短立案到开庭", "<script>alert(1)</script>缩短"))
    page = seeded.visitor("office").get(DRAFT).text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_importing_holds_on_both_databases(seeded_both: Court) -> None:
    hand_in(seeded_both)
    _, words = press(seeded_both, "confirm")

    assert "已创建2项整改任务" in words
    assert "2026年度社会评价意见整改工作方案" in sentences(seeded_both.visitor("office").get("/plans/").text)
