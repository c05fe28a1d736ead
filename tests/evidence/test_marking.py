from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from tests.evidence.samples import (
    CONTENT_TYPES,
    TYPES_XML,
    WORD,
    compound_of,
    docx_of,
    mp4,
    ofd_of,
    pptx_of,
    sample,
    with_part,
    xlsx_of,
    zipped,
)
from workflows.evidence.check import check_file
from workflows.evidence.marking import ENCODINGS, TextSearch, find_in_bytes, find_in_text
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.records import FileType
from workflows.evidence.xml_text import may_hold_marking

MARKED = [
    ("秘密★", "秘密★"),
    ("机密★1年", "机密★"),
    ("绝密★启用前", "绝密★"),
    ("机 密 ★ 10 年", "机密★"),
    ("绝　密　☆", "绝密★"),
    ("秘\u00a0\u200b密 ★", "秘密★"),
    ("機密★", "机密★"),
    ("絕密⭐", "绝密★"),
    ("密级：秘密★5年", "秘密★"),
]
UNMARKED = [
    "保守国家秘密",
    "商密★",
    "★秘密",
    "秘★密",
    "应当保守国家秘密\n★ 重点工作",
    "秘密，★",
    "机密" + " " * 40 + "★",
    "工作秘密　　　第一条",
]
TEXT_TYPES = sorted(set(FileType) - {FileType.JPG, FileType.PNG, FileType.MP4})


def marking_of(name: str, data: bytes) -> str | None:
    """The marking for which a file is refused, ``None`` where it passes."""
    try:
        check_file(name, io.BytesIO(data))
    except FileRefusedError as refused:
        return str(refused.params.get("marking", refused.code))
    return None


@pytest.mark.parametrize("kind", TEXT_TYPES)
@pytest.mark.parametrize(("text", "marking"), MARKED)
def test_a_marking_in_readable_text_is_refused_in_every_type(kind: FileType, text: str, marking: str) -> None:
    assert marking_of(f"a.{kind}", sample(kind, text)) == marking


@pytest.mark.parametrize("kind", TEXT_TYPES)
@pytest.mark.parametrize("text", UNMARKED)
def test_words_that_are_no_marking_pass(kind: FileType, text: str) -> None:
    assert marking_of(f"a.{kind}", sample(kind, text)) is None


def test_a_marking_in_the_name_is_refused() -> None:
    assert marking_of("秘密★会议纪要.mp4", mp4()) == "秘密★"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_text_is_searched_in_every_encoding_and_across_blocks(encoding: str) -> None:
    for before in range((1 << 20) - 8, (1 << 20) + 1):
        assert marking_of("a.txt", ("." * before + "机密★").encode(encoding)) == "机密★"


def test_one_bad_byte_does_not_hide_a_marking() -> None:
    assert marking_of("a.txt", "整改".encode() + b"\xb0\xa1" + "机密★".encode()) == "机密★"


def test_signs_spread_over_runs_are_joined() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for sign in "机密★":
        paragraph.add_run(sign).bold = True
    out = io.BytesIO()
    document.save(out)
    assert marking_of("a.docx", out.getvalue()) == "机密★"


def test_signs_of_two_paragraphs_or_cells_are_not_joined() -> None:
    assert marking_of("a.docx", docx_of("保守秘密", "★重点")) is None
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["A2"] = "保守秘密", "★重点"
    out = io.BytesIO()
    book.save(out)
    assert marking_of("a.xlsx", out.getvalue()) is None


def test_headers_text_boxes_and_properties_are_searched() -> None:
    in_header = docx.Document()
    in_header.sections[0].header.paragraphs[0].text = "秘密★1年"
    in_title = docx.Document()
    in_title.core_properties.title = "秘密★1年"
    in_watermark = docx.Document()
    in_watermark.element.body.insert(
        0, parse_xml('<v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="秘密★"/>')
    )
    for document in (in_header, in_title, in_watermark):
        out = io.BytesIO()
        document.save(out)
        assert marking_of("a.docx", out.getvalue()) == "秘密★"


def test_the_margin_of_a_worksheet_is_searched() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].oddHeader = HeaderFooterItem(center=_HeaderFooterPart("机密★"))
    out = io.BytesIO()
    book.save(out)
    assert marking_of("a.xlsx", out.getvalue()) == "机密★"


