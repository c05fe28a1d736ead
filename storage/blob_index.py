"""The records of stored blobs: what is needed to check their bytes before they leave.

Must not know where the bytes lie or who refers to them.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import insert

from storage.tables import blob
from workflows.evidence.records import Blob

_KEEP = insert(blob).on_conflict_do_nothing(index_elements=["digest"])
_FIND = select(blob.c.digest, blob.c.sm3, blob.c.size, blob.c.chunks).where(
    blob.c.digest == bindparam("digest")
)


def keep_blob(connection: Connection, stored: Blob, now: datetime) -> None:
    """Write down a blob; equal bytes are written down once."""
    row = {
        "digest": stored.digest,
        "sm3": stored.sm3,
        "size": stored.size,
        "chunks": json.dumps(stored.chunks),
        "created_at": now,
    }
    connection.execute(_KEEP, row)


def find_blob(connection: Connection, digest: str) -> Blob | None:
    """Give the record of a blob; None where nothing is written down under this digest.

    Who may read the bytes is decided by the query that leads to the digest.
    """
    row = connection.execute(_FIND, {"digest": digest}).one_or_none()
    return None if row is None else Blob(row.digest, row.sm3, row.size, tuple(json.loads(row.chunks)))
