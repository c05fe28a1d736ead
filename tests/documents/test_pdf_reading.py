from __future__ import annotations

import base64
import io
import resource
import zlib
from collections.abc import Callable

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.pdf_samples import (
    BARE,
    BY_TABLE,
    HEAD,
    document,
    encoded_font,
    pdf_of,
    pdf_showing,
    stream_of,
    with_object_streams,
)
from workflows.documents import pdf_reading
from workflows.documents.pdf_reading import PdfText, read_pdf

TABLE = b"beginbfchar <0005> <6574> <0006> <6539> <0007> <0020> endbfchar\n"
FONT = f"/F1 {BY_TABLE.format(3)}"
SHOWN = b"BT /F1 16 Tf <00050006> Tj ET"
MB = 1 << 20


def read(data: bytes) -> PdfText:
    return read_pdf(io.BytesIO(data))


def one_page(shown: bytes, *more: bytes, table: bytes = TABLE, extra: str = "") -> bytes:
    return pdf_of(*document([shown], FONT, stream_of(table), *more, extra=extra))


def test_every_page_is_read_with_its_lines() -> None:
    page = b"BT /F1 16 Tf 1 0 0 1 90 %d Tm <0005> Tj 0 -28 Td <0006> Tj ET"
    pages = [stream_of(page % height) for height in (700, 300)] + [stream_of(b"")]
    found = read(pdf_of(*document(pages, FONT, stream_of(TABLE))))
    assert found == PdfText(pages=("整\n改", "整\n改", ""), beside=(), complete=True)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("GBK-EUC-H", "gbk"),
        ("GB-EUC-H", "gb2312"),
        ("GBpc-EUC-V", "gb2312"),
        ("GBK2K-V", "gb18030"),
        ("UniGB-UCS2-H", "utf-16-be"),
        ("UniGB-UTF16-V", "utf-16-be"),
    ],
)
def test_chinese_encodings_that_every_viewer_knows_are_read_without_a_table(name: str, codec: str) -> None:
    text = "整改2022年a"
    together = f"<{text.encode(codec).hex()}> Tj"
    singly = " ".join(f"<{sign.encode(codec).hex()}> Tj" for sign in text)
    for shown in (together, singly):
        page = stream_of(f"BT /F1 16 Tf {shown} ET".encode())
        assert read(pdf_of(*document([page], f"/F1 {encoded_font(name)}"))).pages == (text,)


def test_files_of_today_and_files_with_a_broken_table_are_read() -> None:
    objects = document([stream_of(SHOWN)], FONT, stream_of(TABLE))
    for data in (with_object_streams(objects), pdf_of(*objects, broken=True), b"\r\n" + pdf_of(*objects)):
        assert read(data) == PdfText(pages=("整改",), beside=(), complete=True)


def test_a_page_is_read_whatever_its_length_is_said_to_be() -> None:
    packed = zlib.compress(SHOWN)
    for said in (b"/Length 12 0 R", b"/Length 3", b""):
        page = b"<< %s /Filter [/FlateDecode] >>\r\nstream\r\n%s\r\nendstream" % (said, packed)
        assert read(one_page(page)).pages == ("整改",)


def test_pages_packed_as_text_are_read() -> None:
    for filters, data in (
        ("/ASCII85Decode /FlateDecode", base64.a85encode(zlib.compress(SHOWN)) + b"~>"),
        ("/ASCII85Decode", b"<~" + base64.a85encode(SHOWN) + b"~>"),
        ("/ASCIIHexDecode", SHOWN.hex().encode() + b">"),
    ):
        assert read(one_page(stream_of(data, f"/Filter [{filters}]", packed=False))).pages == ("整改",)


def test_a_file_that_only_its_owner_may_change_is_read_and_one_with_a_password_is_not() -> None:
    for password, pages in (("", ("整改",)), ("secret", ())):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_showing("整改")))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        found = read(out.getvalue())
        assert (found.pages, found.complete) == (pages, password == "")


@pytest.mark.parametrize(
    "title",
    [
        "(整改)".encode(),
        "(整改)".encode("gb18030"),
        b"(" + "整改".encode("utf-16") + b")",
        b"<feff 6574 6539>",
    ],
)
def test_titles_are_read_as_the_format_says_and_as_programs_write_them(title: bytes) -> None:
    objects = document([stream_of(SHOWN)], FONT, stream_of(TABLE), b"<< /Title " + title + b" >>")
    for data in (pdf_of(*objects), with_object_streams(objects)):
        assert "整改" in read(data).beside


def test_stamps_and_descriptions_are_read_beside_the_pages() -> None:
    stamp = stream_of(SHOWN, f"/Subtype /Form /BBox [0 0 9 9] /Resources << /Font << {FONT} >> >>")
    annotation = b"<< /Type /Annot /Subtype /Stamp /AP << /N 4 0 R >> /Contents <FEFF6539> >>"
    described = stream_of("<x>整改</x>".encode(), "/Type /Metadata /Subtype /XML")
    found = read(one_page(stream_of(SHOWN), stamp, annotation, described, extra="/Annots [5 0 R]"))
    assert found == PdfText(pages=("整改",), beside=("整改", "改", "<x>整改</x>"), complete=True)


