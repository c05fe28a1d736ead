"""When each job of the deadline process last ran: what the administrator's page and ``/healthz`` look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import insert

from storage.database import Database
from storage.tables import job_run

_INSERT = insert(job_run)
# Several processes may note the first run of a job at once; the later note stands.
_NOTE = _INSERT.on_conflict_do_update(
    index_elements=["name"],
    set_={name: _INSERT.excluded[name] for name in ("started_at", "ended_at", "detail")},
)
_SELECT = select(job_run.c.name, job_run.c.started_at, job_run.c.ended_at, job_run.c.detail).order_by(
    job_run.c.name
)


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last run of a job, and how much it did."""

    name: str
    started_at: datetime
    ended_at: datetime | None
    detail: str


class JobRuns:
    """Notes the runs. Losing a note loses nothing else, so it has a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, name: str, started: datetime, ended: datetime, done: int) -> None:
        """Note that a job ran, and how much it did."""
        values = {"name": name, "started_at": started, "ended_at": ended, "detail": str(done)}
        with self._database.write() as connection:
            connection.execute(_NOTE, values)


def job_runs(connection: Connection) -> tuple[JobRun, ...]:
    """Give the last run of every job."""
    return tuple(JobRun(*row) for row in connection.execute(_SELECT))
