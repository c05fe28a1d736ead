"""A small court whose deadlines are swept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest

from storage.outbox_store import SqlOutboxStore
from storage.sweep_store import SqlSweepStore
from tests.support.seed import Court, court
from workflows.deadlines.timetable import DEFAULT_ZONE


@pytest.fixture
def swept(database_url: str) -> Iterator[Court]:
    """Give the court with its plan, on either database."""
    made = court(database_url)
    yield made
    made.database.close()


@pytest.fixture
def sweeps(swept: Court) -> SqlSweepStore:
    """Give the store of its due deadlines."""
    return SqlSweepStore(swept.database, DEFAULT_ZONE)


@pytest.fixture
def outbox(swept: Court) -> SqlOutboxStore:
    """Give its outbox."""
    return SqlOutboxStore(swept.database, "test")


def at(day: date, hour: int = 8, minute: int = 31) -> datetime:
    """Give a moment of a day in the court's time zone, by default just after rungs fire."""
    return datetime.combine(day, time(hour, minute), DEFAULT_ZONE)
