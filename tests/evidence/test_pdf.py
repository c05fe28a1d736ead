from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser

from tests.documents.pdf_samples import BY_TABLE, document, encoded_font, pdf_of, pdf_showing, stream_of
from workflows.evidence.check import check_file
from workflows.evidence.ports import FileRefusedError

WIDE = (
    b"begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"beginbfchar <0005> <673A> <0006> <5BC6> endbfchar\n"
    b"beginbfrange\n<0010> <0013> <2603>\n<0020> <0022> [<6574> <6539> <2606>]\nendbfrange\n"
)
NARROW = b"beginbfchar <41> <79D8> <42> <5BC6> <43> <0020> <44> <2605> endbfchar\n"
FONTS = (
    f"/F1 {BY_TABLE.format(3)} /F2 {BY_TABLE.format(3)}"
    " /F3 << /Type /Font /Subtype /TrueType /BaseFont /Song /ToUnicode 4 0 R >>"
)
JI, MI, STAR, HOLLOW, OTHER = "0005", "0006", "0012", "0022", "0020"


def marking_of(data: bytes) -> str | None:
    try:
        check_file("a.pdf", io.BytesIO(data))
    except FileRefusedError as refused:
        return str(refused.params.get("marking", refused.code))
    return None


def examined(data: bytes) -> bool:
    return check_file("a.pdf", io.BytesIO(data)).text_examined


def showing(page: str) -> bytes:
    content = stream_of(page.encode("latin-1"))
    return pdf_of(*document([content], FONTS, stream_of(WIDE), stream_of(NARROW)))


@pytest.mark.parametrize(
    "page",
    [
        f"BT /F1 16 Tf <{JI}{MI}{STAR}> Tj ET",
        f"BT /F1 16 Tf <{JI}> Tj <{MI}> Tj /F2 16 Tf <{STAR}> Tj ET",
        f"BT /F1 16 Tf [<{JI}> -120 <{MI}> 30.5 <{HOLLOW}>] TJ ET",
        f"BT /F1 16 Tf 1 0 0 1 9 7 Tm <{JI}> Tj 1 0 0 1 25 7 Tm <{MI}> Tj 1 0 0 1 41 7 Tm <{STAR}> Tj ET",
        f"BT /F1 16 Tf <{JI}> Tj 16 0 Td <{MI}> Tj 16 0 TD <{STAR}> Tj ET",
        "BT /F1 16 Tf (\\000\\005\\000\\006) Tj (\\000\\022) Tj ET",
        "BT /F1 16 Tf (\x00\x05\x00\x06\x00\x12) ' ET",
        f"q BT /F1 16 Tf <{JI}{MI}> Tj ET Q q BT /F1 16 Tf <{STAR}> Tj ET Q",
        f"BT /F1 16 Tf % a comment (\n<{JI}{MI}{STAR}> Tj ET",
        f"BI /W 1 ID (((\x00<<\nEI BT /F1 16 Tf <{JI}{MI}{STAR}> Tj ET",
    ],
)
def test_a_marking_is_found_by_the_tables_of_the_fonts_however_it_is_shown(page: str) -> None:
    assert marking_of(showing(page)) == "机密★"


@pytest.mark.parametrize(
    "page",
    [
        f"BT /F1 16 Tf <{JI}{MI}> Tj 0 -28 Td <{STAR}> Tj ET",
        f"BT /F1 16 Tf 28 TL <{JI}{MI}> Tj T* <{STAR}> Tj ET",
        f"BT /F1 16 Tf 28 TL <{JI}{MI}> Tj <{STAR}> ' ET",
        f"BT /F1 16 Tf 1 0 0 1 90 700 Tm <{JI}{MI}> Tj 1 0 0 1 90 672 Tm <{STAR}> Tj ET",
        f"BT /F1 16 Tf <{JI}{MI}{OTHER}{STAR}> Tj ET",
        f"BT /F1 16 Tf <{JI}{OTHER}{MI}{STAR}> Tj ET",
        f"BT /F1 16 Tf <{STAR}{JI}{MI}> Tj ET",
        f"BT /F1 16 Tf <00{JI}{MI}{STAR}> Tj ET",
        f"/Span << /ActualText <{JI}{MI}{STAR}> >> BDC BT /F1 16 Tf <{OTHER}> Tj ET EMC",
    ],
)
def test_signs_of_two_lines_or_with_others_between_are_no_marking(page: str) -> None:
    assert marking_of(showing(page)) is None
    assert examined(showing(page))


@pytest.mark.parametrize("page", ["BT /F3 16 Tf <414244> Tj ET", "BT /F3 16 Tf (ACBCCD) Tj ET"])
def test_fonts_of_one_byte_are_read_too(page: str) -> None:
    assert marking_of(showing(page)) == "秘密★"


def test_words_and_star_may_come_from_fonts_of_different_widths() -> None:
    page = "BT /F3 16 Tf (A) Tj {} /F3 16 Tf (B) Tj (C) Tj (C) Tj /F1 16 Tf <{}> Tj ET"
    assert marking_of(showing(page.format("", STAR))) == "秘密★"
    assert marking_of(showing(page.format(f"/F1 16 Tf <{OTHER}> Tj", STAR))) is None


@pytest.mark.parametrize("encoding", ["GBK-EUC-H", "UniGB-UCS2-H"])
def test_the_encodings_that_every_viewer_knows_are_read(encoding: str) -> None:
    codec = "gbk" if encoding.startswith("GBK") else "utf-16-be"
    shown = " ".join(f"<{sign.encode(codec).hex()}> Tj" for sign in "绝密★")
    page = stream_of(f"BT /F1 16 Tf {shown} ET".encode())
    assert marking_of(pdf_of(*document([page], f"/F1 {encoded_font(encoding)}"))) == "绝密★"


def test_titles_and_what_no_page_shows_any_more_are_searched() -> None:
    shown = pdf_showing("整改情况")
    for title in (b"(\xfe\xff" + "秘密★".encode("utf-16-be") + b")", b"<feff 79d8 0020 5bc6 2605>"):
        objects = document([stream_of(b"")], "", b"<< /Title " + title + b" >>")
        assert marking_of(pdf_of(*objects)) == "秘密★"
    assert marking_of(shown + "秘密★".encode()) == "秘密★"
    assert marking_of(shown.ljust((1 << 20) - 4) + "秘密★".encode("gb18030")) == "秘密★"
    assert marking_of(shown) is None


def test_what_could_not_be_searched_is_said() -> None:
    assert examined(pdf_showing("整改情况"))
    assert not examined(pdf_showing("整改情况")[:-150])
    assert not examined(showing("q /Im1 Do Q"))


@pytest.mark.parametrize("data", [b"x", b"<html>%PDF-1.4", b"GIF89a" + pdf_showing("x")])
def test_what_does_not_begin_as_a_pdf_is_refused(data: bytes) -> None:
    assert marking_of(data) == "file_type_mismatch"


def test_blanks_and_a_mark_before_the_beginning_are_forgiven() -> None:
    assert examined(b"\xef\xbb\xbf\r\n" + pdf_showing("x"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "marking"), [("机密★1年", "机密★"), ("秘 密 ★", "秘密★"), ("保守秘密<br>★ 重点工作", None)]
)
def test_a_pdf_as_a_browser_prints_it_is_searched(chromium: Browser, text: str, marking: str | None) -> None:
    page = chromium.new_page()
    page.set_content(f"<h1>整改工作方案</h1><p>第一条 各部门应当按时报送。</p><p>{text}</p>")
    printed = page.pdf()
    page.close()
    assert marking_of(printed) == marking
    if marking is None:
        assert examined(printed)
