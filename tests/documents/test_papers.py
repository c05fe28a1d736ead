from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.documents import samples
from workflows.documents.completion import write_completion_report
from workflows.documents.judgement import write_judgement
from workflows.documents.mid_term import write_mid_term_report
from workflows.documents.records import CriterionResult, MeasureProgress
from workflows.documents.summary import write_summary_report
from workflows.documents.work_plan import write_work_plan
from workflows.documents.year_end import write_year_end_report
from workflows.evidence.check import check_file

PAPERS: dict[str, Callable[[], bytes]] = {
    "work plan": lambda: write_work_plan(samples.WORK_PLAN),
    "mid-term report": lambda: write_mid_term_report(samples.MID_TERM),
    "year-end report": lambda: write_year_end_report(samples.YEAR_END),
    "completion report": lambda: write_completion_report(samples.COMPLETION),
    "summary report": lambda: write_summary_report(samples.SUMMARY),
    "verification record": lambda: write_judgement(samples.RECORD),
    "written opinion": lambda: write_judgement(samples.OPINION),
}


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs if paragraph.text]


def cells(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(data).tables[0].rows]


BEGINNING = [
    "院绩效办：",
    "一、任务基本情况",
    "整改目标：方便群众立案",
    "责任领导：周怀远、许知行",
    "牵头部门：立案庭",
    "配合部门：信息技术处、各基层法庭",
    "完成时限：2031年年底前",
]
BASIS = "根据《云岭中级法院2030年度意见建议整改工作方案》（云法〔2031〕8号），"


def test_the_work_plan_gives_each_measure_its_days_and_its_text() -> None:
    data = PAPERS["work plan"]()
    text = lines(data)
    assert text[0] == "整改任务推进计划"
    assert text[2] == BASIS + "现将我部门牵头的第3项整改任务推进计划报告如下，请审核。"
    assert [text[1], *text[3:9]] == BEGINNING
    assert text[9:] == ["二、推进安排", "立案庭", "2031年8月5日"]
    assert cells(data) == [
        ["序号", "整改措施", "起止日期", "工作安排"],
        ["1", "开设夜间立案窗口", "2031年2月1日至2031年6月30日", "已开设两个窗口"],
        ["2", "网上立案答复不超过一个工作日", "2031年3月1日至2031年9月30日", "已上线试运行。\n共答复312件。"],
    ]


def test_the_mid_term_report_gives_progress_and_leaves_out_what_is_optional_and_empty() -> None:
    text = lines(PAPERS["mid-term report"]())
    assert text[9:] == [
        "二、各项措施进展情况",
        "（一）开设夜间立案窗口",
        "进展情况：已开设两个窗口",
        "（二）网上立案答复不超过一个工作日",
        "进展情况：已上线试运行。",
        "共答复312件。",
        "存在问题：个别案件超时",
        "下一步打算：增加一名值班人员",
        "三、其他情况",
        "无其他情况",
        "立案庭",
        "2031年8月5日",
    ]


def test_a_suspended_task_says_so_in_its_reports() -> None:
    text = lines(write_mid_term_report(replace(samples.MID_TERM, suspension="经批准暂缓至十月。")))
    assert text[9:11] == ["二、暂缓情况", "经批准暂缓至十月。"]


def test_the_year_end_report_counts_and_lists_the_criteria() -> None:
    data = PAPERS["year-end report"]()
    assert "本任务共有核验标准2条，已完成1条，未完成1条。" in lines(data)
    assert cells(data) == [
        ["序号", "核验标准", "是否完成", "未完成原因", "下一步措施", "预计完成日期"],
        ["1", "夜间窗口每周开放不少于三天", "已完成", "", "", ""],
        ["2", "全年超时率低于百分之一", "未完成", "系统升级较晚", "加强督办", "2032年1月20日"],
    ]


def test_the_completion_report_lists_the_evidence_of_each_criterion() -> None:
    text = lines(PAPERS["completion report"]())
    assert text[9:] == [
        "二、核验标准完成情况",
        "（一）夜间窗口每周开放不少于三天",
        "完成情况：自二月起每周开放四天。",
        "目标与实际：目标每季度一次通报，实际4次",
        "佐证材料：1. 夜间立案通告（通知公告，https://court.example/notice/8）",
        "2. 窗口照片（照片）",
        "（二）全年超时率低于百分之一",
        "完成情况：超时率为百分之零点四。",
        "佐证材料：（未填写）",
        "立案庭",
        "2031年8月5日",
    ]


