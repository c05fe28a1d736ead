"""Running numbers of a year, given out in the transaction that uses them: none is lost or given twice."""

from __future__ import annotations

from sqlalchemy import Connection

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import insert

from storage.tables import counter

_NEXT = (
    insert(counter)
    .on_conflict_do_update(
        index_elements=["organisation_id", "name", "year"], set_={"value": counter.c.value + 1}
    )
    .returning(counter.c.value)
)


def next_number(connection: Connection, organisation: int, name: str, year: int) -> int:
    """Give the next number, the first one being 1; nobody else gets one before this unit of work ends."""
    row = {"organisation_id": organisation, "name": name, "year": year, "value": 1}
    return int(connection.execute(_NEXT, row).scalar_one())
