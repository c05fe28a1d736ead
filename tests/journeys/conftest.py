"""Courts for the journeys: the demonstration as a process, and the small court behind a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.demonstration import Demonstration, demonstration
from tests.journeys.people import Crowd
from tests.journeys.served import Served, served
from tests.support.seed import PASSWORD
from tests.support.visitors import Visitors


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A fresh demonstration; what a journey changes in it no other journey may need."""
    with demonstration(tmp_path_factory.mktemp("journeys") / "court") as running:
        yield running


@pytest.fixture
def court_on_sqlite(sqlite_url: str) -> Iterator[Served]:
    """The small court on SQLite."""
    with served(sqlite_url) as running:
        yield running


@pytest.fixture
def court_on_postgresql(postgres_url: str) -> Iterator[Served]:
    """The small court on PostgreSQL."""
    with served(postgres_url) as running:
        yield running


@pytest.fixture
def people(court_on_sqlite: Served, visitors: Visitors) -> Crowd:
    """The people of the small court on SQLite, each in a window of their own."""
    return Crowd(court_on_sqlite.address, PASSWORD, visitors.open)
