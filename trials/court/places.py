"""Databases for the length of a trial or bench: made, migrated, copied, and gone afterwards.

PostgreSQL is found exactly as the tests find it. Must not know what is put into a database.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import text

from storage.database import Database
from tests.support import postgres
from tests.support.postgres import Server
from tests.support.surroundings import SurroundingsError

BACKENDS = ("sqlite", "postgresql")
"""The databases that everything here runs on."""

_SQLITE = "sqlite:///"
_PATIENCE = 30.0
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class Places(Protocol):
    """Where databases are made."""

    def new(self) -> str:
        """Make an empty database with the newest schema and give its address."""
        ...

    def copy(self, url: str) -> str:
        """Make a copy of a database that nobody has open and give its address."""
        ...

    def drop(self, url: str) -> None:
        """Remove a database."""
        ...


class _Files:
    def __init__(self, room: Path) -> None:
        self._room = room
        self._made = 0

    def new(self) -> str:
        return _migrated(f"{_SQLITE}{self._next()}")

    def copy(self, url: str) -> str:
        return f"{_SQLITE}{shutil.copyfile(url.removeprefix(_SQLITE), self._next())}"

    def drop(self, url: str) -> None:
        shutil.rmtree(Path(url.removeprefix(_SQLITE)).parent)

    def _next(self) -> Path:
        # Each has a folder of its own, for its journal and for the lock by which writers take turns.
        self._made += 1
        folder = self._room / str(self._made)
        folder.mkdir()
        return folder / "zhenggai.db"


class _Databases:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._made: set[str] = set()

    def new(self) -> str:
        return _migrated(self._kept(self._server.create_database()))

    def copy(self, url: str) -> str:
        return self._kept(self._server.create_database(urlsplit(url).path.removeprefix("/")))

    def drop(self, url: str) -> None:
        self._made.remove(url)
        self._server.drop_database(url)

    def drop_all(self) -> None:
        """Leave nothing behind in a server that lives on."""
        for url in tuple(self._made):
            self.drop(url)

    def _kept(self, url: str) -> str:
        self._made.add(url)
        return url


@contextlib.contextmanager
def places(backend: str, *, durable: bool = True) -> Iterator[Places]:
    """Give where databases of a kind are made, for the length of a ``with`` block.

    Args:
        backend: One of :data:`BACKENDS`.
        durable: A PostgreSQL that is started for this waits for the disk at every commit, as SQLite does.

    Raises:
        SurroundingsError: There is no PostgreSQL and none can be started.
    """
    if backend == "sqlite":
        with tempfile.TemporaryDirectory(prefix="zhenggai-") as room:
            yield _Files(Path(room))
        return
    with postgres.running(durable=durable) as server:
        databases = _Databases(server)
        try:
            yield databases
        finally:
            databases.drop_all()


def wait_until_alone(database: Database) -> None:
    """Wait until PostgreSQL is done with what processes that are gone had handed to it.

    Raises:
        SurroundingsError: Somebody else is still there after half a minute.
    """
    if database.dialect == "sqlite":
        return
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up:
        with database.read() as connection:
            if not connection.execute(_OTHERS).scalar_one():
                return
        time.sleep(0.005)
    raise SurroundingsError("Somebody else is still connected to the database of this trial.")


def _migrated(url: str) -> str:
    database = Database(url)
    try:
        database.migrate()
    finally:
        database.close()
    return url
