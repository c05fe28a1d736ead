from __future__ import annotations

import codecs
import io
import zipfile

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.plans.documents import text, word, word_of
from workflows.plans.errors import UnreadablePlanError
from workflows.plans.read import load, read_plan
from workflows.plans.sources.kinds import MOST_BYTES
from workflows.plans.sources.numbering import spoken

PLAN = "某院整改方案\n整改目标：缩短等候\n整改措施：增设窗口\n责任部门：立案庭\n完成时限：2023年底"


def refused(name: str, data: bytes) -> str:
    with pytest.raises(UnreadablePlanError) as refusal:
        read_plan(name, data)
    return refusal.value.code


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        codecs.BOM_UTF8 + PLAN.encode(),
        PLAN.encode("gb18030"),
        b"\x84\x31\x95\x33" + PLAN.encode("gb18030"),
        PLAN.encode("utf-16"),
        codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "gb18030-bom", "utf-16", "utf-16-be", "crlf", "cr"],
)
def test_every_usual_encoding_is_read(data: bytes) -> None:
    reading = read_plan("plan.txt", data)
    assert reading.title == "某院整改方案"
    assert reading.tasks[0].lead_department == "立案庭"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("plan.txt", b"", "plan_empty"),
        ("plan.txt", b" \r\n\t\n", "plan_empty"),
        ("plan.docx", word_of(""), "plan_empty"),
        ("plan.txt", b"x" * (MOST_BYTES + 1), "plan_too_large"),
        ("plan.txt", bytes(range(256)) * 40, "plan_encoding"),
        ("plan.txt", b"\x81\xff\xfe\x00" * 100, "plan_encoding"),
        ("plan.xyz", PLAN.encode(), "plan_format_unknown"),
        ("plan.pdf", b"%PDF-1.7 ...", "plan_format_unknown"),
        ("plan.doc", b"\xd0\xcf\x11\xe0rest", "plan_format_old"),
        ("plan.docx", b"\xd0\xcf\x11\xe0rest", "plan_format_old"),
        ("plan.wps", b"anything", "plan_format_old"),
        ("plan.docx", PLAN.encode(), "plan_damaged"),
        ("plan.txt", word_of(PLAN), "plan_damaged"),
        ("plan.docx", b"PK\x03\x04 not really", "plan_damaged"),
        ("plan.docx", word_of(PLAN)[:2000], "plan_damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(name: str, data: bytes, code: str) -> None:
    assert refused(name, data) == code


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_zip_that_is_no_word_file_is_damaged() -> None:
    assert refused("plan.docx", zipped({"a.txt": b"a"})) == "plan_damaged"


def test_a_zip_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked() -> None:
    assert refused("plan.docx", zipped({"word/document.xml": b" " * 20_000_000})) == "plan_too_large"
    assert refused("plan.docx", zipped({f"{number}": b"" for number in range(6000)})) == "plan_too_large"


def test_entities_of_a_word_file_are_never_opened() -> None:
    data = word_of(PLAN)
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    body = parts["word/document.xml"].decode()
    evil = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = body.replace("?>", f"?>{evil}", 1).replace("增设窗口", "增设窗口&x;")
    parts["word/document.xml"] = body.encode()
    assert read_plan("plan.docx", zipped(parts)).tasks[0].measures == ("增设窗口",)


def number(document: Document, levels: list[tuple[str, str]]) -> str:
    """Add a list with these forms and texts per level; give its number."""
    inner = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for level, (form, shown) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def add(document: Document, content: str, level: int | None = None) -> None:
    paragraph = document.add_paragraph(content)
    if level is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # python-docx has no other way.
        properties.get_or_add_numId().val = 77
        properties.get_or_add_ilvl().val = level


def test_automatic_numbers_are_read_as_they_are_printed() -> None:
    def build(document: Document) -> None:
        number(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
        add(document, "某院整改方案")
        add(document, "指导思想", 0)
        add(document, "坚持问题导向。")
        add(document, "整改任务", 0)
        for section in ("窗口服务", "热线服务"):
            add(document, section, 1)
            add(document, "整改目标：缩短等候")
            add(document, "整改措施：")
            add(document, "增设窗口。", 2)
            add(document, "开通预约。", 2)
            add(document, "责任部门：立案庭")

    data = word(build)
    lines = load("plan.docx", data).lines
    assert lines[1:5] == ("一、指导思想", "坚持问题导向。", "二、整改任务", "（一）窗口服务")
    assert lines[-2] == "2.开通预约。"
    first, second = read_plan("plan.docx", data).tasks
    assert (first.section, second.section) == ("窗口服务", "热线服务")
    assert second.measures == ("增设窗口", "开通预约")


def test_numbers_may_come_with_the_style() -> None:
    def build(document: Document) -> None:
        number(document, [("decimalEnclosedCircle", "%1")])
        style = document.styles.add_style("Measure", WD_STYLE_TYPE.PARAGRAPH)
        properties = OxmlElement("w:pPr")
        numbered = OxmlElement("w:numPr")
        identity = OxmlElement("w:numId")
        identity.set(qn("w:val"), "77")
        numbered.append(identity)
        properties.append(numbered)
        style.element.append(properties)
        add(document, "整改目标：缩短等候")
        add(document, "整改措施：")
        for measure in ("增设窗口", "开通预约"):
            document.add_paragraph(measure, style="Measure")
        add(document, "责任部门：立案庭")

    data = word(build)
    assert load("plan.docx", data).lines[2:4] == ("①增设窗口", "②开通预约")
    assert read_plan("plan.docx", data).tasks[0].measures == ("增设窗口", "开通预约")


@pytest.mark.parametrize(
    ("value", "shown"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_numbers_are_spoken_as_word_prints_them(value: int, shown: str) -> None:
    assert spoken(value) == shown


def test_headings_by_style_make_sections() -> None:
    def build(document: Document) -> None:
        document.add_heading("某院整改方案", 0)
        document.add_heading("整改任务", 1)
        for section in ("窗口服务", "热线服务"):
            document.add_heading(section, 2)
            document.add_paragraph("整改目标：缩短等候")
            document.add_paragraph("责任部门：立案庭")

    assert [task.section for task in read_plan("plan.docx", word(build)).tasks] == ["窗口服务", "热线服务"]


def test_a_line_break_inside_a_paragraph_begins_a_line() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("整改目标：缩短等候\n整改措施：增设窗口\n责任部门：立案庭")

    reading = read_plan("plan.docx", word(build))
    assert reading.tasks[0].lead_department == "立案庭"
    assert len(reading.lines) == 3


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("整改目标：缩短等候")
        for tag, inner, words in (("del", "delText", "旧词"), ("ins", "t", "时间")):
            run = f"<w:r><w:{inner}>{words}</w:{inner}></w:r>"
            change = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x">{run}</w:{tag}>')
            paragraph._p.append(change)  # noqa: SLF001  # python-docx writes no tracked changes.
        document.add_paragraph("责任部门：立案庭")

    assert read_plan("plan.docx", word(build)).tasks[0].objective == "缩短等候时间"


def test_markdown_headings_and_emphasis_are_no_words() -> None:
    content = (
        "# 某院整改方案\n\n## 整改任务\n\n### 窗口服务\n\n- **整改目标**：缩短等候\n- **责任部门**：立案庭\n"
    )
    (task,) = read_plan("plan.md", text(content)).tasks
    assert (task.section, task.objective, task.departments) == ("窗口服务", "缩短等候", ("立案庭",))
