"""Takes away what holds the data together, so that a trial can show that it would notice."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import text

from storage import sqlite
from storage.database import Database


def drop_index(database: Database, name: str) -> None:
    """Remove an index, with the rule it holds."""
    with database.write() as connection:
        connection.execute(text(f'DROP INDEX "{name}"'))


def drop_unique(database: Database, table: str, name: str) -> None:
    """Remove a unique constraint of a table.

    Raises:
        LookupError: The table has no such constraint.
    """
    if database.path is not None:
        _rebuild(database.path, table, name)
        return
    with database.write() as connection:
        connection.execute(text(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'))


def _rebuild(path: Path, table: str, name: str) -> None:
    """SQLite cannot drop a constraint: the table is made again without it, with its rows and indexes."""
    connection = sqlite.connect(path)
    parts = connection.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = ?", (table,)).fetchall()
    made = next(sql for kind, sql in parts if kind == "table")
    without = re.sub(rf',\s*CONSTRAINT "?{name}"? UNIQUE \([^)]*\)', "", made)
    if without == made:
        message = f"{table} has no {name}"
        raise LookupError(message)
    # References of other tables must go on naming the new table.
    for pragma in ("foreign_keys = OFF", "legacy_alter_table = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(
        f'BEGIN; ALTER TABLE "{table}" RENAME TO "old"; {without};'
        f' INSERT INTO "{table}" SELECT * FROM "old"; DROP TABLE "old"; '
        + "".join(f"{sql};" for kind, sql in parts if kind in {"index", "trigger"} and sql)
        + "COMMIT;"
    )
    connection.close()
