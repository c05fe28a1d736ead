from __future__ import annotations

import io
import struct

import pytest

from tests.evidence.samples import (
    CONTENT_TYPES,
    TYPES_XML,
    WORD,
    box,
    compound_of,
    docx_of,
    jpg,
    mp4,
    ofd_of,
    png,
    sample,
    with_part,
    xlsx_of,
    zipped,
)
from workflows.catalogue import be_strict, sentence
from workflows.evidence.check import MEDIA_TYPES, check_file
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.records import FileType

READ_WHOLE = {FileType.PDF, FileType.OFD, FileType.DOCX, FileType.XLSX, FileType.PPTX, FileType.TXT}


def refusal(name: str, data: bytes) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        check_file(name, io.BytesIO(data))
    return refused.value


@pytest.mark.parametrize("kind", FileType)
def test_a_sound_file_of_every_allowed_type_passes(kind: FileType) -> None:
    stream = io.BytesIO(sample(kind))
    stream.seek(5)
    checked = check_file(f"附件.{kind.upper()}", stream)
    assert (checked.name, checked.type) == (f"附件.{kind.upper()}", kind)
    assert checked.media_type == MEDIA_TYPES[kind]
    assert checked.text_examined == (kind in READ_WHOLE)
    assert stream.tell() == 0


def test_jpeg_is_another_ending_of_jpg() -> None:
    assert check_file("a.jpeg", io.BytesIO(jpg())).type is FileType.JPG


@pytest.mark.parametrize("kind", FileType)
@pytest.mark.parametrize("claimed", FileType)
def test_content_of_another_type_than_the_ending_says_is_refused(kind: FileType, claimed: FileType) -> None:
    if kind is not claimed:
        refused = refusal(f"a.{claimed}", sample(kind))
        assert refused.code == "file_type_mismatch"
        assert refused.params == {"name": f"a.{claimed}", "type": claimed.value}


@pytest.mark.parametrize(
    "name", ["a.exe", "a", "a.pdf.exe", "a.html", "a.svg", "a.zip", "a.docm", "a.doc", "a.js"]
)
def test_a_type_that_is_not_on_the_list_is_refused_with_the_list(name: str) -> None:
    refused = refusal(name, b"x")
    assert refused.code == "file_type_forbidden"
    assert refused.params == {
        "name": name,
        "allowed": "pdf, ofd, docx, xlsx, pptx, wps, et, jpg, png, mp4, txt",
    }


def test_a_place_may_allow_fewer_types() -> None:
    with pytest.raises(FileRefusedError, match="file_type_forbidden"):
        check_file("a.mp4", io.BytesIO(mp4()), allowed=[FileType.PDF])


def test_an_ending_behind_a_turned_direction_is_seen_for_what_it_is() -> None:
    assert refusal("报告\u202efdp.exe", b"MZ").code == "file_type_forbidden"


@pytest.mark.parametrize("kind", FileType)
def test_an_empty_file_is_refused_as_empty(kind: FileType) -> None:
    assert refusal(f"a.{kind}", b"").code == "file_empty"


@pytest.mark.parametrize(
    "kind", sorted(set(FileType) - {FileType.TXT, FileType.PDF, FileType.WPS, FileType.ET})
)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_file_cut_off_is_refused(kind: FileType, share: float) -> None:
    data = sample(kind)
    if kind in {FileType.PNG, FileType.JPG} and share > 0.3:
        return  # Of a picture only the head is looked at.
    assert refusal(f"a.{kind}", data[: int(len(data) * share) + 1]).code == "file_type_mismatch"


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff" * 50_000, b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x00", b"\xff\xd8\xff\xd9"]
)
def test_a_photograph_without_a_frame_is_refused(data: bytes) -> None:
    assert refusal("a.jpg", data).code == "file_type_mismatch"


def test_a_picture_with_a_false_sum_or_no_size_is_refused() -> None:
    broken = bytearray(png())
    broken[20] ^= 1
    assert refusal("a.png", bytes(broken)).code == "file_type_mismatch"


@pytest.mark.parametrize(
    "data",
    [
        mp4(b"heic"),
        box(b"ftyp", b"isom\0\0\0\0"),
        box(b"moov") + box(b"ftyp", b"isom\0\0\0\0"),
        box(b"ftyp", b"isom\0\0\0\0") + struct.pack(">I4sQ", 1, b"mdat", 1 << 62) + box(b"moov"),
        box(b"ftyp", b"isom\0\0\0\0") + struct.pack(">I4s", 4, b"moov"),
    ],
)
def test_a_film_of_another_brand_or_without_its_index_is_refused(data: bytes) -> None:
    assert refusal("a.mp4", data).code == "file_type_mismatch"