UNREADABLE = {
    "cut off": one_page(stream_of(SHOWN))[:-150],
    "encrypted": pdf_of(*document([stream_of(SHOWN)], FONT, stream_of(TABLE)), trailer="/Encrypt 3 0 R"),
    "a filter": one_page(stream_of(b"x", "/Filter /Unknown", packed=False)),
    "a length": one_page(b"<< /Length 999999999 >>\nstream\n" + SHOWN + b"\nendstream"),
    "a scan": one_page(stream_of(b"q /Im1 Do Q")),
    "one page a scan": pdf_of(
        *document(
            [stream_of(SHOWN), stream_of(b"q /Im1 Do Q")],
            FONT + " >> /XObject << /Im1 4 0 R ",
            stream_of(TABLE),
            stream_of(b"x", "/Type /XObject /Subtype /Image"),
        )
    ),
    "bare numbers": pdf_of(*document([stream_of(SHOWN)], f"/F1 {BARE}")),
    "an encoding": pdf_of(*document([stream_of(SHOWN)], f"/F1 {encoded_font('GBT-EUC-H')}")),
    "an attached file": one_page(stream_of(SHOWN), stream_of(b"x", "/Type /EmbeddedFile")),
    "no document": HEAD,
    "circle": pdf_of(b"2 0 R", b"1 0 R"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_could_not_be_read_is_said(name: str) -> None:
    assert not read(UNREADABLE[name]).complete


def _many(page: bytes, times: int) -> bytes:
    return pdf_of(*document([stream_of(page)] * times, FONT, stream_of(TABLE)))


def _page_tree(depth: int) -> bytes:
    """A tree in which every branch stands twice: as many pages as a power of two."""
    nodes = [
        b"<< /Type /Pages /Count 9 /Kids [%d 0 R %d 0 R] >>" % (node, node) for node in range(3, depth + 3)
    ]
    return pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes)


HARMFUL: dict[str, Callable[[], bytes]] = {
    "bombs": lambda: _many(bytes(64 * MB), 30),
    "blanks": lambda: _many(b" " * (15 * MB), 30),
    "nested": lambda: one_page(
        stream_of(zlib.compress(bytes(96 * MB)), "/Filter [/FlateDecode /FlateDecode]", packed=False)
    ),
    "no ends": lambda: HEAD + b"1 0 obj<<>>stream\n" * 200_000,
    "no objects": lambda: HEAD + b"<<>>stream\nendstream" * 200_000,
    "parentheses": lambda: one_page(stream_of(b"BT /F1 16 Tf " + b"(" * (2 * MB) + b" Tj")),
    "digits": lambda: one_page(stream_of(b"BT /F1 16 Tf " + b"<0005" * MB + b" Tj")),
    "pictures": lambda: one_page(stream_of(b"BT /F1 16 Tf " + b"ID " * MB + b" Tj")),
    "arrays": lambda: one_page(stream_of(b"BT /F1 16 Tf " + b"[" * 100_000 + b" TJ")),
    "a huge page": lambda: one_page(stream_of(b"BT /F1 16 Tf " + b"<0005> Tj " * MB)),
    "a huge string": lambda: one_page(stream_of(b"BT /F1 16 Tf <" + b"0005" * (3 * MB) + b"> Tj")),
    "many pages": lambda: _many(SHOWN, 20_000),
    "a tree of pages": lambda: _page_tree(60),
    "a circle of pages": lambda: _page_tree(1),
    "ranges": lambda: one_page(
        stream_of(SHOWN), table=b"beginbfrange\n" + b"<00000000> <FFFFFFFF> <0000>\n" * 1000
    ),
    "open ranges": lambda: one_page(
        stream_of(SHOWN), table=b"beginbfrange " + b"<00> <00> [" * (MB // 2) + b"\n"
    ),
    "a table of objects": lambda: (
        HEAD + b"xref\n0 999999999\ntrailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(HEAD)
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_made_to_harm_ends_in_bounded_time_and_is_not_called_read(name: str) -> None:
    data = HARMFUL[name]()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = read_pdf(io.BytesIO(data), seconds=1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2
    assert name == "open ranges" or not found.complete


def test_a_file_that_takes_more_memory_than_allowed_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    large = one_page(stream_of(b"0 0 m " * 100_000 + SHOWN))
    assert read(large).complete
    monkeypatch.setattr(pdf_reading, "MAX_MEMORY", 48 * MB)
    assert read(pdf_showing("整改")).complete
    assert not read(large).complete


def test_text_beyond_the_limits_is_not_read_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pdf_of(*document([stream_of(SHOWN)] * 50, FONT, stream_of(TABLE)))
    assert read(pages) == PdfText(pages=("整改",) * 50, beside=(), complete=True)
    with monkeypatch.context() as patched:
        patched.setattr(pdf_reading, "MAX_OUTPUT", 210)
        found = read(pages)
        assert set(found.pages) == {"整改"}
        assert len(found.pages) < 10
        assert not found.complete
    monkeypatch.setattr(pdf_reading, "_PATIENCE", 0)
    assert read(pages) == PdfText(pages=(), beside=(), complete=False)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.binary(max_size=400), min_size=1, max_size=30), st.binary(max_size=400))
def test_any_content_ends(contents: list[bytes], table: bytes) -> None:
    pages = [stream_of(b"BT /F1 16 Tf " + content + b" Tj") for content in contents]
    objects = document(pages, FONT, stream_of(b"beginbfrange " + table + b" beginbfchar " + table))
    assert len(read(pdf_of(*objects)).pages) == len(contents)


@settings(max_examples=12, deadline=None)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=12))
def test_a_file_damaged_anywhere_is_read_or_not_but_never_fails(place: int, damage: bytes) -> None:
    data = with_object_streams(document([stream_of(SHOWN)], FONT, stream_of(TABLE)))
    start = place % len(data)
    read(data[:start] + damage + data[start + len(damage) :])
