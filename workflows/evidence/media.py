"""Pictures and films: jpg, png and mp4, known by their own structure, not by their first bytes alone.

Must not know what is to be seen in them; no pixel is decoded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import read_at, size_of

_MOST_STEPS = 10_000
"""The most segments or boxes that are walked over."""

_JPG_START = b"\xff\xd8\xff"
_JPG_SEGMENT = struct.Struct(">BBHxHH")
_JPG_FILL = 0xFF
_JPG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPG_ALONE = frozenset(range(0xD0, 0xD8)) | {0x01}
_PNG_START = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_PNG_HEAD = struct.Struct(">12x4sII5sI")
_MP4_BRANDS = {
    *(b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9"),
    *(b"mp41", b"mp42", b"mp71", b"avc1", b"hvc1", b"hev1", b"dash", b"M4V ", b"M4VP", b"MSNV"),
    *(b"3gp4", b"3gp5", b"3gp6", b"XAVC"),
}
_MP4_LONG = 1
"""Instead of a box's size: the size follows in eight bytes."""


def examine_jpg(stream: BinaryIO) -> bool:
    """Require a frame with a size in a photograph.

    Returns:
        False: text in a picture is not read.

    Raises:
        FileRefusedError: ``file_type_mismatch``.
    """
    if read_at(stream, 0, 3) != _JPG_START or not any(
        kind in _JPG_FRAMES and width and height for kind, width, height in _jpg_segments(stream)
    ):
        raise FileRefusedError("file_type_mismatch")
    return False


def _jpg_segments(stream: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """Give the kind of each segment and what would be width and height if it were a frame."""
    position = 2
    for _ in range(_MOST_STEPS):
        head = read_at(stream, position, _JPG_SEGMENT.size)
        if len(head) < _JPG_SEGMENT.size:
            return
        mark, kind, length, height, width = _JPG_SEGMENT.unpack(head)
        if mark != _JPG_FILL:
            return
        if kind == _JPG_FILL:
            position += 1
        elif kind in _JPG_ALONE:
            position += 2
        else:
            yield kind, width, height
            position += 2 + max(2, length)


def examine_png(stream: BinaryIO) -> bool:
    """Require a sound header with a size in a picture; the same promises as :func:`examine_jpg`."""
    head = read_at(stream, 0, _PNG_HEAD.size)
    if len(head) == _PNG_HEAD.size and head.startswith(_PNG_START):
        _, width, height, _, given = _PNG_HEAD.unpack(head)
        if width and height and zlib.crc32(head[12:29]) == given:
            return False
    raise FileRefusedError("file_type_mismatch")


def examine_mp4(stream: BinaryIO) -> bool:
    """Require a brand of MPEG-4 and an index of the film; the same promises as :func:`examine_jpg`."""
    kinds: list[bytes] = []
    for kind, position, size in _mp4_boxes(stream):
        if not kinds and not _is_mp4_brand(kind, read_at(stream, position, min(size, 1024))):
            break
        kinds.append(kind)
    if b"moov" not in kinds:
        raise FileRefusedError("file_type_mismatch")
    return False


def _mp4_boxes(stream: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Give kind, position and size of each box of the outermost level that lies whole in the file."""
    end = size_of(stream)
    position = 0
    for _ in range(_MOST_STEPS):
        head = read_at(stream, position, 16).ljust(16, b"\0")
        size, kind, long = struct.unpack(">I4sQ", head)
        # A size of nothing means that the last box reaches to the end.
        size = long if size == _MP4_LONG else size or end - position
        if size < len(b"sizekind") or position + size > end:
            return
        yield kind, position, size
        position += size


def _is_mp4_brand(kind: bytes, box: bytes) -> bool:
    """Say whether the first box names a brand of MPEG-4 as its own or as one it is compatible with."""
    brands = {box[8:12], *(box[at : at + 4] for at in range(16, len(box), 4))}
    return kind == b"ftyp" and bool(brands & _MP4_BRANDS)
