"""Copies a database into a folder and back: SQLite as one file, PostgreSQL table by table.

PostgreSQL writes its tables as they are at one moment, in the text form of its own COPY, which asks for no
client program of the server's version.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from engine.errors import SurroundingsError, ZhenggaiError
from storage import migrating, sqlite
from storage.backup.manifest import DATABASE, TABLES, write_durably
from storage.blobs.files import speaking, sync_folder
from storage.database import Database
from storage.failures import FULL, translated
from storage.tables import METADATA


def copy_sqlite(path: Path, folder: Path) -> None:
    """Copy a SQLite database as it is at one moment, and check that the copy is whole.

    Raises:
        SurroundingsError: ``disk_full``, or the database cannot be read.
    """
    target = folder / DATABASE
    try:
        with translated(), closing(sqlite.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except SurroundingsError as error:
        raise SurroundingsError("disk_full") if error.code == FULL else error from error
    check_sqlite(target)
    with speaking():
        handle = os.open(target, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        sync_folder(folder)


def check_sqlite(path: Path) -> None:
    """Refuse a SQLite file whose pages or references do not fit.

    Raises:
        ZhenggaiError: ``backup_damaged``.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise ZhenggaiError("backup_damaged", what=path.name)


def copy_tables(database: Database, folder: Path) -> dict[str, tuple[str, ...]]:
    """Copy every table of a PostgreSQL database as it is at one moment; give their columns."""
    with speaking():
        (folder / TABLES).mkdir()
    columns = {table.name: tuple(table.columns.keys()) for table in METADATA.sorted_tables}
    with database.read() as connection:
        for name, names in columns.items():
            with (
                speaking(),
                _cursor(connection) as cursor,
                cursor.copy(_copy(name, names, "TO STDOUT")) as rows,
            ):
                write_durably(folder / TABLES / name, rows)
    return columns


def load_tables(
    connection: Connection, folder: Path, schema: str, tables: Mapping[str, tuple[str, ...]]
) -> None:
    """Build the schema of a backup in an empty PostgreSQL database, fill it, and bring it up to date."""
    migrating.upgrade(connection, schema)
    for name, columns in tables.items():
        with (
            speaking(),
            (folder / TABLES / name).open("rb") as file,
            _cursor(connection) as cursor,
            cursor.copy(_copy(name, columns, "FROM STDIN")) as copy,
        ):
            while piece := file.read(1 << 20):
                copy.write(piece)
    for name in tables:
        if "id" in tables[name] and METADATA.tables[name].c.id.autoincrement is True:
            connection.execute(text(_NUMBER_ON.format(name=name)))
    migrating.upgrade(connection)


# The next row gets the number behind the last one.
_NUMBER_ON = """
    SELECT setval(pg_get_serial_sequence('{name}', 'id'), greatest(max(id), 1), max(id) IS NOT NULL)
    FROM {name}
"""


def _copy(name: str, columns: tuple[str, ...], where: str) -> str:
    listed = ", ".join(f'"{column}"' for column in columns)
    return f'COPY "{name}" ({listed}) {where}'


def _cursor(connection: Connection) -> Any:  # noqa: ANN401  # The driver may be absent.
    return connection.connection.cursor()
