"""One life of a scheduler process: the product's own metronome, jobs and handling of signals."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import scheduler
from cli.signals import told_to_end
from storage.database import Database
from storage.job_runs import JobRuns
from storage.outbox_store import SqlOutboxStore
from storage.position_store import SqlPositionStore
from storage.reminder_store import SqlReminderStore
from storage.sweep_store import SqlSweepStore
from storage.task_store import SqlTaskStore
from trials.court.tasks import RULES
from workflows.rectification.ports import SweepStore


def product(database: Database) -> SweepStore:
    """Give the product's own store of due deadlines."""
    return SqlSweepStore(database, RULES.timetable.zone)


class _Ear(logging.Handler):
    """Hears what the process complains of."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.heard.append(record)


@dataclass(frozen=True, slots=True)
class Life:
    """A process that believes that it is ``moment``; no mail leaves it."""

    url: str
    moment: datetime
    sweeps: Callable[[Database], SweepStore] = product

    def __call__(self) -> None:
        """Run until somebody ends the process.

        Raises:
            RuntimeError: A job failed meanwhile.
        """
        ear = _Ear(logging.ERROR)
        scheduler.LOG.addHandler(ear)
        # As the command does it: whoever is told to end finishes the jobs under way.
        with told_to_end() as wait:
            database = Database(self.url)
            around = scheduler.Surroundings(
                positions=SqlPositionStore(database, RULES.timetable.zone),
                tasks=SqlTaskStore(database, RULES.timetable.zone),
                sweeps=self.sweeps(database),
                reminders=SqlReminderStore(database),
                outbox=SqlOutboxStore(database),
                runs=JobRuns(database),
                ladders=RULES.ladders,
                timetable=RULES.timetable,
                sender=None,
                mail_from="zhenggai@court.example",
                base_url="http://localhost",
            )
            metronome = scheduler.start(around, lambda: self.moment)
            wait()
            metronome.shutdown(wait=True)
        if ear.heard:
            raise RuntimeError(ear.heard[0].getMessage())
