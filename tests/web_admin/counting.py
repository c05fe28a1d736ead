"""Counts the statements that reach a database while something is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.database import Database


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect every statement that is executed in the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sql = database._sql  # noqa: SLF001  # Only the pool's own events see every statement.
    event.listen(sql, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(sql, "before_cursor_execute", note)
