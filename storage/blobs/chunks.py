"""What every store has in common: taking a stream in chunks, hashing them, giving them back checked.

Must not know where the bytes are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from workflows.evidence.ports import BlobDamagedError, FileRefusedError, Readable
from workflows.evidence.records import CHUNK_SIZE, Blob, is_digest, readable_size


def require_digest(digest: str) -> str:
    """Give back a digest, or raise ``ValueError``: what becomes part of a path or key is no free text."""
    if not is_digest(digest):
        raise ValueError("not a SHA-256 in small hexadecimal digits")
    return digest


def chunks_of(stream: Readable, limit: int) -> Iterator[bytes]:
    """Read a stream to its end in whole chunks, however few bytes each ``read`` gives.

    Raises:
        FileRefusedError: ``file_empty`` or ``file_too_large``; the latter as soon as it is known.
    """
    total = 0
    while chunk := _whole_chunk(stream):
        total += len(chunk)
        if total > limit:
            raise FileRefusedError("file_too_large", limit=readable_size(limit))
        yield chunk
    if total == 0:
        raise FileRefusedError("file_empty")


def _whole_chunk(stream: Readable) -> bytes:
    pieces = []
    missing = CHUNK_SIZE
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


class Sums:
    """Adds up chunks to the record of a blob."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sm3 = hashlib.new("sm3")
        self._size = 0
        self._chunks: list[str] = []

    def add(self, chunk: bytes) -> None:
        """Take the next chunk."""
        self._sha256.update(chunk)
        self._sm3.update(chunk)
        self._size += len(chunk)
        self._chunks.append(hashlib.sha256(chunk).hexdigest())

    def blob(self) -> Blob:
        """Give the record of all chunks taken."""
        return Blob(self._sha256.hexdigest(), self._sm3.hexdigest(), self._size, tuple(self._chunks))


def checked(
    blob: Blob, offset: int, length: int | None, read: Callable[[int, int], bytes]
) -> Iterator[bytes]:
    """Give part of a blob, each chunk compared with the record before any of it leaves.

    Args:
        blob: The record.
        offset: First byte wanted.
        length: How many bytes are wanted, ``None`` for all that follow.
        read: Gives ``size`` stored bytes from ``start`` on, fewer at the end of what is stored.

    Raises:
        BlobDamagedError: A chunk differs; for the first one before this returns.
        ValueError: ``offset`` or ``length`` is negative.
    """
    if offset < 0 or (length is not None and length < 0):
        raise ValueError("a part of a blob neither starts nor extends before its beginning")
    end = blob.size if length is None else min(blob.size, offset + length)
    if offset >= end:
        return iter(())
    numbers = iter(range(offset // CHUNK_SIZE, (end - 1) // CHUNK_SIZE + 1))
    first = _checked_chunk(blob, next(numbers), offset, end, read)

    def pieces() -> Iterator[bytes]:
        yield first
        for number in numbers:
            yield _checked_chunk(blob, number, offset, end, read)

    return pieces()


def _checked_chunk(
    blob: Blob, number: int, offset: int, end: int, read: Callable[[int, int], bytes]
) -> bytes:
    """Read one chunk whole, compare it, and cut it to the wanted part."""
    start = number * CHUNK_SIZE
    size = min(CHUNK_SIZE, blob.size - start)
    chunk = read(start, size)
    if len(chunk) != size or hashlib.sha256(chunk).hexdigest() != blob.chunks[number]:
        raise BlobDamagedError(blob.digest, number)
    return chunk[max(0, offset - start) : end - start]
