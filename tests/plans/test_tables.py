from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document

from tests.plans.documents import asked, bars, fill, tabs, text, word, word_table
from workflows.plans.dates.deadline import DeadlineKind
from workflows.plans.read import read_plan
from workflows.plans.reading import PlanReading

ROWS = [
    ["序号", "类别", "意见建议", "整改措施", "责任领导", "责任部门", "完成时限"],
    ["1", "窗口服务", "等候时间长", "一是增设窗口；二是开通预约。", "甲一", "窗口办、信息科", "2023年上半年"],
    ["2", "", "材料反复补", "由每月培训一次改为每周培训一次。", "同上", "窗口办", "同上"],
    ["3", "热线服务", "打不通", "增配坐席", "", "信息科", "立行立改"],
    ["4", "", "态度差", "加强考核", "甲一 乙二", "〃", "持续推进"],
]
Reader = Callable[[list[list[str]]], PlanReading]


@pytest.fixture(params=["tabs", "bars", "word"])
def read(request: pytest.FixtureRequest) -> Reader:
    """Reads rows as a spreadsheet pastes them, as Markdown, or as a Word table."""
    readers: dict[str, Reader] = {
        "tabs": lambda rows: read_plan("plan.txt", text(f"某局整改清单\n{tabs(rows)}")),
        "bars": lambda rows: read_plan("plan.md", text(f"# 某局整改清单\n\n{bars(rows)}")),
        "word": lambda rows: read_plan("plan.docx", word_table(rows, before=["某局整改清单"])),
    }
    return readers[request.param]


def test_a_ledger_has_one_task_per_row(read: Reader) -> None:
    reading = read(ROWS)
    assert reading.title == "某局整改清单"
    assert [task.objective for task in reading.tasks] == ["等候时间长", "材料反复补", "打不通", "态度差"]
    assert reading.tasks[0].measures == ("增设窗口", "开通预约")
    assert reading.tasks[1].measures == ("由每月培训一次改为每周培训一次",)


def test_an_empty_category_is_as_above_and_an_empty_leader_is_missing(read: Reader) -> None:
    reading = read(ROWS)
    assert [task.section for task in reading.tasks] == ["窗口服务", "窗口服务", "热线服务", "热线服务"]
    assert [task.leaders for task in reading.tasks] == [("甲一",), ("甲一",), (), ("甲一", "乙二")]
    assert (3, "plan_leaders_missing") in [(question.task, question.code) for question in reading.questions]


def test_cells_that_say_as_above_take_the_value_above(read: Reader) -> None:
    tasks = read(ROWS).tasks
    assert str(tasks[1].deadline) == "2023-06-30"
    assert tasks[3].departments == ("信息科",)
    assert (tasks[2].kind, tasks[3].kind) == (DeadlineKind.IMMEDIATE, DeadlineKind.ONGOING)


def test_a_row_without_number_and_problem_goes_on_with_the_row_above(read: Reader) -> None:
    reading = read(
        [
            ["序号", "存在问题", "整改目标", "整改措施", "核验标准", "责任单位"],
            ["1", "档案不全", "补齐", "清理库存", "清单一份", "办公室"],
            ["", "", "", "补录目录", "目录齐全", "档案科"],
            ["2", "值守不严", "严守", "抽查", "记录完整", "办公室"],
        ]
    )
    first, second = reading.tasks
    assert (first.measures, first.criteria) == (("清理库存", "补录目录"), ("清单一份", "目录齐全"))
    assert first.departments == ("办公室", "档案科")
    assert (first.problem, first.objective, second.objective) == ("档案不全", "补齐", "严守")


def test_a_row_that_only_carries_a_heading_names_the_section(read: Reader) -> None:
    reading = read(
        [
            ["序号", "反馈问题", "整改措施", "责任单位", "整改时限"],
            ["一、思想建设方面", "", "", "", ""],
            ["1", "学习不深", "制定计划", "党办", "2023年5月"],
            ["（二）组织建设方面", "", "", "", ""],
            ["2", "记录不全", "开展培训", "党办", "2023年6月"],
        ]
    )
    assert [task.section for task in reading.tasks] == ["思想建设方面", "组织建设方面"]