def test_a_part_that_nothing_refers_to_is_searched() -> None:
    assert marking_of("a.pptx", with_part(pptx_of("x"), "ppt/old.xml", "<p>绝密★</p>")) == "绝密★"


def test_signs_written_as_numbers_are_found() -> None:
    assert marking_of("a.ofd", ofd_of("&#x673A;&#23494;&#9733;")) == "机密★"


@pytest.mark.parametrize(("encoding", "codec"), [("GBK", "gbk"), ("UTF-16", "utf-16"), ("gb2312", "gbk")])
def test_parts_in_other_encodings_are_searched(encoding: str, codec: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><p>整改 机密★</p>'.encode(codec)
    assert marking_of("a.ofd", with_part(ofd_of("x"), "Doc_0/more.xml", part)) == "机密★"


def test_a_part_in_an_encoding_nobody_knows_is_refused() -> None:
    part = b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><p/>'
    with pytest.raises(FileRefusedError, match="file_type_mismatch"):
        check_file("a.ofd", io.BytesIO(with_part(ofd_of("x"), "Doc_0/more.xml", part)))


def test_lines_of_an_ofd_are_told_apart_by_their_height() -> None:
    def page(*lines: tuple[str, float]) -> bytes:
        objects = "".join(
            f'<o:TextObject Boundary="30 {top} 9 5"><o:TextCode>{text}</o:TextCode></o:TextObject>'
            for text, top in lines
        )
        return with_part(
            ofd_of("x"), "Doc_0/Pages/Page_1/Content.xml", f'<o:Page xmlns:o="o">{objects}</o:Page>'
        )

    assert marking_of("a.ofd", page(("机", 20), ("密", 20.2), ("★", 20))) == "机密★"
    assert marking_of("a.ofd", page(("保守秘密", 20), ("★重点", 30))) is None


def test_office_files_that_wps_writes_are_searched_in_both_its_encodings() -> None:
    assert marking_of("a.wps", compound_of("WordDocument", "整改") + "机密★".encode("gb18030")) == "机密★"
    assert marking_of("a.et", compound_of("Workbook", "整改" * 300_000 + "机密★")) == "机密★"


def test_bytes_are_searched_across_the_blocks_of_reading() -> None:
    start = len(compound_of("WordDocument", ""))
    for before in range((1 << 20) - start - 12, (1 << 20) - start + 2, 2):
        text = "文" * (before // 2) + "机 密 ★"
        assert marking_of("a.wps", compound_of("WordDocument", text)) == "机密★"


@pytest.mark.parametrize("sign", ["★", "☆", "&#9733;", "&#x2605;"])
def test_a_star_cut_in_two_between_blocks_is_still_a_hint(sign: str) -> None:
    part = f"<p>机密{sign}</p>".encode()
    for cut in range(1, len(part)):
        assert may_hold_marking([part[:cut], part[cut:]])
    assert not may_hold_marking(["<p>机密</p>".encode()])


@given(st.integers(0, 60), st.lists(st.integers(1, 7), max_size=30), st.sampled_from(MARKED))
def test_a_marking_is_found_however_the_text_is_cut(
    before: int, cuts: list[int], marked: tuple[str, str]
) -> None:
    text = "文" * before + marked[0]
    search = TextSearch()
    for cut in cuts:
        search.feed(text[:cut])
        text = text[cut:]
    search.feed(text)
    assert search.found == marked[1]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("text", "marking"), MARKED)
def test_bytes_are_searched_in_every_encoding(encoding: str, text: str, marking: str) -> None:
    assert find_in_bytes(b"\x01\x02\x03\x04" + text.encode(encoding) + b"\0\0", [encoding]) == marking


@pytest.mark.parametrize("text", UNMARKED)
def test_bytes_and_text_agree_on_what_is_no_marking(text: str) -> None:
    assert find_in_text(text) is None
    assert find_in_bytes(text.encode()) is None


def test_a_stored_part_is_searched_as_a_packed_one_is() -> None:
    parts = {CONTENT_TYPES: TYPES_XML.format(WORD), "word/document.xml": "<p>机密★</p>"}
    assert marking_of("a.docx", zipped(parts, zipfile.ZIP_STORED)) == "机密★"
    assert marking_of("a.xlsx", xlsx_of("机密★")) == "机密★"
