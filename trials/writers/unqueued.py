"""A database with a fault: who finds it busy sleeps and tries again, so that who just wrote writes next."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, text

from storage.database import Database

_LOCK = text("SELECT pg_try_advisory_xact_lock(1)")
_NAP = 0.1


class Unqueued(Database):
    """SQLite's own busy handler does just this; on PostgreSQL, which queues, it is done by hand."""

    def _turn(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a unit of work once nobody else has one."""
        with super().write() as connection:
            while self.path is None and not connection.execute(_LOCK).scalar_one():
                time.sleep(_NAP)
            yield connection
