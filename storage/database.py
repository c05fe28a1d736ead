"""The database: short readings, units of work, and the schema they stand on.

Everybody who needs a connection gets it here. Must not know what is read or written.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError

from engine.errors import SurroundingsError
from storage import migrating, sqlite, turns
from storage.failures import UNREACHABLE, translated

_POOL = {"pool_size": 8, "max_overflow": 24, "pool_timeout": sqlite.BUSY_TIMEOUT}
# A connection of a dead client must not keep a task locked, nor one waiting for a lock wait for ever.
_POSTGRESQL_SESSION = (
    "SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; SET timezone = 'UTC'"
)


class Database:
    """One database and its pool of connections; shared by the threads of one process, never across a fork.

    Args:
        url: ``sqlite:///PATH`` or ``postgresql+psycopg://…``.
        lock_dir: Where the file lies by which SQLite's writers take turns; beside the database by default.

    Attributes:
        path: The SQLite file; None on PostgreSQL.
    """

    def __init__(self, url: str, *, lock_dir: Path | None = None) -> None:
        parsed = make_url(url)
        self._reader: Engine
        self.path = Path(parsed.database or "").absolute() if parsed.get_backend_name() == "sqlite" else None
        if self.path is None:
            self._sql = _postgresql(parsed)
            self._reader = self._sql.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        else:
            self._sql = self._reader = _sqlite(self.path)
            self._lock = (lock_dir or self.path.parent) / f"{self.path.name}.lock"
        self._inside = threading.local()

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._sql.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a short reading of one moment's state; nothing may be written, and nothing waited for.

        On SQLite an open reading keeps every writer from committing: read, close, and only then render, send
        or yield.

        Raises:
            SurroundingsError: The database cannot be reached, is busy or damaged.
        """
        with self._entered("read"), translated(), self._reader.begin() as connection:
            self._begin(connection, "BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a unit of work: commits where the block ends well, undoes everything where it raises.

        Raises:
            SurroundingsError: The database cannot be reached, is full, busy or damaged; nothing changed.
            RuntimeError: The thread is already inside a reading or a unit of work and would wait for itself.
        """
        if getattr(self._inside, "kind", None) is not None:
            message = f"a unit of work cannot begin inside a {self._inside.kind}"
            raise RuntimeError(message)
        with self._entered("write"), translated(), self._turn(), self._sql.begin() as connection:
            self._begin(connection, "BEGIN IMMEDIATE")
            yield connection

    def migrate(self) -> None:
        """Create or upgrade the schema; does nothing where it is the newest.

        Raises:
            SurroundingsError: The database cannot be reached or written, or is newer than this program.
        """
        if self.path is not None:
            try:
                sqlite.create(self.path)
            except OSError as error:
                raise SurroundingsError(UNREACHABLE) from error
        with self.write() as connection:
            migrating.upgrade(connection)

    def check_migrated(self) -> None:
        """Refuse to work on a schema that is not the one this program was written for.

        Raises:
            SurroundingsError: ``database_not_migrated`` or ``database_newer`` (both with ``found`` and
                ``wanted``), or the database cannot be reached.
        """
        with self.read() as connection:
            migrating.check(connection)

    def close(self) -> None:
        """Close every connection of the pool."""
        self._sql.dispose()

    def _turn(self) -> AbstractContextManager[None]:
        return nullcontext() if self.path is None else turns.turn(self._lock, sqlite.BUSY_TIMEOUT)

    def _begin(self, connection: Connection, how: str) -> None:
        """Begin SQLite's transaction by hand; a listener for it would cost every statement."""
        if self.path is not None:
            cursor = connection.connection.cursor()
            cursor.execute(how)
            cursor.close()

    @contextmanager
    def _entered(self, kind: str) -> Iterator[None]:
        before = getattr(self._inside, "kind", None)
        self._inside.kind = kind
        try:
            yield
        finally:
            self._inside.kind = before


def _sqlite(path: Path) -> Engine:
    return create_engine("sqlite://", creator=lambda: sqlite.connect(path), poolclass=QueuePool, **_POOL)


def _postgresql(url: URL) -> Engine:
    sql = create_engine(url, **_POOL)

    @event.listens_for(sql, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401  # The driver may be absent.
        connection.execute(_POSTGRESQL_SESSION)
        connection.commit()

    @event.listens_for(sql, "checkout")
    def look(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401  # As above.
        # An idle connection has nothing to say; one that has was closed by the server meanwhile. Looking
        # costs no round trip.
        if select.select([connection.fileno()], [], [], 0)[0]:
            raise DisconnectionError

    return sql