def test_heads_over_two_rows_are_one_head(read: Reader) -> None:
    reading = read(
        [
            ["序号", "反馈问题", "整改落实", "", "责任", "", "完成时间"],
            ["", "", "整改目标", "整改措施", "责任领导", "责任单位", ""],
            ["1", "学习不深", "提高质量", "定期检查", "甲一", "党办、工会", "2023年6-8月"],
        ]
    )
    (task,) = reading.tasks
    assert (task.objective, task.measures, task.leaders) == ("提高质量", ("定期检查",), ("甲一",))
    assert (task.departments, str(task.deadline)) == (("党办", "工会"), "2023-08-31")


def test_a_column_for_department_and_person_is_divided(read: Reader) -> None:
    reading = read(
        [
            ["问题", "整改措施", "责任单位及责任人", "时限"],
            ["路灯不亮", "更换灯具", "路灯所（甲一）、乙二 城管局", "2023年5月"],
        ]
    )
    (task,) = reading.tasks
    assert (task.departments, task.leaders) == (("路灯所", "城管局"), ("甲一", "乙二"))


def test_heads_that_repeat_on_the_next_page_are_no_task(read: Reader) -> None:
    reading = read([*ROWS[:3], ROWS[0], *ROWS[3:]])
    assert len(reading.tasks) == 4


def test_dates_in_front_of_measures_are_the_schedule(read: Reader) -> None:
    reading = read(
        [
            ["工作任务", "任务分解/时序进度", "考核要点"],
            ["2016年经费审计整改", "3月：定方案", "方案一份"],
            ["", "4~5月：实施", "报告一份"],
            ["", "6~12月：督促整改", "整改完成"],
        ]
    )
    (task,) = reading.tasks
    assert task.measures == ("3月：定方案", "4~5月：实施", "6~12月：督促整改")
    assert (task.kind, task.deadline, task.deadline_text) == (DeadlineKind.DATED, None, "6~12月")
    assert asked(reading) == [(1, "plan_year_unknown")]


def test_pasted_rows_that_lack_their_first_cells_go_on_with_the_row_above() -> None:
    rows = [
        ["任务", "时序进度及措施", "考核要点"],
        ["审计整改", "3月：定方案", "方案"],
        ["4~12月：督促", "完成"],
        ["资产清查", "5月：清查", "清单"],
    ]
    content = tabs(rows)
    first, second = read_plan("plan.txt", text(content), 2023).tasks
    assert (first.objective, second.objective) == ("审计整改", "资产清查")
    assert first.measures == ("3月：定方案", "4~12月：督促")
    assert (str(first.deadline), [(str(stage.day), stage.what) for stage in first.interim]) == (
        "2023-12-31",
        [("2023-03-31", "定方案")],
    )


def test_a_row_whose_cells_may_have_slipped_is_asked_about() -> None:
    rows = [["问题", "整改措施", "责任单位"], ["路灯不亮", "更换灯具", "路灯所"], ["井盖破损", "更换井盖"]]
    reading = read_plan("plan.txt", text(tabs(rows)))
    assert [code for _, code in asked(reading)] == ["plan_row_shifted"]


def test_a_pasted_cell_in_quotation_marks_may_have_several_lines() -> None:
    rows = [
        ["序号", "问题", "整改措施", "责任单位"],
        ["1", "路灯不亮", '"1.更换灯具；\n2.定期巡查。"', "路灯所"],
        ["2", "井盖破损", "更换井盖", "市政所"],
    ]
    content = tabs(rows)
    first, second = read_plan("plan.txt", text(content)).tasks
    assert first.measures == ("更换灯具", "定期巡查")
    assert (first.departments, second.departments) == (("路灯所",), ("市政所",))


