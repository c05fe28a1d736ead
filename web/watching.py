"""Whether the machine does its work: the deadline process, the disk, the calendar, as the reader is told.

Must not know how a page shows it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from storage.job_runs import JobRun
from workflows.deadlines.calendar import Calendar

JOBS: Final = ("positions", "sweep", "digest", "outbox")
"""The jobs of the deadline process, in the order of one round; a test holds them to the process itself."""

SILENT_AFTER: Final = timedelta(minutes=5)
"""A job that ended no run for so long is called silent: each has its turn at least once a minute."""

LITTLE_ROOM: Final = 2 << 30
"""Free bytes below which the administrator is told to make room."""
TOO_LITTLE_ROOM: Final = 200 << 20
"""Free bytes below which uploads will soon fail."""


@dataclass(frozen=True, slots=True)
class JobView:
    """A job of the deadline process.

    Attributes:
        name: Its name.
        last: When its last run ended; None where it never ran.
        done: How much that run did.
        silent: Whether it has been silent for too long, or ever.
    """

    name: str
    last: datetime | None
    done: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Room:
    """The disk of the data directory: bytes free and in all."""

    free: int
    total: int

    @property
    def used_percent(self) -> int:
        """How much of the disk is used, in whole percent."""
        return 100 - self.free * 100 // self.total if self.total else 100

    @property
    def kind(self) -> str:
        """``good``, ``warning`` or ``bad``."""
        if self.free < TOO_LITTLE_ROOM:
            return "bad"
        return "warning" if self.free < LITTLE_ROOM else "good"


def job_views(runs: tuple[JobRun, ...], now: datetime) -> list[JobView]:
    """Give every job, also one that never ran."""
    by_name: Mapping[str, JobRun] = {run.name: run for run in runs}
    return [_job(name, by_name.get(name), now) for name in JOBS]


def _job(name: str, run: JobRun | None, now: datetime) -> JobView:
    if run is None:
        return JobView(name, None, "", silent=True)
    last = run.ended_at or run.started_at
    return JobView(name, last, run.detail, silent=now - last > SILENT_AFTER)


def room_of(folder: Path | None) -> Room | None:
    """Give the room on a folder's disk; None where the disk does not answer."""
    if folder is None:
        return None
    try:
        found = shutil.disk_usage(folder)
    except OSError:
        return None
    return Room(found.free, found.total)


def years(calendar: Calendar, today: date) -> list[tuple[int, bool]]:
    """Give this year and the next, each with whether its working days are only estimated."""
    return [(year, calendar.estimated(year)) for year in (today.year, today.year + 1)]
