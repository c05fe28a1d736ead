from __future__ import annotations

import base64
import contextlib
import io
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from tests.evidence.samples import PDF_TEXT, pdf_object, pdf_of, pdf_showing
from workflows.evidence.check import check_file
from workflows.evidence.pdf_codes import Codes
from workflows.evidence.pdf_shown import shown_strings
from workflows.evidence.pdf_streams import MAX_STREAM, MAX_UNPACKED, PdfFile, Unreadable
from workflows.evidence.ports import FileRefusedError

FONT = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R >>"
TABLE = (
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"2 beginbfchar <0005> <673A> <0006> <5BC6> endbfchar\n"
    b"2 beginbfrange <0010> <0013> <2603> <0020> <0022> [<6574> <6539> <2606>] endbfrange\n"
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


def with_table(page: str, table: bytes = TABLE) -> bytes:
    return pdf_of(
        b"1 0 obj " + FONT + b" endobj\n", pdf_object(2, page.encode("latin-1")), pdf_object(9, table)
    )


@pytest.mark.parametrize(
    "page",
    [
        f"BT /F1 16 Tf <{JI}{MI}{STAR}> Tj ET",
        f"BT /F1 16 Tf <{JI}> Tj <{MI}> Tj /F2 16 Tf <{STAR}> Tj ET",
        f"BT /F1 16 Tf [<{JI}> -120 <{MI}> 30.5 <{HOLLOW}>] TJ ET",
        f"BT 1 0 0 1 90 700 Tm <{JI}> Tj 1 0 0 1 106 700 Tm <{MI}> Tj 1 0 0 1 122 700 Tm <{STAR}> Tj ET",
        f"BT <{JI}> Tj 16 0 Td <{MI}> Tj 16 0 TD <{STAR}> Tj ET",
        "BT (\\000\\005\\000\\006) Tj (\\000\\022) Tj ET",
        "BT (\x00\x05\x00\x06\x00\x12) ' ET",
        f"q BT <{JI}{MI}> Tj ET Q q BT <{STAR}> Tj ET Q",
        f"BT % a comment (\n<{JI}{MI}{STAR}> Tj ET",
        f"BI /W 1 ID (((\x00<<\nEI BT <{JI}{MI}{STAR}> Tj ET",
    ],
)
def test_a_marking_is_found_by_the_tables_of_the_fonts_however_it_is_shown(page: str) -> None:
    assert marking_of(with_table(page)) == "机密★"


@pytest.mark.parametrize(
    "page",
    [
        f"BT <{JI}{MI}> Tj 0 -28 Td <{STAR}> Tj ET",
        f"BT <{JI}{MI}> Tj T* <{STAR}> Tj ET",
        f"BT <{JI}{MI}> Tj <{STAR}> ' ET",
        f"BT 1 0 0 1 90 700 Tm <{JI}{MI}> Tj 1 0 0 1 90 672 Tm <{STAR}> Tj ET",
        f"BT <{JI}{MI}{OTHER}{STAR}> Tj ET",
        f"BT <{JI}{OTHER}{MI}{STAR}> Tj ET",
        f"BT <{STAR}{JI}{MI}> Tj ET",
        f"BT <00{JI}{MI}{STAR}> Tj ET",
        f"/Span << /ActualText <{JI}{MI}{STAR}> >> BDC BT <{OTHER}> Tj ET",
    ],
)
def test_signs_of_two_lines_or_with_others_between_are_no_marking(page: str) -> None:
    assert marking_of(with_table(page)) is None
    assert examined(with_table(page))


def test_fonts_of_one_byte_are_read_too() -> None:
    table = b"beginbfchar <01> <79D8> <02> <5BC6> <03> <2605> endbfchar"
    assert marking_of(with_table("BT <010203> Tj ET", table)) == "秘密★"
    assert marking_of(with_table("BT (\x01\x02\x03) Tj ET", table)) == "秘密★"


def test_words_and_star_may_come_from_fonts_of_different_widths() -> None:
    table = TABLE + b"beginbfchar <41> <7EDD> <42> <5BC6> <43> <0020> endbfchar"
    page = f"BT (A) Tj <0013> Tj (B) Tj (C) Tj (C) Tj <{STAR}> Tj ET"
    assert marking_of(with_table(page, table.replace(b"<2603>", b"<0000>"))) is None
    assert marking_of(with_table(page, table + b"beginbfchar <0013> <0020> endbfchar")) == "绝密★"


def test_a_table_that_claims_billions_of_codes_costs_nothing() -> None:
    table = b"beginbfrange <00000000> <FFFFFFFF> <0000> <0000> <FFFF> <0000> endbfrange" * 1000
    codes = Codes()
    started = time.process_time()
    codes.add_table(table)
    assert time.process_time() - started < 5
    assert codes.signs[2]["★".encode("utf-16-be")] == {"★"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-16-be"])
def test_the_encodings_that_every_viewer_knows_are_read(encoding: str) -> None:
    name = b"/GBK-EUC-H" if encoding == "gbk" else b"/UniGB-UCS2-H"
    shown = " ".join(f"<{sign.encode(encoding).hex()}> Tj" for sign in "绝密★")
    page = pdf_object(2, PDF_TEXT.format(shown).encode())
    assert marking_of(pdf_of(b"1 0 obj << /Encoding " + name + b" >> endobj\n", page)) == "绝密★"
    packed = pdf_object(1, b"5 0 << /Encoding " + name + b" >>", "/Type /ObjStm /N 1 /First 4 ")
    assert marking_of(pdf_of(packed, page)) == "绝密★"


@pytest.mark.parametrize(
    "title",
    [
        "(秘密★)".encode(),
        b"(" + "秘密★".encode("utf-16") + b")",
        b"(\xfe\xff" + "秘密★".encode("utf-16-be") + b")",
        b"<FEFF79D85BC62605>",
        b"<feff 79d8 0020 5bc6 2605>",
    ],
)
def test_titles_and_notes_are_searched_as_they_stand_and_packed(title: bytes) -> None:
    if b"\xff\xfe" not in title:
        assert marking_of(pdf_of(b"1 0 obj << /Title " + title + b" >> endobj\n")) == "秘密★"
        assert marking_of(pdf_of(pdf_object(1, b"1 0 << /Title " + title + b" >>"))) == "秘密★"


def test_streams_are_found_whatever_their_length_is_said_to_be() -> None:
    packed = zlib.compress(f"BT <{JI}{MI}{STAR}> Tj ET".encode())
    for said in (b"/Length 12 0 R", b"/Length 3", b"/Length 999999999", b""):
        page = b"2 0 obj << %s /Filter [/FlateDecode] >>\r\nstream\r\n%s\r\nendstream endobj " % (
            said,
            packed,
        )
        assert marking_of(pdf_of(b"1 0 obj " + FONT + b" endobj\n", page, pdf_object(9, TABLE))) == "机密★"


def test_streams_packed_as_text_are_unpacked() -> None:
    content = f"BT <{JI}{MI}{STAR}> Tj ET".encode()
    for filters, data in (
        ("/ASCII85Decode /FlateDecode", base64.a85encode(zlib.compress(content)) + b"~>"),
        ("/A85", b"<~" + base64.a85encode(content) + b"~>"),
        ("/ASCIIHexDecode", content.hex().encode() + b">"),
        ("/AHx /Fl", zlib.compress(content).hex().encode()),
    ):
        page = pdf_object(2, data, f"/Filter [{filters}] ", packed=False)
        assert marking_of(pdf_of(page, pdf_object(9, TABLE))) == "机密★"


def test_a_stream_across_the_blocks_of_reading_is_found() -> None:
    filling = b"%" + b"x" * ((1 << 20) - 60) + b"\n"
    page = pdf_object(2, f"BT <{JI}{MI}{STAR}> Tj ET".encode())
    for shift in range(0, 120, 7):
        assert (
            marking_of(pdf_of(filling + b"%" + b"y" * shift + b"\n", page, pdf_object(9, TABLE))) == "机密★"
        )


def test_what_could_not_be_read_is_said() -> None:
    page = pdf_object(2, f"BT <{OTHER}> Tj ET".encode())
    table = pdf_object(9, TABLE)
    assert examined(pdf_of(page, table))
    assert not examined(pdf_of(page, table, b"7 0 obj << /Encrypt 8 0 R >> endobj\n"))
    assert not examined(pdf_of(page, table, pdf_object(3, b"x", "/Filter /LZWDecode ", packed=False)))
    assert not examined(pdf_of(page, table, b"3 0 obj << >>\nstream\nno end"))
    assert not examined(pdf_of(pdf_object(2, b"q /Im1 Do Q")))
    assert not examined(pdf_of(b"1 0 obj << /Encoding /Identity-H >> endobj\n", page))
    assert examined(
        pdf_of(page, table, pdf_object(3, b"x", "/Subtype /Image /Filter /DCTDecode ", packed=False))
    )


@pytest.mark.parametrize("data", [b"x", b"<html>%PDF-1.4", b"GIF89a" + pdf_showing("x")])
def test_what_does_not_begin_as_a_pdf_is_refused(data: bytes) -> None:
    assert marking_of(data) == "file_type_mismatch"


def test_blanks_and_a_mark_before_the_beginning_are_forgiven() -> None:
    assert marking_of(b"\xef\xbb\xbf\r\n" + pdf_showing("x")) is None


AMBIGUOUS = TABLE + b"beginbfchar <07> <0020> <00> <0020> <0007> <0020> endbfchar"
HARMFUL: dict[str, Callable[[], bytes]] = {
    "bombs": lambda: pdf_of(*[pdf_object(1, bytes(8 * MAX_STREAM))] * 60),
    "nested": lambda: pdf_of(
        pdf_object(1, zlib.compress(bytes(96 << 20)), "/Filter [/FlateDecode /FlateDecode] ", packed=False)
    ),
    "no ends": lambda: b"%PDF-1.7\n" + b"1 0 obj<<>>stream\n" * 200_000,
    "many": lambda: b"%PDF-1.7\n" + b"<<>>stream\nendstream" * 200_000,
    "parentheses": lambda: pdf_of(pdf_object(1, b"(" * (2 << 20) + b" Tj"), pdf_object(2, TABLE)),
    "digits": lambda: pdf_of(pdf_object(1, b"<0005" * (1 << 20) + b" Tj"), pdf_object(2, TABLE)),
    "pictures": lambda: pdf_of(pdf_object(1, b"ID " * (1 << 20) + b" Tj"), pdf_object(2, TABLE)),
    "ranges": lambda: pdf_of(pdf_object(1, b"beginbfrange " + b"<00> <00> [" * (1 << 19))),
    "sections": lambda: pdf_of(pdf_object(1, b"beginbfchar " * (1 << 19))),
    "blanks": lambda: with_table(f"BT <{JI}> Tj " + "<0007> Tj <07> Tj " * 20_000, AMBIGUOUS),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_made_to_harm_ends_in_bounded_time(name: str) -> None:
    data = HARMFUL[name]()
    started = time.process_time()
    assert marking_of(data) is None
    assert time.process_time() - started < 10


@pytest.mark.parametrize("name", ["bombs", "nested"])
def test_a_file_made_to_harm_ends_in_bounded_memory(name: str) -> None:
    data = HARMFUL[name]()
    tracemalloc.start()
    try:
        assert marking_of(data) is None
        assert tracemalloc.get_traced_memory()[1] < 60 << 20
    finally:
        tracemalloc.stop()


def test_all_streams_together_may_not_be_unpacked_beyond_the_allowance() -> None:
    file = PdfFile(io.BytesIO(pdf_of(*[pdf_object(1, bytes(MAX_STREAM))] * 30)))
    unpacked = 0
    for stream in file.streams():
        with contextlib.suppress(Unreadable):
            unpacked += len(file.unpack(stream))
    assert unpacked <= MAX_UNPACKED + MAX_STREAM


@given(st.binary(max_size=400))
def test_any_content_ends(content: bytes) -> None:
    list(shown_strings(content))
    Codes().add_table(b"beginbfrange" + content + b"endbfrange beginbfchar" + content + b"endbfchar")
    marking_of(pdf_of(pdf_object(1, content + b" Tj"), pdf_object(9, TABLE)))


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
