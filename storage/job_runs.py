"""When each job of the deadline process last ran: what the administrator's page and ``/healthz`` look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.database import Database
from storage.tables import job_run

_UPDATE = (
    update(job_run)
    .where(job_run.c.name == bindparam("job"))
    .values(started_at=bindparam("started"), ended_at=bindparam("ended"), detail=bindparam("done"))
)
_INSERT = insert(job_run).values(
    name=bindparam("job"),
    started_at=bindparam("started"),
    ended_at=bindparam("ended"),
    detail=bindparam("done"),
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
        values = {"job": name, "started": started, "ended": ended, "done": str(done)}
        with self._database.write() as connection:
            if connection.execute(_UPDATE, values).rowcount == 0:
                connection.execute(_INSERT, values)


def job_runs(connection: Connection) -> tuple[JobRun, ...]:
    """Give the last run of every job."""
    return tuple(JobRun(*row) for row in connection.execute(_SELECT))