def test_the_summary_report_counts_and_names_those_who_are_behind() -> None:
    text = lines(PAPERS["summary report"]())
    assert text[:3] == [
        "关于整改任务中期进度的汇总报告",
        "院党组：",
        "按照《云岭中级法院2030年度意见建议整改工作方案》要求，中期进度应于2031年8月15日前报送。现将汇总情况报告如下。",
    ]
    assert text[4] == "应报4项，已报2项，其中已接收1项、待接收1项；退回补报1项，未报1项。"
    assert text[5:9] == [
        "二、未报送的任务",
        "第4项“改善设施”，牵头部门行装处，责任领导许知行。",
        "三、退回补报的任务",
        "第3项“方便群众 立案”，牵头部门立案庭，责任领导周怀远、许知行。",
    ]
    assert text[-4:] == ["五、意见建议", "建议对未报部门予以提醒。", "院绩效办", "2031年8月18日"]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_tells_no_time_but_its_own_day(name: str) -> None:
    data = PAPERS[name]()
    made_on = samples.SUMMARY.made_on if name == "summary report" else samples.MADE_ON
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {
            (made_on.year, made_on.month, made_on.day, 0, 0, 0)
        }
    properties = opened(data).core_properties
    assert properties.created is not None
    assert properties.created.date() == made_on
    assert properties.modified == properties.created


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_the_official_page(name: str) -> None:
    document = opened(PAPERS[name]())
    section = document.sections[0]
    lengths = (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    )
    for length, wanted in lengths:
        assert length is not None
        assert abs(length - Mm(wanted)) < Mm(0.1)
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text == "—  —"
    for side, part in (("right", "word/footer1.xml"), ("left", "word/footer2.xml")):
        with zipfile.ZipFile(io.BytesIO(PAPERS[name]())) as archive:
            xml = archive.read(part).decode()
        assert 'w:instr=" PAGE "' in xml
        assert f'<w:jc w:val="{side}"/>' in xml


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Footer", "宋体", 14),
    ],
)
def test_the_typefaces_are_those_of_official_papers(style: str, face: str, size: int | None) -> None:
    found = opened(PAPERS["work plan"]()).styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    if size:
        assert found.font.size == Pt(size)


def test_text_and_headings_have_their_styles_and_tables_repeat_their_headings() -> None:
    document = opened(PAPERS["work plan"]())
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles[:4] == ["Title", "addressee", "Normal", "Heading 1"]
    rows = document.tables[0].rows
    with zipfile.ZipFile(io.BytesIO(PAPERS["work plan"]())) as archive:
        xml = archive.read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == len(rows) == 3
    widths = [round(cell.width / Mm(1)) for cell in rows[1].cells if cell.width is not None]
    assert widths == [12, 58, 32, 54]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_passes_the_check_of_handed_in_files(name: str) -> None:
    assert check_file("报告.docx", io.BytesIO(PAPERS[name]())).text_examined


def test_what_no_file_can_hold_is_dropped_and_braces_and_markup_stay_as_typed() -> None:
    odd = "a\x00b\x0bc\ud800d\ufffe{x} <w:p> & ]]> 𠮷\r\n第二行"
    report = replace(samples.MID_TERM, progress=(MeasureProgress(1, odd),))
    text = lines(write_mid_term_report(report))
    assert text[11:13] == ["进展情况：abcd{x} <w:p> & ]]> 𠮷", "第二行"]


def test_a_measure_that_nobody_told_of_is_shown_as_missing() -> None:
    report = replace(samples.MID_TERM, progress=())
    assert lines(write_mid_term_report(report))[11] == "进展情况：（未填写）"
    plan = replace(samples.WORK_PLAN, progress=(MeasureProgress(1, "x", first_on=date(2031, 2, 1)),))
    assert [row[2] for row in cells(write_work_plan(plan))[1:]] == ["2031年2月1日至", "（未填写）"]


@pytest.mark.parametrize("numbers", [(3,), (0,), (1, 1)])
def test_progress_of_no_measure_or_twice_is_a_mistake_of_the_caller(numbers: tuple[int, ...]) -> None:
    report = replace(samples.MID_TERM, progress=tuple(MeasureProgress(number, "x") for number in numbers))
    with pytest.raises(ValueError, match="measure"):
        write_mid_term_report(report)


def test_a_task_without_number_of_the_plan_helpers_or_day_is_described_all_the_same() -> None:
    task = replace(samples.TASK, plan_number="", supporting_departments=(), due_text="", due_on=None)
    text = lines(write_work_plan(replace(samples.WORK_PLAN, task=task, addressee="整改办")))
    assert text[1] == "整改办："
    assert text[2].startswith("根据《云岭中级法院2030年度意见建议整改工作方案》，现将")
    assert text[7:9] == ["配合部门：无", "完成时限：长期坚持或立行立改"]
    dated = replace(samples.TASK, due_text="")
    assert "完成时限：2031年12月31日" in lines(write_work_plan(replace(samples.WORK_PLAN, task=dated)))


def test_a_target_without_a_result_says_what_is_missing() -> None:
    report = replace(samples.COMPLETION, criteria=(CriterionResult(1, "走访", "已走访", target="30户"),))
    assert "目标与实际：目标30户，实际（未填写）" in lines(write_completion_report(report))


@pytest.mark.parametrize("module", ["records", "wording", "package", "template"])
def test_records_and_words_load_no_large_library(module: str) -> None:
    loaded = "{'docx', 'openpyxl', 'segno'} & set(sys.modules)"
    code = f"import sys, workflows.documents.{module}; assert not {loaded}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_verification_record_gives_a_verdict_for_each_criterion_and_concludes() -> None:
    data = PAPERS["verification record"]()
    text = lines(data)
    assert text[0] == "整改任务核验记录"
    assert "各项核验标准均已达到，建议核验销号。" in text
    assert text[-3:] == ["核验人：沈知秋", "核验组", "2031年8月5日"]
    assert cells(data) == [
        ["序号", "核验标准", "结论", "核验说明"],
        ["1", "夜间窗口开放满三个月", "达到", "实地查看"],
    ]


def test_the_written_opinion_names_what_is_not_met_and_the_new_day() -> None:
    data = PAPERS["written opinion"]()
    text = lines(data)
    assert text[0] == "整改任务退回整改书面意见"
    assert "有核验标准没有核验为达到，建议退回整改，新的完成时限为2031年9月30日。" in text
    assert "请补足开放时间" in text
    assert [row[2] for row in cells(data)[1:]] == ["达到", "未达到"]
