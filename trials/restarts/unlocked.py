"""A store of due deadlines with a fault: it looks, lets go, and writes later, whoever wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from storage.database import Database
from storage.tables import deadline
from trials.restarts.life import product
from workflows.rectification.ports import SweepWork
from workflows.rectification.records import DueDeadline, SweepChange


class UnlockedSweep:
    """A due deadline that somebody else may be at as well."""

    def __init__(self, database: Database, due: DueDeadline, now: datetime) -> None:
        self.due = due
        self._database = database
        self._now = now

    def apply(self, change: SweepChange) -> None:
        """Write what was decided, as if nobody had looked again."""
        number = change.deadline
        while True:
            with self._database.write() as connection:
                connection.execute(deadline.update().where(deadline.c.id == number).values(next_at=self._now))
            with product(self._database).work(number, self._now) as work:
                if work is not None:
                    work.apply(change)
                    return


class UnlockedSweeps:
    """Lets go of a deadline's task between looking and writing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Give due deadlines as the product does."""
        return product(self._database).due(now, limit)

    @contextmanager
    def work(self, deadline: int, now: datetime) -> Iterator[SweepWork | None]:
        """Gather and unlock at once."""
        with product(self._database).work(deadline, now) as work:
            due = work.due if work else None
        yield UnlockedSweep(self._database, due, now) if due else None
