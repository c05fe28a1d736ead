"""Copies evidence from one store to another, every byte checked on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, func, select

from storage.backup.manifest import Summary, Watch
from storage.database import Database
from storage.tables import blob
from workflows.evidence.ports import BlobDamagedError, BlobMissingError, BlobStore
from workflows.evidence.records import Blob

_PIECE = 200
_NEXT = (
    select(blob.c.digest, blob.c.sm3, blob.c.size, blob.c.chunks)
    .where(blob.c.digest > bindparam("after"))
    .order_by(blob.c.digest)
    .limit(_PIECE)
)
_COUNT = select(func.count()).select_from(blob)


def count_blobs(database: Database) -> int:
    """Give the number of blobs that are written down."""
    with database.read() as connection:
        return int(connection.execute(_COUNT).scalar_one())


def list_blobs(database: Database) -> Iterator[Blob]:
    """Give every blob that is written down, by key in pieces."""
    after = ""
    while True:
        with database.read() as connection:
            rows = connection.execute(_NEXT, {"after": after}).all()
        for row in rows:
            yield Blob(row.digest, row.sm3, row.size, tuple(json.loads(row.chunks)))
        if len(rows) < _PIECE:
            return
        after = rows[-1].digest


def copy_blobs(
    blobs: Iterable[Blob], total: int, source: BlobStore, target: BlobStore, watch: Watch
) -> Summary:
    """Copy blobs; one that is missing or damaged is named and does not keep the others from being copied."""
    count = size = 0
    damaged: list[str] = []
    for one in watch(blobs, total):
        try:
            copied = target.put(_Stream(source.open(one)), one.size)
        except (BlobDamagedError, BlobMissingError):
            damaged.append(one.digest)
            continue
        if copied != one:
            # Chunks that are whole but of other bytes: what is written down about them is wrong.
            damaged.append(one.digest)
            continue
        count += 1
        size += one.size
    return Summary(count, size, tuple(damaged))


class _Stream:
    """Lets pieces of any size be read as a file is."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int, /) -> bytes:
        """Give at most ``size`` bytes; none means the end."""
        if not self._left:
            self._left = next(self._pieces, b"")
        given, self._left = self._left[:size], self._left[size:]
        return given
