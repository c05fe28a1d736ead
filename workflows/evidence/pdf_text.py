"""The search for a marking of secrecy in a PDF, as far as it can be read without a viewer.

Searched are the bytes as they stand, the unpacked streams, and the shown strings of a page in the order they
are shown. Not read are encrypted files, text drawn as a picture, and filters other than Flate and the two
ASCII ones; the caller is told where that may have mattered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from workflows.evidence.marking import (
    LEVELS,
    MOST_BLANKS,
    SECOND,
    STARS,
    find_in_bytes,
    name_of,
    overlapping,
    refuse_marking,
)
from workflows.evidence.pdf_codes import Codes, CodeSearch, is_table
from workflows.evidence.pdf_shown import shown_strings
from workflows.evidence.pdf_streams import PdfFile, Stream, Unreadable
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import blocks, read_at

_RAW = ("utf-8", "utf-16-be", "gb18030")
_KNOWN_ENCODINGS = {b"/UniGB-": "utf-16-be", b"/GB": "gb18030"}
_MAX_SHOWN = 24 << 20
"""The most bytes whose shown strings are taken apart: a marking stands on the first page."""

_SHOWS = re.compile(rb"\b(?:Tj|TJ)\b|\)\s*['\"]")


def _hexadecimal() -> re.Pattern[bytes]:
    """Give the pattern of a marking in UTF-16 written as hexadecimal digits, as titles and notes are."""

    def digits(signs: str) -> bytes:
        return b"|".join(b"%02X%02X" % divmod(ord(sign), 256) for sign in signs if ord(sign) < 1 << 16)

    blanks = rb"(?:\s|0020|3000|00A0){0,%d}?" % MOST_BLANKS
    parts = (
        b"(" + digits("".join(LEVELS)) + b")",
        b"(?:" + digits(SECOND) + b")",
        b"(?:" + digits(STARS) + b")",
    )
    return re.compile(blanks.join(parts), re.IGNORECASE)


_HEX = _hexadecimal()
_HEX_STARS = (b"2605", b"2606", b"2B50", b"2b50")
"""What has to be there before the pattern, a hundred times slower, is worth trying."""


def examine_pdf(stream: BinaryIO) -> bool:
    """Examine a PDF.

    Returns:
        Whether all of its text was within reach.

    Raises:
        FileRefusedError: ``file_type_mismatch`` or ``classified_marking``.
    """
    if not read_at(stream, 0, 64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        raise FileRefusedError("file_type_mismatch")
    codes = Codes()
    encrypted = False
    for piece in overlapping(blocks(stream)):
        refuse_marking(_in_raw(piece, codes))
        encrypted = encrypted or re.search(rb"/Encrypt\b", piece) is not None
    if encrypted:
        return False
    return _Search(PdfFile(stream), codes).run()


def _in_raw(data: bytes, codes: Codes) -> str | None:
    """Search bytes as they stand, and note which of the viewers' own encodings they speak of."""
    for name, encoding in _KNOWN_ENCODINGS.items():
        if name in data:
            codes.add_encoding(encoding)
    codes.numbered = codes.numbered or b"/Identity-" in data
    marking = find_in_bytes(data, _RAW)
    if marking is None and any(star in data for star in _HEX_STARS) and (found := _HEX.search(data)):
        return name_of(bytes.fromhex(found[1].decode()).decode("utf-16-be"))
    return marking


class _Search:
    """Reads the streams twice: first the tables of all fonts, then what is shown with them."""

    def __init__(self, file: PdfFile, codes: Codes) -> None:
        self._file = file
        self._codes = codes
        self._complete = True

    def run(self) -> bool:
        pages: list[Stream] = []
        for stream, content in self._unpacked(self._file.streams()):
            if is_table(content):
                self._codes.add_table(content)
                continue
            refuse_marking(_in_raw(content, self._codes))
            if _SHOWS.search(content):
                pages.append(stream)
        if self._codes.possible():
            left = _MAX_SHOWN
            for _, content in self._unpacked(iter(pages)):
                left -= len(content)
                if left < 0:
                    self._complete = False
                    break
                refuse_marking(self._in_shown(content))
        # A file that shows no text at all is a scan: there is nothing that could have been searched.
        return self._complete and not self._file.incomplete and self._codes.readable() and bool(pages)

    def _unpacked(self, streams: Iterator[Stream]) -> Iterator[tuple[Stream, bytes]]:
        for stream in streams:
            try:
                yield stream, self._file.unpack(stream)
            except Unreadable:
                self._complete = False

    def _in_shown(self, content: bytes) -> str | None:
        search = CodeSearch(self._codes)
        for shown in shown_strings(content):
            if shown is None:
                search.new_line()
            else:
                search.feed(shown)
            if search.found:
                break
        return search.found
