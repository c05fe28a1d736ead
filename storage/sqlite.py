"""How SQLite is opened.

Owns the pragmas and the rule on the write-ahead log. Must not know tables.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

BUSY_TIMEOUT = 30
"""Seconds that a connection waits for another process before it gives up."""

_FIXED = ((3, 44, 6), (3, 50, 7))
_FIXED_FOR_GOOD = (3, 51, 3)


def may_write_ahead(version: tuple[int, ...]) -> bool:
    """Say whether a SQLite of this version may keep a write-ahead log.

    Versions 3.7.0 to 3.51.2 can corrupt such a database when two processes write it; 3.44.6 and 3.50.7 carry
    the fix in their own lines, as every later release of these lines would.
    """
    if version >= _FIXED_FOR_GOOD:
        return True
    return any(fixed[:2] == version[:2] and version >= fixed for fixed in _FIXED)


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing database file.

    Transactions begin where the code says so and nowhere else: the driver's own habit of beginning them is
    switched off.

    Raises:
        sqlite3.OperationalError: There is no such file, or it cannot be opened.
    """
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT,
        isolation_level=None,
        # The pool hands a connection to one thread at a time, but not always to the same one.
        check_same_thread=False,
    )
    for pragma in _pragmas():
        connection.execute(pragma).close()
    return connection


def _pragmas() -> tuple[str, ...]:
    ahead = may_write_ahead(sqlite3.sqlite_version_info)
    return (
        "PRAGMA foreign_keys = ON",
        f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}",
        f"PRAGMA journal_mode = {'WAL' if ahead else 'DELETE'}",
        # In rollback mode a commit is the removal of the journal: EXTRA waits for the folder's own sync too.
        f"PRAGMA synchronous = {'FULL' if ahead else 'EXTRA'}",
    )


def create(path: Path) -> None:
    """Make an empty file readable to its owner alone, unless there is one.

    Raises:
        OSError: The folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