def test_a_film_with_a_long_box_passes() -> None:
    long = struct.pack(">I4sQ", 1, b"mdat", 16 + 4) + b"film"
    assert check_file("a.mp4", io.BytesIO(box(b"ftyp", b"qt  \0\0\0\0isom") + long + box(b"moov")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_in_each_known_encoding_passes(encoding: str) -> None:
    assert check_file("a.txt", io.BytesIO("整改情况\r\n\t一、".encode(encoding))).text_examined


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        bytes(range(256)),
        b"\x1b[2J",
        "1. 整改".encode("utf-16-le"),
        b"\xff\xff",
        "整改".encode("utf-16")[:-1],
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert refusal("a.txt", data).code == "file_type_mismatch"


def test_text_that_stops_being_text_after_a_megabyte_is_refused() -> None:
    assert refusal("a.txt", b"a" * (2 << 20) + b"\0").code == "file_type_mismatch"


def test_a_macro_is_refused_by_its_part_and_by_its_type() -> None:
    assert refusal("a.docx", with_part(docx_of("x"), "word/vbaProject.bin", b"x")).code == "file_with_macros"
    typed = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert refusal("a.docx", zipped({CONTENT_TYPES: TYPES_XML.format(typed)})).code == "file_with_macros"
    assert (
        refusal("a.xlsx", with_part(xlsx_of("x"), "xl/macrosheets/s.xml", "<x/>")).code == "file_with_macros"
    )
    assert refusal("a.wps", compound_of("WordDocument", "x", "Macros")).code == "file_with_macros"


def test_a_workbook_below_the_top_does_not_make_a_text_document_a_workbook() -> None:
    assert refusal("a.et", compound_of("WordDocument", "x", "ObjectPool")).code == "file_type_mismatch"


@pytest.mark.parametrize(
    "others", [(), ("Data",), ("1Table", "Data", "CompObj", "ObjectPool", "x", "y", "z")]
)
def test_the_main_stream_is_found_wherever_it_stands_beside_others(others: tuple[str, ...]) -> None:
    names = [*others, "WordDocument"]
    assert check_file("a.wps", io.BytesIO(compound_of(names[0], "x", *names[1:])))


def test_a_directory_that_goes_in_circles_ends() -> None:
    data = bytearray(compound_of("Other", "x"))
    struct.pack_into("<I", data, 512 + 4, 1)
    struct.pack_into("<II", data, 1024 + 128 + 68, 1, 1)
    assert refusal("a.wps", bytes(data)).code == "file_type_mismatch"


def test_a_document_with_something_embedded_was_not_searched_whole() -> None:
    embedded = with_part(docx_of("x"), "word/embeddings/oleObject1.bin", b"x")
    assert not check_file("a.docx", io.BytesIO(embedded)).text_examined


@pytest.mark.parametrize(
    "root",
    [
        "<html/>",
        "<OFD/>",
        "<x><OFD/><DocBody/></x>",
        "not xml",
        '<!DOCTYPE x [<!ENTITY a "b">]><OFD><DocBody/></OFD>',
    ],
)
def test_an_archive_with_another_root_is_no_ofd(root: str) -> None:
    assert refusal("a.ofd", zipped({"OFD.xml": root})).code == "file_type_mismatch"


def test_a_plain_archive_renamed_is_refused() -> None:
    for kind in ("docx", "xlsx", "pptx", "ofd"):
        assert refusal(f"a.{kind}", zipped({"readme.txt": "x"})).code == "file_type_mismatch"


def test_an_archive_behind_something_else_is_refused() -> None:
    assert refusal("a.docx", b"MZ" + docx_of("x")).code == "file_type_mismatch"
    assert refusal("a.ofd", b"%PDF-1.7\n" + ofd_of("x")).code == "file_type_mismatch"


def test_a_part_that_is_no_xml_although_it_may_hold_a_marking_is_refused() -> None:
    broken = zipped({CONTENT_TYPES: TYPES_XML.format(WORD), "main.xml": "<p>★"})
    assert refusal("a.docx", broken).code == "file_type_mismatch"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_of_a_check_has_a_sentence_with_all_its_values(language: str) -> None:
    be_strict()
    try:
        refusals = [
            refusal("a.exe", b"x"),
            refusal("a.pdf", b""),
            refusal("a.pdf", b"x"),
            refusal("", b"x"),
            refusal("a.txt", "机密★".encode()),
            refusal("a.docx", with_part(docx_of("x"), "word/vbaProject.bin", b"x")),
            FileRefusedError("file_too_large", limit="2 GB"),
        ]
        for each in refusals:
            assert "%" not in sentence(each.code, each.params, language)
    finally:
        be_strict(strict=False)
