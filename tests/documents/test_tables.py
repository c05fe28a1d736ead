from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.documents import samples
from workflows.documents.ledger import write_ledger
from workflows.documents.milestone_table import write_milestone_table
from workflows.documents.records import Ledger
from workflows.evidence.check import check_file

TABLES: dict[str, Callable[[], bytes]] = {
    "ledger": lambda: write_ledger(samples.LEDGER),
    "ledger in English": lambda: write_ledger(samples.LEDGER, "en"),
    "summary": lambda: write_milestone_table(samples.SUMMARY),
    "summary in English": lambda: write_milestone_table(samples.SUMMARY, "en"),
}


def opened(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def row(sheet: Worksheet, number: int) -> list[object]:
    values = [cell.value for cell in sheet[number]]
    return [value.date() if isinstance(value, datetime) else value for value in values]


def test_the_ledger_holds_what_the_rows_say() -> None:
    sheet = opened(TABLES["ledger"]())
    assert sheet.title == "台账"
    assert sheet["A1"].value == "整改台账"
    assert sheet["A2"].value == "填表日期：2031年8月5日　共2项"
    assert row(sheet, 3) == [
        "序号",
        "类别",
        "整改目标",
        "整改措施",
        "核验标准",
        "责任领导",
        "牵头部门",
        "配合部门",
        "完成时限",
        "到期日",
        "原到期日",
        "状态",
        "亮灯",
        "备注",
        "延期次数",
        "累计延期天数",
        "按原时限",
        "按延期后时限",
    ]
    assert row(sheet, 4) == [
        3,
        "司法为民",
        "方便群众立案",
        "1. 开设夜间立案窗口\n2. 网上立案答复不超过一个工作日",
        "每周开放不少于三天",
        "周怀远、许知行",
        "立案庭",
        "信息技术处、各基层法庭",
        "2031年年底前",
        date(2031, 12, 31),
        date(2031, 11, 30),
        "整改中",
        "黄灯",
        None,
        1,
        31,
        "已逾期",
        "未到期",
    ]
    assert sheet["J4"].number_format == "yyyy-mm-dd"
    assert sheet.max_row == 5


def test_a_filtered_ledger_says_what_was_left_out() -> None:
    sheet = opened(write_ledger(replace(samples.LEDGER, filters="只看逾期")))
    assert str(sheet["A2"].value).endswith("筛选条件：只看逾期")


def test_the_summary_table_holds_what_the_rows_say() -> None:
    sheet = opened(TABLES["summary"]())
    assert sheet["A1"].value == "云岭中级法院2030年度意见建议整改工作方案中期进度汇总表"
    assert sheet["A2"].value == (
        "报送时限：2031年8月15日　填表日期：2031年8月18日　应报4项，已报2项，退回补报1项，未报1项"
    )
    assert [cell.value for cell in sheet["E"][2:]] == ["报送情况", "已接收", "待接收", "退回补报", "未报"]
    assert row(sheet, 4) == [
        1,
        "提高办案效率",
        "审管办",
        "周怀远",
        "已接收",
        date(2031, 8, 1),
        date(2031, 8, 2),
        "中期-001",
        "进展顺利",
        None,
        None,
        date(2031, 12, 31),
        date(2031, 11, 30),
    ]


def test_headings_follow_the_readers_language() -> None:
    sheet = opened(TABLES["summary in English"]())
    assert row(sheet, 3)[:5] == ["No.", "Objective", "Lead department", "Responsible leader", "Report"]
    assert [cell.value for cell in sheet["E"][3:]] == [
        "Received",
        "Waiting to be received",
        "Returned",
        "Missing",
    ]
    assert row(opened(TABLES["ledger in English"]()), 3)[9] == "Due on"


def test_what_looks_like_a_formula_is_stored_as_text() -> None:
    sheet = opened(TABLES["ledger"]())
    for address in ("C5", "D5", "E5", "G5", "L5", "M5", "N5"):
        assert sheet[address].data_type == "s", address
    assert {sheet[address].value for address in ("C5", "G5", "M5")} == {
        '=HYPERLINK("http://x.example")',
        "-部门",
        "=1",
    }
    quoted = [sheet[address].quotePrefix for address in ("C5", "E5", "G5", "M5", "N5")]
    assert all(quoted)
    assert not sheet["L5"].quotePrefix
    with zipfile.ZipFile(io.BytesIO(TABLES["ledger"]())) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_tells_no_time_but_its_own_day_and_passes_the_check_of_files(name: str) -> None:
    data = TABLES[name]()
    made_on = samples.MADE_ON if "ledger" in name else samples.SUMMARY.made_on
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {
            (made_on.year, made_on.month, made_on.day)
        }
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.created is not None
    assert properties.created.date() == made_on
    assert properties.modified == properties.created
    assert check_file("台账.xlsx", io.BytesIO(data)).text_examined


def test_headings_stay_in_sight_and_on_every_page() -> None:
    sheet = opened(TABLES["ledger"]())
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:R5"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"


def test_an_empty_ledger_is_a_table_without_rows() -> None:
    sheet = opened(write_ledger(Ledger("空", date(1979, 1, 1), ())))
    assert sheet.auto_filter.ref == "A3:R3"
    assert sheet.max_row == 3


def test_a_text_longer_than_a_cell_is_cut_visibly_and_odd_signs_are_dropped() -> None:
    long = replace(samples.LEDGER.rows[0], objective="长" * 40_000, remark="a\x00b\x1fc")
    sheet = opened(write_ledger(replace(samples.LEDGER, rows=(long,))))
    value = str(sheet["C4"].value)
    assert (len(value), value[-1]) == (32_767, "…")
    assert sheet["N4"].value == "abc"
