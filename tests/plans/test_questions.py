"""What a person is asked, and that every value can be found in the text."""

from __future__ import annotations

from datetime import date

import pytest

from tests.plans.documents import asked, only, plan, text, word_of
from workflows.catalogue import LANGUAGES, messages, sentence
from workflows.plans.export import to_json
from workflows.plans.pieces import fold
from workflows.plans.read import read_plan

WHOLE = """
某局整改方案
（一）窗口服务
整改目标：缩短等候时间，
提高满意度。
整改措施：
1.增设窗口，
开通预约；
2.每月通报（含分中心）。
核验标准：一是等候不超过15分钟；二是满意度90%
责任领导：甲 一、乙二
责任部门：窗口办、信息科（排序第一的为牵头部门）
完成时限：2023年6月底前完成设备采购，2023年底前完成
备注：与热线整改同步
"""


def test_a_gap_in_the_text_is_a_question_and_never_a_guess() -> None:
    reading = plan("（一）服务\n整改目标：缩短等候\n整改措施：增设窗口")
    (task,) = reading.tasks
    assert (task.deadline, task.kind, task.leaders, task.lead_department, task.criteria) == (
        None,
        None,
        (),
        None,
        (),
    )
    assert [(question.task, question.field) for question in reading.questions] == [
        (1, "criteria"),
        (1, "leaders"),
        (1, "lead_department"),
        (1, "deadline"),
    ]


def test_only_helping_departments_leave_the_lead_open() -> None:
    task = only("整改目标：甲\n整改措施：乙\n配合部门：丙科、丁科\n完成时限：2023年底")
    assert (task.lead_department, task.departments) == (None, ("丙科", "丁科"))


def test_the_year_of_assessment_in_the_title_dates_nothing() -> None:
    reading = plan(
        "某院2022年度绩效考评意见整改方案\n（一）服务\n整改目标：甲\n整改措施：乙\n责任部门：丙\n完成时限：9月底前"
    )
    assert reading.tasks[0].deadline is None
    assert asked(reading) == [(1, "plan_year_unknown")]


def test_a_named_year_counts_only_where_the_text_has_none() -> None:
    content = "（一）服务\n整改目标：甲\n责任部门：丙\n完成时限：{}"
    assert only(content.format("9月底前"), 2023).deadline == date(2023, 9, 30)
    assert only(content.format("2024年9月底前"), 2023).deadline == date(2024, 9, 30)


def test_a_misspelt_label_is_read_and_asked_about() -> None:
    reading = plan("（一）服务\n整改目标：甲\n整改措拖：乙\n责任部们：丙科\n完成时限：2023年底")
    assert reading.tasks[0].measures == ("乙",)
    assert [
        (question.text, question.params["label"]) for question in reading.questions if question.params
    ] == [
        ("整改措拖", "整改措施"),
        ("责任部们", "责任部门"),
    ]


@pytest.mark.parametrize("name", ["plan.txt", "plan.docx"])
def test_every_value_stands_where_its_place_says(name: str) -> None:
    reading = read_plan(name, text(WHOLE) if name.endswith("txt") else word_of(WHOLE))
    (task,) = reading.tasks
    values = {
        ("section", 0): task.section,
        ("objective", 0): task.objective,
        ("measures", 0): task.measures[0],
        ("measures", 1): task.measures[1],
        ("criteria", 1): task.criteria[1],
        ("leaders", 1): task.leaders[1],
        ("lead_department", 0): task.lead_department,
        ("departments", 1): task.departments[1],
        ("deadline_text", 0): task.deadline_text,
        ("remark", 0): task.remark,
    }
    for (field, item), value in values.items():
        sources = task.sources(field, item)
        assert "".join(reading.lines[at.line - 1][at.start : at.end] for at in sources) == value
    assert [at.line for at in task.sources("measures", 0)] == [6, 7]
    assert task.measures == ("增设窗口，开通预约", "每月通报（含分中心）")
    assert task.leaders == ("甲一", "乙二")


def test_the_json_has_the_keys_that_others_rely_on() -> None:
    found = to_json(plan(WHOLE), lambda code, _: code)
    assert list(found) == [
        "title",
        "document_number",
        "issued_on",
        "basis",
        "tasks",
        "milestones",
        "questions",
    ]
    (task,) = found["tasks"]
    assert task["deadline"] == "2023-12-31"
    assert task["interim"] == [{"date": "2023-06-30", "what": "完成设备采购"}]
    assert (task["kind"], task["also_ongoing"], task["remark"]) == ("dated", False, "与热线整改同步")
    assert (task["problem"], task["supervisor"], task["acceptance_unit"], task["status"]) == (
        None,
        None,
        None,
        None,
    )
    empty = to_json(
        plan("（一）服务\n整改目标：甲\n整改措施：乙\n完成时限：9月底前"), lambda code, _: f"{code}?"
    )
    question = next(question for question in empty["questions"] if question["field"] == "deadline")
    assert question == {
        "task": 1,
        "field": "deadline",
        "text": "9月底前",
        "asks": "plan_year_unknown?",
        "code": "plan_year_unknown",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_refusal_has_its_sentence(language: str) -> None:
    params = {
        "year": 2023,
        "base": "2023-05-22",
        "label": "整改措施",
        "limit_mb": 20,
        "name": "a",
        "formats": "b",
    }
    params |= {"looked_for": "c", "lines": 3}
    codes = [code for code in messages(language) if code.startswith("plan_") and "draft" not in code]
    assert len(codes) > 15
    for code in codes:
        assert sentence(code, params | {"title": "d"}, language) != code


def test_folding_keeps_every_sign_in_its_place() -> None:
    signs = "".join(chr(code) for code in range(0x20, 0xFFFF) if not 0xD800 <= code < 0xE000)
    assert len(fold(signs)) == len(signs)
