"""A court per test: on SQLite unless a module asks for both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.seed import Court, court


@pytest.fixture
def seeded(sqlite_url: str) -> Iterator[Court]:
    """The court on SQLite."""
    found = court(sqlite_url)
    yield found
    found.database.close()


@pytest.fixture
def seeded_both(database_url: str) -> Iterator[Court]:
    """The court on each database in turn."""
    found = court(database_url)
    yield found
    found.database.close()
