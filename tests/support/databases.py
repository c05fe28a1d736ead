"""Migrated databases for tests: made once per session, handed out as copies.

Loaded as a plugin by ``tests/conftest.py``, so that every part of the tests may ask for ``database``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.postgres import Server


def _migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "zhenggai.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _migrated_template(postgres_server: Server) -> str:
    return postgres_server.template("migrated", _migrate)


@pytest.fixture
def migrated_sqlite_url(_migrated_file: Path, tmp_path: Path) -> str:
    """The address of a SQLite database with the newest schema and no rows."""
    return f"sqlite:///{shutil.copyfile(_migrated_file, tmp_path / 'zhenggai.db')}"


@pytest.fixture
def migrated_postgres_url(postgres_server: Server, _migrated_template: str) -> Iterator[str]:
    """The address of a PostgreSQL database with the newest schema and no rows."""
    with postgres_server.database(_migrated_template) as url:
        yield url


@pytest.fixture
def sqlite_database(migrated_sqlite_url: str) -> Iterator[Database]:
    """A migrated SQLite database."""
    database = Database(migrated_sqlite_url)
    yield database
    database.close()


@pytest.fixture
def postgres_database(migrated_postgres_url: str) -> Iterator[Database]:
    """A migrated PostgreSQL database."""
    database = Database(migrated_postgres_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite_database", "postgres_database"], ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database of each kind, one after the other."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Database)
    return found
