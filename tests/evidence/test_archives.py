from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from tests.evidence.samples import CONTENT_TYPES, TYPES_XML, WORD, docx_of, with_part, zipped
from workflows.evidence import archives
from workflows.evidence.check import check_file
from workflows.evidence.ports import FileRefusedError

MIB = 1 << 20


def refusal_of(data: bytes) -> str:
    """The code with which a file is refused as docx, in bounded memory and time."""
    tracemalloc.start()
    started = time.process_time()
    try:
        with pytest.raises(FileRefusedError) as refused:
            check_file("a.docx", io.BytesIO(data))
        assert tracemalloc.get_traced_memory()[1] < 60 * MIB
        assert time.process_time() - started < 20
    finally:
        tracemalloc.stop()
    return refused.value.code


def test_a_flat_bomb_is_refused_by_what_it_claims() -> None:
    assert refusal_of(with_part(docx_of("x"), "word/bomb.xml", bytes(96 * MIB))) == "archive_too_large"


def test_a_bomb_that_lies_about_its_size_is_no_sound_archive() -> None:
    data = bytearray(with_part(docx_of("x"), "word/bomb.xml", bytes(96 * MIB)))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)
    assert refusal_of(bytes(data)) == "file_type_mismatch"


def test_many_parts_may_not_be_unpacked_beyond_the_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2 * MIB)
    parts = {f"word/{number}.xml": b"<p>" + b" " * MIB + b"</p>" for number in range(3)}
    data = zipped({CONTENT_TYPES: TYPES_XML.format(WORD), **parts})
    assert refusal_of(data) == "archive_too_large"


def test_an_endless_attribute_is_not_kept_in_memory() -> None:
    part = b'<p t="\xe2\x98\x85' + b" " * (48 * MIB) + b'"/>'
    data = zipped({CONTENT_TYPES: TYPES_XML.format(WORD), "word/document.xml": part}, zipfile.ZIP_STORED)
    assert refusal_of(data) == "archive_too_large"


def test_too_many_entries_are_refused() -> None:
    data = zipped({f"{number}": b"" for number in range(archives.MAX_ENTRIES + 1)}, zipfile.ZIP_STORED)
    assert refusal_of(data) == "archive_too_large"


def test_overlapping_entries_are_counted_as_often_as_they_claim() -> None:
    data = with_part(docx_of("x"), "word/kernel.xml", bytes(20 * MIB))
    at = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry = data[at:end]
    directory = data[struct.unpack_from("<I", data, end + 16)[0] : end] + entry * 9
    count = struct.unpack_from("<H", data, end + 10)[0] + 9
    start = struct.unpack_from("<I", data, end + 16)[0]
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    assert refusal_of(data[:start] + directory + tail) == "archive_too_large"


def test_a_directory_that_claims_gigabytes_is_not_read() -> None:
    size = 64 * MIB
    directory = b"PK\x01\x02" + bytes(size)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 4, 0)
    assert refusal_of(b"PK\x03\x04" + directory + tail) == "archive_too_large"


def test_a_directory_hidden_behind_the_long_form_is_not_read_either() -> None:
    directory = bytes(64 * MIB)
    start = 4 + len(directory)
    long = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(directory), 4)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, start, 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 46, 4, 0)
    assert refusal_of(b"PK\x03\x04" + directory + long + locator + tail) == "archive_too_large"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_may_claim_any_memory_are_refused(method: int) -> None:
    data = zipped({CONTENT_TYPES: TYPES_XML.format(WORD), "word/document.xml": "<p/>"}, method)
    assert refusal_of(data) == "file_type_mismatch"


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(docx_of("x"))
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 8, 1)
    assert refusal_of(bytes(data)) == "file_type_mismatch"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "word/../../x", "..\\x"])
def test_an_entry_that_leaves_the_archive_is_refused(name: str) -> None:
    assert refusal_of(with_part(docx_of("x"), name, "<x/>")) == "file_type_mismatch"


def test_any_single_byte_may_be_wrong_and_the_check_still_ends_with_an_answer() -> None:
    data = docx_of("整改情况")
    codes = set()
    for position in [*range(0, len(data), 397), *range(len(data) - 1200, len(data), 7)]:
        broken = bytearray(data)
        broken[position] ^= 0xFF
        try:
            check_file("a.docx", io.BytesIO(broken))
        except FileRefusedError as refused:
            codes.add(refused.code)
    assert "file_type_mismatch" in codes
    assert codes <= {"file_type_mismatch", "archive_too_large", "file_with_macros"}