def test_cells_merged_downwards_in_word_hold_for_every_row() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("某局整改清单")
        table = document.add_table(5, 5)
        fill(
            table,
            [
                ["类别", "问题", "整改措施", "责任部门", "完成时限"],
                ["服务", "等候长", "增设窗口", "窗口办", "2023年底前"],
                ["", "", "开通预约", "", ""],
                ["", "热线难打", "增配坐席", "", ""],
                ["作风", "态度差", "加强考核", "人事科", "长期坚持"],
            ],
        )
        table.cell(1, 0).merge(table.cell(3, 0))
        table.cell(1, 1).merge(table.cell(2, 1))
        table.cell(1, 3).merge(table.cell(3, 3))
        table.cell(1, 4).merge(table.cell(3, 4))

    first, second, third = read_plan("plan.docx", word(build)).tasks
    assert first.measures == ("增设窗口", "开通预约")
    assert (second.problem, second.measures, second.departments) == ("热线难打", ("增配坐席",), ("窗口办",))
    assert (second.section, str(second.deadline)) == ("服务", "2023-12-31")
    assert (third.section, third.departments, third.kind) == ("作风", ("人事科",), DeadlineKind.ONGOING)


def test_heads_and_headings_merged_sideways_in_word() -> None:
    def build(document: Document) -> None:
        table = document.add_table(5, 5)
        fill(
            table,
            [
                ["序号", "反馈问题", "责任", "", "整改措施"],
                ["", "", "责任领导", "责任单位", ""],
                ["一、服务方面", "", "", "", ""],
                ["1", "等候长", "甲一", "窗口办", "增设窗口"],
                ["2", "热线难打", "乙二", "信息科", "增配坐席"],
            ],
        )
        for column in (0, 1, 4):
            table.cell(0, column).merge(table.cell(1, column))
        table.cell(0, 2).merge(table.cell(0, 3))
        table.cell(2, 0).merge(table.cell(2, 4))

    first, second = read_plan("plan.docx", word(build)).tasks
    assert (first.section, second.section) == ("服务方面", "服务方面")
    assert (first.leaders, first.departments, second.measures) == (("甲一",), ("窗口办",), ("增配坐席",))


def test_a_form_has_labels_beside_their_values(read: Reader) -> None:
    reading = read(
        [
            ["反馈问题", "路灯不亮", "整改目标", "恢复照明"],
            ["整改措施", "1.更换灯具；2.定期巡查", "核验标准", "亮灯率98%"],
            ["责任领导", "甲一", "责任单位", "路灯所"],
            ["完成时限", "2023年6月底前", "备注", "含背街小巷"],
        ]
    )
    (task,) = reading.tasks
    assert (task.problem, task.objective, task.criteria) == ("路灯不亮", "恢复照明", ("亮灯率98%",))
    assert (task.measures, task.leaders, task.remark) == (("更换灯具", "定期巡查"), ("甲一",), "含背街小巷")
    assert str(task.deadline) == "2023-06-30"


def test_forms_in_word_follow_each_other_one_task_each() -> None:
    def build(document: Document) -> None:
        for problem in ("路灯不亮", "井盖破损"):
            table = document.add_table(3, 2)
            fill(table, [["问题", problem], ["整改措施", "更换"], ["责任单位", "市政所"]])
            document.add_paragraph("")

    assert [task.problem for task in read_plan("plan.docx", word(build)).tasks] == ["路灯不亮", "井盖破损"]


def test_a_ledger_that_goes_on_in_a_table_without_heads() -> None:
    def build(document: Document) -> None:
        fill(
            document.add_table(2, 4),
            [["序号", "问题", "整改措施", "责任单位"], ["1", "路灯不亮", "更换", "路灯所"]],
        )
        document.add_paragraph("续表")
        fill(document.add_table(1, 4), [["2", "井盖破损", "更换", "市政所"]])

    assert [task.departments for task in read_plan("plan.docx", word(build)).tasks] == [
        ("路灯所",),
        ("市政所",),
    ]


def test_a_table_that_is_mere_layout_is_read_as_its_paragraphs() -> None:
    def build(document: Document) -> None:
        table = document.add_table(1, 1)
        cell = table.cell(0, 0)
        cell.text = "整改目标：恢复照明"
        cell.add_paragraph("整改措施：更换灯具")
        cell.add_paragraph("责任单位：路灯所")

    (task,) = read_plan("plan.docx", word(build)).tasks
    assert (task.objective, task.departments) == ("恢复照明", ("路灯所",))
