"""The streams of a PDF, found by their keywords and unpacked inside limits.

The file is read from front to back without its cross-reference table: so also what no page shows any more is
found, and a broken table hides nothing. Must not know what text is.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from workflows.evidence.reading import BLOCK, read_at

MAX_STREAM = 8 << 20
"""The most bytes unpacked of one stream."""

MAX_UNPACKED = 96 << 20
"""The most bytes unpacked of all streams together."""

MAX_STREAMS = 100_000
"""The most streams of a file."""

_HEAD = 4096
_STEP = 1 << 16
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})(?!\s+\d+\s+R)(?=\D)")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_NOT_TEXT = re.compile(rb"/Subtype\s*/Image\b|/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b")
_SHORT_NAMES = {b"Fl": b"FlateDecode", b"A85": b"ASCII85Decode", b"AHx": b"ASCIIHexDecode"}


@dataclass(frozen=True, slots=True)
class Stream:
    """Where the packed bytes of a stream lie, and the filters that unpack them, first to last."""

    start: int
    end: int
    filters: tuple[bytes, ...]


class Unreadable(Exception):  # noqa: N818  it is an outcome for the caller to note, not an error to report
    """A stream that cannot be unpacked, or not inside the limits."""


class PdfFile:
    """Finds and unpacks streams.

    Attributes:
        incomplete: A stream without an end, or one too many, was met; what follows was not looked at.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.incomplete = False
        self._stream = stream
        self._left = MAX_UNPACKED
        self._block_start = 0
        self._block = b""

    def streams(self) -> Iterator[Stream]:
        """Give all streams that may hold text, in the order of the file; fonts and pictures are left out."""
        position = 0
        found = 0
        while (at := self._find(b"stream", position)) >= 0:
            position = at + len(b"stream")
            line_end = re.match(rb"\r\n|\n|\r", self._slice(position, 2))
            head = self._head_before(at)
            if line_end is None or head is None:
                continue
            start = position + line_end.end()
            end = self._end_of(head, start)
            found += 1
            if end < 0 or found > MAX_STREAMS:
                # Looking for the next stream's end from here would read the rest of the file again each time.
                self.incomplete = True
                return
            position = end
            if not _NOT_TEXT.search(head):
                yield Stream(start, end, _filters_of(head))

    def unpack(self, stream: Stream) -> bytes:
        """Give the unpacked bytes of a stream; of a damaged one those before the damage.

        Raises:
            Unreadable: It uses a filter that is not ours to read, or goes beyond a limit.
        """
        if self._left <= 0 or not set(stream.filters) <= _DECODERS.keys():
            raise Unreadable
        try:
            data = self._packed(stream)
            for name in stream.filters:
                data = _DECODERS[name](data)
                self._left -= len(data)
        except (ValueError, zlib.error) as error:
            raise Unreadable from error
        if len(data) > MAX_STREAM:
            raise Unreadable
        return data

    def _packed(self, stream: Stream) -> bytes:
        if stream.end - stream.start > MAX_STREAM:
            raise Unreadable
        self._left -= stream.end - stream.start
        return self._slice(stream.start, stream.end - stream.start)

    def _head_before(self, at: int) -> bytes | None:
        """Give the dictionary before a stream, or ``None`` where the word is not the beginning of one."""
        before = self._slice(max(0, at - _HEAD), min(at, _HEAD))
        if not before.rstrip().endswith(b">>"):
            return None
        return before[max(before.rfind(b"obj"), before.rfind(b"stream"), 0) :]

    def _end_of(self, head: bytes, start: int) -> int:
        length = _LENGTH.search(head)
        if length:
            end = start + int(length[1])
            if self._slice(end, 16).lstrip().startswith(b"endstream"):
                return end
        return self._find(b"endstream", start)

    def _find(self, word: bytes, position: int) -> int:
        """Find a word from a position on, reading each block once while the search goes forward."""
        while True:
            if not self._block_start <= position < self._block_start + len(self._block):
                self._block_start, self._block = position, read_at(self._stream, position, BLOCK)
            found = self._block.find(word, position - self._block_start)
            if found >= 0:
                return self._block_start + found
            if len(self._block) < BLOCK:
                return -1
            # The word may lie across the end of this block.
            position = max(position + 1, self._block_start + len(self._block) - len(word) + 1)
            self._block_start, self._block = position, read_at(self._stream, position, BLOCK)

    def _slice(self, start: int, size: int) -> bytes:
        inside = start - self._block_start
        if inside >= 0 and inside + size <= len(self._block):
            return self._block[inside : inside + size]
        return read_at(self._stream, start, size)


def _filters_of(head: bytes) -> tuple[bytes, ...]:
    found = _FILTERS.search(head)
    names = re.findall(rb"/([A-Za-z0-9]+)", found[1]) if found else []
    return tuple(_SHORT_NAMES.get(name, name) for name in names)


def _inflated(data: bytes) -> bytes:
    """Inflate no further than one byte beyond the limit: a few packed bytes may claim gigabytes."""
    inflate = zlib.decompressobj()
    pieces: list[bytes] = []
    room = MAX_STREAM + 1
    for start in range(0, len(data), _STEP):
        try:
            pieces.append(inflate.decompress(data[start : start + _STEP], room))
        except zlib.error:
            break
        room -= len(pieces[-1])
        if room == 0 or inflate.eof:
            break
    return b"".join(pieces)


def _from_hex(data: bytes) -> bytes:
    digits = b"".join(data.partition(b">")[0].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _from_ascii85(data: bytes) -> bytes:
    return base64.a85decode(data.strip().removeprefix(b"<~").partition(b"~>")[0])


_DECODERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"FlateDecode": _inflated,
    b"ASCIIHexDecode": _from_hex,
    b"ASCII85Decode": _from_ascii85,
}
