"""A store with a fault: it looks, lets go, and writes later what it decided then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from storage.database import Database
from storage.task_store import SqlTaskStore
from workflows.rectification.records import Case, Change, Earlier, Receipt, Recorded


class UnlockedWork:
    """A case that may have changed meanwhile."""

    def __init__(self, store: SqlTaskStore, case: Case, actor: Actor, now: datetime) -> None:
        self.case = case
        self._store = store
        self._actor = actor
        self._now = now

    def earlier(self, key: str) -> Earlier | None:
        """Nobody uses a key twice here."""
        del key
        return None

    def recorded(self, action: str, person: int) -> tuple[Recorded, ...]:
        """Nobody asks for the same twice here."""
        del action, person
        return ()

    def apply(self, change: Change) -> Receipt:
        """Write what was decided about the case as it stood."""
        with self._store.work(self.case.task.task, self._actor, self._now) as work:
            return work.apply(change)


class UnlockedStore:
    """Lets go of a task's lock between looking and writing."""

    def __init__(self, database: Database) -> None:
        self._store = SqlTaskStore(database)

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[UnlockedWork]:
        """Gather the case and unlock the task at once."""
        with self._store.work(task, actor, now) as work:
            case = work.case
        yield UnlockedWork(self._store, case, actor, now)

    def record(self, draft: AuditDraft, actor: Actor, now: datetime) -> None:
        """Write an audit entry on its own."""
        self._store.record(draft, actor, now)
