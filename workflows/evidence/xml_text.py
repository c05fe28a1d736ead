"""The text of XML parts, as office formats and OFD carry it, searched for a marking of secrecy.

Signs of one paragraph count as one text, however many elements they are spread over. Must not know archives.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from workflows.evidence.marking import STARS, TextSearch
from workflows.evidence.ports import FileRefusedError

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_HINTS = (*(star.encode() for star in STARS), b"&#")
_LONGEST_HINT = max(map(len, _HINTS))

# Elements after which another text begins. What is not named here (runs, spans) continues the paragraph.
_PARAGRAPHS = {"p", "br", "cr"}
_CELLS = {"si", "is", "c", "v", "row", "tr", "tc"}
_PROPERTIES = {"title", "subject", "keywords", "description", "category", "lpwstr", "CustomData"}
_MARGINS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
_PAGES = {"Annot", "Page", "Layer"}
_ENDS_TEXT = frozenset(_PARAGRAPHS | _CELLS | _PROPERTIES | _MARGINS | _PAGES)
_MOST_PENDING = 4 << 20
_SAME_LINE_MM = 1.0


def marking_in_xml(chunks: Iterable[bytes]) -> str | None:
    """Give the first marking in the text or in an attribute of an XML part, or ``None``.

    Raises:
        FileRefusedError: ``file_type_mismatch`` where the part cannot be read as XML.
    """
    reader = _Reader()
    parse(chunks, reader.parser())
    return reader.search.found or reader.attributes.found


def may_hold_marking(chunks: Iterable[bytes]) -> bool:
    """Say quickly whether a marking is possible: without a star, written out or as a number, there is none.

    Raises:
        FileRefusedError: ``file_type_mismatch`` where the bytes are no text in the encoding they declare.
    """
    tail = b""
    for chunk in _in_utf8(chunks):
        joined = tail + chunk
        if any(hint in joined for hint in _HINTS):
            return True
        tail = joined[-_LONGEST_HINT:]
    return False


def parse(chunks: Iterable[bytes], parser: expat.XMLParserType) -> None:
    """Drive a parser over a part in whatever encoding it declares; entities are refused, never expanded.

    Raises:
        FileRefusedError: ``file_type_mismatch`` where the part cannot be read as XML; ``archive_too_large``
            where one attribute, name or remark is longer than 4 MiB.
    """
    parser.StartDoctypeDeclHandler = _refuse_entities
    given = 0
    try:
        for chunk in _in_utf8(chunks):
            # What the parser has not come to yet it keeps in memory, until the end of an attribute is there.
            if given - parser.CurrentByteIndex > _MOST_PENDING:
                raise FileRefusedError("archive_too_large")
            given += len(chunk)
            parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by position only
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise FileRefusedError("file_type_mismatch") from error


def new_parser() -> expat.XMLParserType:
    """Give a parser for :func:`parse`, which hands it UTF-8 whatever the part declares."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.ordered_attributes = True
    return parser


def local(name: str) -> str:
    """Give an element's name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def _refuse_entities(*_: object) -> None:
    raise FileRefusedError("file_type_mismatch")


def _in_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the same text in UTF-8: expat itself knows no Chinese encoding."""
    source = iter(chunks)
    first = next(source, b"")
    encoding = _encoding_of(first)
    if encoding == "utf-8":
        yield first
        yield from source
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in itertools.chain([first], source):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise FileRefusedError("file_type_mismatch") from error


def _encoding_of(beginning: bytes) -> str:
    """Give the encoding by the byte order mark or the declaration; UTF-8 where there is neither."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if beginning.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if beginning[0] else "utf-16-be"
    declared = _DECLARED.match(beginning)
    name = declared[1].decode().lower() if declared else "utf-8"
    if name in {"gb2312", "gbk", "gb18030"}:
        return "gb18030"
    return "utf-8" if name in {"utf-8", "us-ascii", "ascii"} else _western(name)


def _western(name: str) -> str:
    """Give the codec of any other encoding; a text in one we do not know could not be examined."""
    if name not in {"iso-8859-1", "latin1", "windows-1252", "big5"}:
        raise FileRefusedError("file_type_mismatch")
    return name


class _Reader:
    """Collects the text of one part."""

    def __init__(self) -> None:
        self.search = TextSearch()
        self.attributes = TextSearch()
        self._line = 0.0

    def parser(self) -> expat.XMLParserType:
        parser = new_parser()
        parser.CharacterDataHandler = self.search.feed
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        return parser

    def _start(self, name: str, attributes: list[str]) -> None:
        if local(name) == "tab":
            self.search.feed(" ")
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            if not value.isascii():
                # Texts of watermarks and descriptions of pictures stand in attributes.
                self.attributes.feed(f"\n{value}\n")
            elif key == "Boundary":
                self._move_to(value)

    def _move_to(self, boundary: str) -> None:
        """Begin another line where a text object of OFD stands higher or lower than the one before."""
        try:
            top = float(boundary.split()[1])
        except (IndexError, ValueError):
            return
        if abs(top - self._line) > _SAME_LINE_MM:
            self._line = top
            self.search.feed("\n")

    def _end(self, name: str) -> None:
        if local(name) in _ENDS_TEXT:
            self.search.feed("\n")
