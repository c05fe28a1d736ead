"""Due deadlines as rows: found over the index on the next moment, resolved one per transaction.

Implements ``workflows.rectification.ports.SweepStore``. Any number of processes may sweep: each takes a task
that nobody else holds, looks again whether the deadline is still due, and the unique key of a rung has the
last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.actor import system
from engine.audit import Head
from storage.audit_log import append
from storage.database import Database
from storage.gathering import gather_case, lock_task
from storage.tables import deadline, pause, rung, to_do
from storage.telling import tell
from workflows.deadlines.records import Pause, PauseReason
from workflows.rectification.records import DeadlineKind, DueDeadline, SweepChange

_DUE = (
    select(deadline.c.id)
    .where(deadline.c.next_at <= bindparam("now"))
    .order_by(deadline.c.next_at)
    .limit(bindparam("most"))
)
_WHERE = select(deadline.c.task_id, deadline.c.organisation_id).where(deadline.c.id == bindparam("deadline"))
_DEADLINE = select(deadline).where(
    deadline.c.id == bindparam("deadline"), deadline.c.next_at <= bindparam("now")
)
_RECORDED = select(rung.c.rung).where(
    rung.c.deadline_id == bindparam("deadline"),
    rung.c.version == bindparam("version"),
    rung.c.visit == bindparam("visit"),
)
_PAUSES = select(pause.c.since, pause.c.until, pause.c.reason).where(
    pause.c.deadline_id == bindparam("deadline")
)
_NEXT = (
    update(deadline).where(deadline.c.id == bindparam("deadline")).values(next_at=bindparam("next_moment"))
)
_RUNG = insert(rung).returning(rung.c.id, rung.c.rung)
_TO_DO = insert(to_do)
_REQUEST = "sweep"
_OFFICE = "performance_office"


class SqlSweepStore:
    """The due deadlines of a database.

    Args:
        database: Where they are kept.
        zone: Where calendar days begin, to know who holds which position today.
    """

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Give deadlines whose next moment has come, the longest due first."""
        with self._database.read() as connection:
            return tuple(connection.execute(_DUE, {"now": now, "most": limit}).scalars())

    @contextmanager
    def work(self, number: int, /, now: datetime) -> Iterator[SqlSweepWork | None]:
        """Lock a deadline's task and gather; None when another process has it or it is no longer due."""
        with self._database.write() as connection:
            where = connection.execute(_WHERE, {"deadline": number}).one_or_none()
            locked = where and lock_task(connection, where.task_id, where.organisation_id, only_free=True)
            row = locked and connection.execute(_DEADLINE, {"deadline": number, "now": now}).one_or_none()
            if not locked or not row:
                yield None
                return
            gathered = gather_case(connection, locked, now.astimezone(self._zone).date())
            keys = {"deadline": number, "version": row.version, "visit": row.visit}
            due = DueDeadline(
                deadline=number,
                kind=DeadlineKind(row.kind),
                visit=row.visit,
                version=row.version,
                due_on=row.due_on,
                started_at=row.started_at,
                recorded=frozenset(connection.execute(_RECORDED, keys).scalars()),
                pauses=_pauses(connection, number),
                objective=locked.objective,
                case=gathered.case,
            )
            yield SqlSweepWork(connection, due, gathered.head, now)


class SqlSweepWork:
    """One due deadline in a unit of work; leaving it without :meth:`apply` changes nothing."""

    def __init__(self, connection: Connection, due: DueDeadline, head: Head, now: datetime) -> None:
        self.due = due
        self._connection = connection
        self._head = head
        self._now = now

    def apply(self, change: SweepChange) -> None:
        """Write the rungs, who is told, what the office has to decide, and when to look again."""
        task = self.due.case.task
        rungs = self._rungs(change, task.organisation)
        self._connection.execute(_NEXT, {"deadline": change.deadline, "next_moment": change.next_at})
        tell(self._connection, task.organisation, task.task, change.notices, self._now)
        if change.to_dos:
            self._connection.execute(_TO_DO, self._to_dos(change.to_dos, rungs))
        if change.audit is not None:
            actor = system(task.organisation, _REQUEST)
            append(self._connection, change.audit, actor, self._now, self._head)

    def _rungs(self, change: SweepChange, organisation: int) -> dict[str, int]:
        if not change.rungs:
            return {}
        rows = [
            {
                "organisation_id": organisation,
                "deadline_id": change.deadline,
                "version": self.due.version,
                "visit": self.due.visit,
                "rung": recorded.rung,
                "planned_on": recorded.planned_on,
                "due_at": recorded.due_at,
                "resolved_at": self._now,
                "outcome": recorded.outcome,
            }
            for recorded in change.rungs
        ]
        return {name: identifier for identifier, name in self._connection.execute(_RUNG, rows)}

    def _to_dos(self, wanted: Sequence[tuple[str, str]], rungs: dict[str, int]) -> list[dict[str, object]]:
        task = self.due.case.task
        return [
            {
                "organisation_id": task.organisation,
                "task_id": task.task,
                "rung_id": rungs[name],
                "role": _OFFICE,
                "kind": kind,
                "created_at": self._now,
            }
            for name, kind in wanted
        ]


def _pauses(connection: Connection, number: int) -> tuple[Pause, ...]:
    rows = connection.execute(_PAUSES, {"deadline": number})
    return tuple(Pause(row.since, row.until, PauseReason(row.reason)) for row in rows)
