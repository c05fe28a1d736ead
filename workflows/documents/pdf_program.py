"""The program that reads a PDF from standard input and writes its texts, one line of JSON for each.

It runs in a process of its own, since no library promises how much time and memory a file made to harm
will take: the operating system keeps it inside its limits and may end it at any moment. ``pdf_reading``
starts it by its path and isolated, so it must import nothing of ours. Must not know what the text is for.
"""

from __future__ import annotations

import contextlib
import json
import logging
import resource
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO, Final, cast

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

_MAX_UNPACKED: Final = 16 << 20
_LIMITS: Final = Configuration(
    maximum_declared_stream_length=2 * _MAX_UNPACKED,
    array_based_stream_maximum_output_length=_MAX_UNPACKED,
    zlib_maximum_output_length=_MAX_UNPACKED,
    lzw_maximum_output_length=_MAX_UNPACKED,
    run_length_maximum_output_length=_MAX_UNPACKED,
    brotli_maximum_output_length=_MAX_UNPACKED,
    stream_filters_maximum_length=4,
    jbig2dec_binary=None,
)
"""What the library itself keeps to for one stream; it starts no other program."""

_ENCODINGS_OF_OLD: Final = ("utf-8", "gb18030")
"""In what many programs write titles, though the format knows no such string."""

_KNOWN_CODES: Final = ("/GB-EUC-", "/GBK-EUC-", "/GBK2K-", "/GBpc-EUC-", "/ETen-B5-", "/ETenms-B5-")
_KNOWN_FAMILIES: Final = ("/UniGB-", "/UniCNS-")
_KNOWN_FORMS: Final = ("-UCS2-", "-UTF16-")


class Kind(StrEnum):
    """What a line of the output holds."""

    PAGE = "page"  #: The text of the next page.
    BESIDE = "beside"  #: A text that belongs to no page: a title, a remark, a stamp.
    END = "end"  #: Whether all text was within reach; missing where the program was ended before it was done.


class _Reading:
    """Reads one file: its pages first, then whatever else it holds."""

    def __init__(self) -> None:
        self.complete = True

    def run(self, file: BinaryIO) -> None:
        """Say every text of the file."""
        with self._noting_faults():
            reader = PdfReader(file)
            pages = list(reader.pages)
            self._read_pages(pages)
            self._visit(reader.trailer, pages)
            for reference in _references(reader):
                with self._noting_faults():
                    self._visit(reference.get_object(), pages)
                # What was looked at is forgotten again: all pictures together may be too many for the memory.
                reader.resolved_objects.pop((reference.generation, reference.idnum), None)

    @contextlib.contextmanager
    def _noting_faults(self) -> Iterator[None]:
        try:
            yield
        except Exception:  # noqa: BLE001  # The library names no closed list of what it raises.
            self.complete = False

    def _read_pages(self, pages: list[PageObject]) -> None:
        shows_text = False
        for page in pages:
            text = ""
            with self._noting_faults():
                text = page.extract_text()
            _say(Kind.PAGE, text)
            if text.strip():
                shows_text = True
            elif "/XObject" in _resources_of(page):
                self.complete = False
        # A file that shows no text at all is a scan: there is nothing that could have been read.
        self.complete = self.complete and shows_text

    def _visit(self, value: object, pages: list[PageObject]) -> None:
        """Say the texts of an object, and note what of it cannot be read."""
        waiting = [value]
        while waiting:
            each = waiting.pop()
            if isinstance(each, (TextStringObject, ByteStringObject)):
                for text in _readings(each):
                    _say(Kind.BESIDE, text)
            elif isinstance(each, ArrayObject):
                waiting.extend(each)
            elif isinstance(each, DictionaryObject):
                waiting.extend(each.values())
                if isinstance(each, StreamObject):
                    self._visit_stream(each, pages)
                elif _is_unreadable(each):
                    self.complete = False

    def _visit_stream(self, stream: StreamObject, pages: list[PageObject]) -> None:
        if stream.get("/Subtype") == "/Form" and pages:
            # Stamps and filled-in forms are drawn beside the page; what a page draws itself comes twice.
            # The library reads unpacked forms as well, though it only speaks of packed ones.
            _say(Kind.BESIDE, pages[0].extract_xform_text(cast("EncodedStreamObject", stream)))
        elif stream.get("/Type") == "/Metadata":
            _say(Kind.BESIDE, stream.get_data().decode("utf-8", errors="replace"))
        elif stream.get("/Type") == "/EmbeddedFile":
            self.complete = False


def _references(reader: PdfReader) -> Iterator[IndirectObject]:
    for generation, entries in list(reader.xref.items()):
        for number in list(entries):
            yield IndirectObject(number, generation, reader)
    for number in list(reader.xref_objStm):
        yield IndirectObject(number, 0, reader)


def _resources_of(page: PageObject) -> DictionaryObject:
    resources = page.get("/Resources")
    found = resources.get_object() if resources is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _readings(string: TextStringObject | ByteStringObject) -> Iterator[str]:
    """Give a string as the format says, and as programs write it that never read the format."""
    if isinstance(string, TextStringObject):
        yield str(string)
    raw = string.original_bytes
    if not raw.isascii():
        for encoding in _ENCODINGS_OF_OLD:
            with contextlib.suppress(UnicodeDecodeError):
                yield raw.decode(encoding)


def _is_unreadable(font: DictionaryObject) -> bool:
    """Say whether a font shows glyphs by bare numbers, or by codes that the library has no table for."""
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" in font:
        return False
    name = str(font.get("/Encoding"))
    known = name.startswith(_KNOWN_FAMILIES) and any(form in name for form in _KNOWN_FORMS)
    return not known and not name.startswith(_KNOWN_CODES)


def _say(kind: Kind, content: str | bool) -> None:  # noqa: FBT001  # It is what is said, no switch.
    # Escaped to ASCII, so that half a sign out of a broken table is written like any other.
    sys.stdout.write(json.dumps([kind, content]) + "\n")
    # Whatever was said stays said, when the program is ended in the middle of the next page.
    sys.stdout.flush()


def _limit(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (allowed, allowed))


def main(seconds: int, memory: int, output: int) -> None:
    """Read the file on standard input, inside limits that hold whatever it contains.

    Args:
        seconds: The most processor time.
        memory: The most bytes of address space.
        output: The most bytes of standard output, where that is a file.
    """
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_FSIZE, output)
    _limit(resource.RLIMIT_CORE, 0)
    logging.disable(logging.CRITICAL)
    reading = _Reading()
    with apply_configuration(_LIMITS):
        reading.run(sys.stdin.buffer)
    _say(Kind.END, reading.complete)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
