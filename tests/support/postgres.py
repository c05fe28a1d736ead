"""One PostgreSQL for a test session, a bench or a trial: found, or started and stopped again.

It looks in this order: ``ZHENGGAI_TEST_DATABASE_URL``; a server installed on this machine, started under its
own account; the server that a wheel carries. It knows nothing of the product's tables.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.support import postgres_binaries, postgres_process
from tests.support.surroundings import SurroundingsError

VARIABLE: Final = "ZHENGGAI_TEST_DATABASE_URL"
_SCHEME: Final = "postgresql+psycopg"
# A lock number of our own: whoever builds a template first lets the others wait.
_TEMPLATE_LOCK: Final = 0x7A67


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL in which databases may be made.

    Attributes:
        url: a database of it that always exists, as ``postgresql+psycopg://…``.
    """

    url: str

    def answers(self) -> bool:
        """Whether the server lets one in."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, template: str | None = None) -> str:
        """Makes a database and returns its address.

        Args:
            template: the name that ``template`` returned; without one the database is empty.

        Raises:
            SurroundingsError: the server refuses, with its own words.
        """
        name = f"zhenggai_{secrets.token_hex(8)}"
        self._make(name, template)
        return self._address(name)

    def drop_database(self, url: str) -> None:
        """Removes a database, and with it whoever is still connected."""
        name = urlsplit(url).path.removeprefix("/")
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextlib.contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """A database for the length of a ``with`` block."""
        url = self.create_database(template)
        try:
            yield url
        finally:
            self.drop_database(url)

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """Builds a database once, whoever of several processes asks first, and returns its name.

        Args:
            name: tells this template from others, lower-case letters and ``_``.
            build: fills the database at the address it is given, and closes every connection to it.
        """
        full = f"zhenggai_template_{name}"
        with self._connect() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            marked = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [full]
            )
            if marked.fetchone() is None:
                self.drop_database(self._address(full))
                self._make(full, None)
                build(self._address(full))
                # Only a finished one is marked; what a killed process left half built is built again.
                identifier = sql.Identifier(full)
                connection.execute(sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE true").format(identifier))
        return full

    def _make(self, name: str, template: str | None) -> None:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template or "template0")
        )
        self._execute(statement)

    def _execute(self, statement: sql.Composed) -> None:
        try:
            with self._connect() as connection:
                connection.execute(statement)
        except psycopg.Error as error:
            raise SurroundingsError(f"The PostgreSQL of the tests refused: {error}") from error

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url.replace(f"{_SCHEME}://", "postgresql://", 1), autocommit=True)

    def _address(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """The PostgreSQL that is named or found, for the length of a ``with`` block.

    Args:
        durable: a server started here waits for the disk at every commit, as in an office's machine room.

    Raises:
        SurroundingsError: there is none and none can be started.
    """
    named = os.environ.get(VARIABLE)
    if named:
        yield _named(named)
        return
    with tempfile.TemporaryDirectory(prefix="zhenggai-pg-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        # Sockets and programs are read by another account where we are root.
        room.chmod(0o755)
        runs_as = postgres_binaries.account()
        programs = postgres_binaries.installed() or postgres_binaries.from_wheel(room, runs_as)
        if programs is None:
            raise SurroundingsError(
                f"No PostgreSQL: set {VARIABLE}, or install a server, or run 'make test', which brings one."
            )
        with postgres_process.started(programs, room, runs_as, durable=durable) as process:
            server = Server(f"{_SCHEME}://postgres@/postgres?host={process.sockets}")
            process.wait(server.answers)
            yield server


def _named(url: str) -> Server:
    parts = urlsplit(url)
    if parts.scheme not in {_SCHEME, "postgresql", "postgres"}:
        raise SurroundingsError(f"{VARIABLE} must begin with {_SCHEME}://")
    return Server(urlunsplit(parts._replace(scheme=_SCHEME)))
