"""A stored blob as an ordinary seekable stream, for readers of documents and for copying between stores.

Must not know what is read from it. Holds one chunk in memory, whatever the blob's size.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, BinaryIO

from workflows.evidence.ports import BlobStore
from workflows.evidence.records import CHUNK_SIZE, Blob

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def open_stream(store: BlobStore, blob: Blob) -> BinaryIO:
    """Give a blob as a seekable binary stream; every byte read from it was checked.

    Copying into another store is ``other.put(open_stream(store, blob), blob.size)``.

    Raises:
        BlobMissingError: While reading, see :meth:`BlobStore.open`.
        BlobDamagedError: While reading, see :meth:`BlobStore.open`.
    """
    return io.BufferedReader(_BlobStream(store, blob), CHUNK_SIZE)


class _BlobStream(io.RawIOBase):
    """Reads a blob chunk by chunk, at the speed its reader asks for."""

    def __init__(self, store: BlobStore, blob: Blob) -> None:
        super().__init__()
        self._store = store
        self._blob = blob
        self._position = 0
        self._chunk = b""
        self._chunk_number = -1

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._blob.size}[whence]
        if start + offset < 0:
            raise ValueError("a position before the beginning")
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        wanted = memoryview(buffer).cast("B")
        if self._position >= self._blob.size:
            return 0
        number, start = divmod(self._position, CHUNK_SIZE)
        if number != self._chunk_number:
            self._chunk = b"".join(self._store.open(self._blob, number * CHUNK_SIZE, CHUNK_SIZE))
            self._chunk_number = number
        piece = memoryview(self._chunk)[start : start + len(wanted)]
        wanted[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
