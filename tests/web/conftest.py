"""A court per test: on SQLite unless a module asks for both databases. A missing sentence is an error."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.seed import Court, court, court_again
from workflows.catalogue import be_strict


@pytest.fixture(autouse=True)
def strict_sentences() -> Iterator[None]:
    """A code without a sentence, or a sentence without its value, fails the test."""
    be_strict()
    yield
    be_strict(strict=False)


@pytest.fixture(scope="session")
def first_court(tmp_path_factory: pytest.TempPathFactory) -> tuple[Court, Path]:
    """The court that the others are copies of: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("court") / "zhenggai.db"
    found = court(f"sqlite:///{path}")
    found.database.close()
    return found, path


@pytest.fixture
def seeded(tmp_path: Path, first_court: tuple[Court, Path]) -> Iterator[Court]:
    """The court on SQLite."""
    like, original = first_court
    path = tmp_path / "zhenggai.db"
    shutil.copy(original, path)
    found = court_again(f"sqlite:///{path}", like)
    yield found
    found.database.close()


@pytest.fixture
def seeded_both(database_url: str) -> Iterator[Court]:
    """The court on each database in turn."""
    found = court(database_url)
    yield found
    found.database.close()
