"""What a look at the database itself tells: its version, its clock, and the moment of its newest entry."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text

from storage import sqlite
from storage.database import Database
from storage.tables import audit_entry, audit_pending

_NEWEST = select(func.max(audit_entry.c.at))
_PENDING = select(func.count()).select_from(audit_pending)


@dataclass(frozen=True, slots=True)
class Health:
    """A database as it is found.

    Attributes:
        product: Its kind and version.
        journal: How it keeps what is not yet committed.
        clock: The moment by its own clock; None where it has none of its own.
        newest_entry: The moment of the newest entry of the record.
        pending: Entries that wait for their place in the log.
    """

    product: str
    journal: str
    clock: datetime | None
    newest_entry: datetime | None
    pending: int


def health(database: Database) -> Health:
    """Look at a database."""
    with database.read() as connection:
        newest = connection.execute(_NEWEST).scalar_one_or_none()
        pending = int(connection.execute(_PENDING).scalar_one())
        if database.path is not None:
            return Health(
                product=f"SQLite {sqlite3.sqlite_version}",
                journal=str(connection.execute(text("PRAGMA journal_mode")).scalar_one()),
                clock=None,
                newest_entry=newest,
                pending=pending,
            )
        return Health(_version(connection), "wal", _clock(connection), newest, pending)


def may_write_ahead() -> bool:
    """Say whether this machine's SQLite may keep a write-ahead log."""
    return sqlite.may_write_ahead(sqlite3.sqlite_version_info)


def _version(connection: Connection) -> str:
    return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"


def _clock(connection: Connection) -> datetime:
    found = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    if not isinstance(found, datetime):
        raise TypeError("the server's clock gives no moment")
    return found
