"""Small readings from a seekable stream that the checks of a file share."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

BLOCK = 1 << 20
"""Bytes read at a time."""


def size_of(stream: BinaryIO) -> int:
    """Give the number of bytes of a stream."""
    return stream.seek(0, io.SEEK_END)


def read_at(stream: BinaryIO, position: int, size: int) -> bytes:
    """Read from a position; fewer bytes come back at the end of the stream only."""
    stream.seek(position)
    pieces = []
    while size and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Read a stream from its beginning to its end in blocks."""
    stream.seek(0)
    while block := stream.read(BLOCK):
        yield block
