"""The port to the store of evidence bytes, and the failures it promises.

Must not know how a store keeps its bytes: no path and no address of an object goes through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from engine.errors import ZhenggaiError
from workflows.evidence.records import Blob


class Readable(Protocol):
    """Anything bytes can be read from, such as an upload or an open file."""

    def read(self, size: int, /) -> bytes:
        """Give at most ``size`` bytes; none means the end."""
        ...


class FileRefusedError(ZhenggaiError):
    """The handed-in file cannot be taken as it is; nothing of it was kept."""


class BlobMissingError(ZhenggaiError):
    """The store has no bytes under this digest although a record says so (``blob_missing``, ``digest``)."""

    def __init__(self, digest: str) -> None:
        super().__init__("blob_missing", digest=digest)


class BlobDamagedError(ZhenggaiError):
    """Stored bytes are not what was put in (``blob_damaged``, ``digest``, ``chunk`` counted from zero)."""

    def __init__(self, digest: str, chunk: int) -> None:
        super().__init__("blob_damaged", digest=digest, chunk=chunk)


class BlobStore(Protocol):
    """A content-addressed store: bytes are named by their SHA-256 and never change.

    Any method raises :class:`engine.errors.SurroundingsError` when the store itself fails: ``disk_full``
    when it has no room left, ``store_unavailable`` otherwise. A digest that is no digest is a ``ValueError``.
    """

    def put(self, stream: Readable, limit: int) -> Blob:
        """Store what a stream holds, reading it to its end in constant memory.

        When it returns, the bytes outlast a power failure. Equal bytes are stored once; putting them again
        renews them, which mends a damaged blob and makes its age zero.

        Args:
            stream: Where the bytes come from; what its ``read`` raises goes through unchanged.
            limit: The most bytes to take.

        Raises:
            FileRefusedError: ``file_empty``, or ``file_too_large`` with ``limit`` as people read it.
        """
        ...

    def open(self, blob: Blob, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Give part of a blob in pieces of at most one chunk, each checked before it is given.

        The first piece is checked before the call returns, so that a failure comes before an answer begins.
        A part that reaches beyond the end stops at the end.

        Args:
            blob: The record that ``put`` gave.
            offset: First byte wanted.
            length: How many bytes are wanted; all that follow where it is ``None``.

        Raises:
            BlobMissingError: There are no such bytes. Also while iterating, if they are deleted meanwhile.
            BlobDamagedError: A byte or the size differs. Also while iterating.
            ValueError: ``offset`` or ``length`` is negative.
        """
        ...

    def exists(self, digest: str) -> bool:
        """Say whether there are bytes under this digest; whether they are whole only ``open`` can say."""
        ...

    def delete(self, digest: str) -> None:
        """Remove the bytes under this digest; nothing happens where there are none."""
        ...

    def collect_leftovers(self, now: datetime, older_than: timedelta, /) -> int:
        """Remove what interrupted ``put`` calls left behind and nobody wrote to for a while.

        Returns:
            How many leftovers were removed.
        """
        ...
