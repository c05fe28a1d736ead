"""Conclusions whose reminder has come: found over an index, reminded of in one transaction each.

Implements ``workflows.instructions.ports.ReminderStore``. Any number of processes may look: each takes a task
that nobody else holds, and looks again whether the reminder is still due.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select, update

from engine.actor import system
from storage.audit_log import append
from storage.database import Database
from storage.gathering import lock_task
from storage.tables import conclusion
from storage.telling import tell
from workflows.instructions.records import DueConclusion, Reminder

_REQUEST = "reminder"
_DUE = (
    select(conclusion.c.id)
    .where(conclusion.c.next_on <= bindparam("today"))
    .order_by(conclusion.c.next_on, conclusion.c.id)
    .limit(bindparam("most"))
)
_WHERE = select(conclusion.c.task_id, conclusion.c.organisation_id).where(conclusion.c.id == bindparam("row"))
_STILL = select(
    conclusion.c.id, conclusion.c.task_id, conclusion.c.person_id, conclusion.c.due_on, conclusion.c.next_on
).where(conclusion.c.id == bindparam("row"), conclusion.c.next_on <= bindparam("today"))
_NEXT = update(conclusion).where(conclusion.c.id == bindparam("row")).values(next_on=bindparam("next_day"))


class SqlReminderStore:
    """The conclusions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, today: date, limit: int) -> tuple[int, ...]:
        """Give conclusions whose reminder has come, the longest due first."""
        with self._database.read() as connection:
            return tuple(connection.execute(_DUE, {"today": today, "most": limit}).scalars())

    @contextmanager
    def work(self, conclusion: int, /, today: date, now: datetime) -> Iterator[SqlReminderWork | None]:
        """Lock a conclusion's task; None when another process has it or nothing is due any more."""
        with self._database.write() as connection:
            where = connection.execute(_WHERE, {"row": conclusion}).one_or_none()
            locked = where and lock_task(connection, where.task_id, where.organisation_id, only_free=True)
            key = {"row": conclusion, "today": today}
            row = locked and connection.execute(_STILL, key).one_or_none()
            if not where or not row:
                yield None
                return
            yield SqlReminderWork(connection, DueConclusion(*row), where.organisation_id, now)


class SqlReminderWork:
    """One conclusion in a unit of work; leaving it without :meth:`apply` changes nothing."""

    def __init__(self, connection: Connection, due: DueConclusion, organisation: int, now: datetime) -> None:
        self.due = due
        self._connection = connection
        self._organisation = organisation
        self._now = now

    def apply(self, reminder: Reminder) -> None:
        """Write a reminder: who is told, that it was done, and when to look again."""
        self._connection.execute(_NEXT, {"row": self.due.conclusion, "next_day": reminder.next_on})
        tell(self._connection, self._organisation, self.due.task, (reminder.notice,), self._now)
        append(self._connection, reminder.audit, system(self._organisation, _REQUEST), self._now)
