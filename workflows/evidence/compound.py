"""Documents of WPS Office in a compound file (CFB, as in MS-CFB): wps and et.

Reads the directory of the compound file to see what it is, and searches the bytes for text; the formats
inside are not taken apart.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from workflows.evidence.marking import find_in_bytes, overlapping, refuse_marking
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import blocks, read_at
from workflows.evidence.records import FileType

_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_MAIN_STREAMS = {FileType.WPS: {"WordDocument"}, FileType.ET: {"Workbook", "Book"}}
_MACROS = {"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}
_NONE = 0xFFFFFFFA
"""Numbers from here on name no sector and no entry."""

_HEADER = struct.Struct("<30xH16xI16xI4x109I")
"""Of the header: size of a sector, first sector of the directory, first further table, first tables."""

_SECTOR_SHIFTS = {9, 12}
_ENTRY = 128
_MOST_SECTORS = 4096
"""The most sectors of a directory, enough for 16,000 entries."""


def examine_compound(stream: BinaryIO, expected: FileType) -> bool:
    """Examine a document of WPS Office.

    Returns:
        False: text may be stored in pieces that a search of the bytes does not join.

    Raises:
        FileRefusedError: ``file_type_mismatch``, ``file_with_macros`` or ``classified_marking``.
    """
    try:
        entries = _Directory(stream).entries()
        names = set(_top_level(entries))
    except (struct.error, LookupError) as error:
        raise FileRefusedError("file_type_mismatch") from error
    if not names & _MAIN_STREAMS[expected]:
        raise FileRefusedError("file_type_mismatch")
    if any(_name(entry) in _MACROS for entry in entries):
        raise FileRefusedError("file_with_macros")
    for piece in overlapping(blocks(stream)):
        refuse_marking(find_in_bytes(piece, ("utf-16-le", "gb18030")))
    return False


class _Directory:
    """Finds the directory's sectors by the allocation table."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        header = read_at(stream, 0, _HEADER.size)
        shift, self._first, self._further, *self._tables = _HEADER.unpack(header)
        if header[:8] != _MAGIC or shift not in _SECTOR_SHIFTS:
            raise FileRefusedError("file_type_mismatch")
        self._size = 1 << shift

    def entries(self) -> list[bytes]:
        """Give the entries in their order."""
        self._tables += self._further_tables()
        found = []
        sector = self._first
        for _ in range(_MOST_SECTORS):
            if sector >= _NONE:
                break
            data = self._sector(sector)
            found += [data[start : start + _ENTRY] for start in range(0, len(data), _ENTRY)]
            sector = self._after(sector)
        return found

    def _further_tables(self) -> Iterator[int]:
        """Give the sectors of the allocation table that the header had no room for."""
        sector = self._further
        for _ in range(_MOST_SECTORS):
            if sector >= _NONE:
                return
            *tables, sector = struct.unpack(f"<{self._size // 4}I", self._sector(sector))
            yield from tables

    def _sector(self, number: int) -> bytes:
        return read_at(self._stream, (number + 1) * self._size, self._size)

    def _after(self, sector: int) -> int:
        table, place = divmod(sector, self._size // 4)
        following: int = struct.unpack_from("<I", self._sector(self._tables[table]), 4 * place)[0]
        return following


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")


def _top_level(entries: list[bytes]) -> Iterator[str]:
    """Give the names right below the root: a workbook embedded in a text document lies deeper."""
    seen: set[int] = set()
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    while waiting:
        number = waiting.pop()
        if number >= _NONE or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        yield _name(entry)
        waiting += struct.unpack_from("<2I", entry, 68)
