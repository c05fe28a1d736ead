"""The store of evidence bytes for tests: the directory's twin, held to the same contract tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.errors import SurroundingsError
from storage.blobs.chunks import Sums, checked, chunks_of, require_digest
from workflows.evidence.ports import BlobDamagedError, BlobMissingError, Readable
from workflows.evidence.records import CHUNK_SIZE, Blob


class MemoryBlobStore:
    """A :class:`workflows.evidence.ports.BlobStore` that forgets everything with its process.

    Attributes:
        contents: What is stored, by digest; a test may spoil it.
        capacity: How many bytes fit in; any number where it is ``None``.
    """

    def __init__(self, capacity: int | None = None) -> None:
        self.contents: dict[str, bytes] = {}
        self.capacity = capacity

    def put(self, stream: Readable, limit: int) -> Blob:
        """Store what a stream holds; see the port."""
        sums = Sums()
        data = bytearray()
        for chunk in chunks_of(stream, limit):
            if self.capacity is not None and self._used() + len(data) + len(chunk) > self.capacity:
                raise SurroundingsError("disk_full")
            data += chunk
            sums.add(chunk)
        blob = sums.blob()
        self.contents[blob.digest] = bytes(data)
        return blob

    def open(self, blob: Blob, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Give part of a blob, checked; see the port."""
        stored = len(self._stored(blob.digest))
        if stored != blob.size:
            raise BlobDamagedError(blob.digest, min(stored, blob.size - 1) // CHUNK_SIZE)
        return checked(
            blob, offset, length, lambda start, size: self._stored(blob.digest)[start : start + size]
        )

    def exists(self, digest: str) -> bool:
        """Say whether there are bytes under this digest; see the port."""
        return require_digest(digest) in self.contents

    def delete(self, digest: str) -> None:
        """Remove the bytes under this digest; see the port."""
        self.contents.pop(require_digest(digest), None)

    def collect_leftovers(self, _now: datetime, _older_than: timedelta, /) -> int:
        """Remove nothing: an interrupted ``put`` leaves nothing here."""
        return 0

    def _used(self) -> int:
        return sum(map(len, self.contents.values()))

    def _stored(self, digest: str) -> bytes:
        try:
            return self.contents[digest]
        except KeyError:
            raise BlobMissingError(digest) from None
