"""Tasks that move to another version of their definition, each in a unit of work of its own.

Implements ``workflows.versions.ports.MigrationStore``. Must not decide whether a task may move.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, update

from engine.actor import Actor
from engine.audit import Head
from engine.errors import NotFoundError
from storage.applying.clocks import change_clocks
from storage.applying.context import Context
from storage.audit_log import append
from storage.database import Database
from storage.gathering import gather_case, lock_task
from storage.tables import task
from storage.task_source import SqlTaskSource
from workflows.rectification.records import Case
from workflows.versions.records import Migrated

_MOVE = (
    update(task)
    .where(task.c.id == bindparam("row"))
    .values(
        definition_version_id=bindparam("to_definition"),
        next_due_on=bindparam("to_next_due_on"),
        next_kind=bindparam("to_next_kind"),
        latest_person_id=bindparam("by"),
        latest_at=bindparam("at"),
        latest_action=bindparam("action"),
    )
)


class SqlMigrationWork:
    """One unit of work over one locked task."""

    def __init__(self, context: Context, head: Head) -> None:
        self.case: Case = context.case
        self._context = context
        self._head = head

    def apply(self, migrated: Migrated) -> None:
        """Write what moves the task; it is kept when the unit of work is left without an error."""
        context = self._context
        change_clocks(context, migrated.clocks, None)
        values = {
            "row": context.task,
            "to_definition": migrated.definition,
            "to_next_due_on": migrated.next_due_on,
            "to_next_kind": migrated.next_kind,
            "by": context.actor.person,
            "at": context.now,
            "action": migrated.audit.action,
        }
        context.connection.execute(_MOVE, values)
        append(context.connection, migrated.audit, context.actor, context.now, self._head)


class SqlMigrationStore(SqlTaskSource):
    """Tasks in a database that move to another version.

    Args:
        database: The database.
        zone: Where a calendar day begins, which decides the positions that are held today.
    """

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        super().__init__(database)
        self._zone = zone

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[SqlMigrationWork]:
        """Lock a task of the actor's organisation and gather its case.

        Raises:
            NotFoundError: ``task_not_found``.
            SurroundingsError: The database cannot be reached, is busy or full.
        """
        with self._database.write() as connection:
            locked = lock_task(connection, task, actor.organisation)
            if locked is None:
                raise NotFoundError("task_not_found", task=task)
            gathered = gather_case(connection, locked, now.astimezone(self._zone).date())
            yield SqlMigrationWork(Context(connection, gathered.case, actor, now), gathered.head)
