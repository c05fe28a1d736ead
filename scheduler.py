"""The deadline process: APScheduler as the metronome of a few jobs that are defined here, in code.

What is due stands in the database; this process holds nothing that could be lost. Several may run at once.
It knows no page and no setting: what it needs is handed in as :class:`Surroundings`.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    EVENT_JOB_SUBMITTED,
    JobEvent,
    JobExecutionEvent,
)
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler

from engine.errors import ZhenggaiError
from storage.job_runs import JobRuns
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.timetable import Timetable
from workflows.instructions.ports import ReminderStore
from workflows.instructions.reminding import remind
from workflows.notices.delivering import deliver, gather_digests
from workflows.notices.ports import MailSender, OutboxStore
from workflows.notices.senders.smtp import SmtpSender
from workflows.notices.senders.target import smtp_target
from workflows.rectification.ports import PositionStore, SweepStore, TaskStore
from workflows.rectification.reseating import run_positions
from workflows.rectification.service import Rules
from workflows.rectification.sweeping import run_sweep

LOG = logging.getLogger("zhenggai.scheduler")

POSITIONS_EVERY = 20
"""Seconds between two looks for positions that began or ended."""
SWEEP_EVERY = 20
"""Seconds between two looks for due deadlines."""
DELIVER_EVERY = 10
"""Seconds between two looks into the outbox."""
DIGEST_EVERY = 60
"""Seconds between two looks whether the day's digests are to be gathered."""
LONG_ROUND = 300
"""Seconds from which a round that still runs is worth a line in the log."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process works with.

    Attributes:
        positions: Finds positions that began or ended.
        tasks: Opens units of work over the tasks whose signers these were.
        sweeps: Finds and resolves due deadlines.
        reminders: Finds conclusions that nobody has answered.
        outbox: Keeps the mails that wait.
        runs: Notes when each job ran, for the administrator's page.
        ladders: The ladders of the deadlines.
        timetable: Calendar and time zone.
        sender: Hands mails to a server; None where no mail server is set, and then mails wait.
        mail_from: The sender's address.
        base_url: What links begin with.
        allow_clock: Whether the clock may be set for one round.
    """

    positions: PositionStore
    tasks: TaskStore
    sweeps: SweepStore
    reminders: ReminderStore
    outbox: OutboxStore
    runs: JobRuns
    ladders: Ladders
    timetable: Timetable
    sender: MailSender | None
    mail_from: str
    base_url: str
    allow_clock: bool = False


def sender_for(smtp_url: str | None) -> MailSender | None:
    """Give what hands mails to the server of ``ZHENGGAI_SMTP_URL``; None where none is set.

    Raises:
        ZhenggaiError: ``smtp_url_malformed``.
    """
    return SmtpSender(smtp_target(smtp_url)) if smtp_url else None


def jobs(around: Surroundings, clock: Callable[[], datetime]) -> dict[str, tuple[Callable[[], int], int]]:
    """Give every job by name with the seconds between its runs, in the order of one round."""

    def positions() -> int:
        rules = Rules(around.timetable, around.ladders)
        return run_positions(around.positions, around.tasks, rules, clock())

    def sweep() -> int:
        return run_sweep(around.sweeps, around.ladders, around.timetable, clock())

    def digest() -> int:
        # What is reminded of this morning stands in this morning's digest; it comes whatever becomes of that.
        try:
            remind(around.reminders, around.timetable, clock())
        finally:
            gathered = gather_digests(around.outbox, around.timetable, clock())
        return gathered

    def outbox() -> int:
        if around.sender is None:
            return 0
        return deliver(around.outbox, around.sender, around.mail_from, around.base_url, clock)

    return {
        "positions": (positions, POSITIONS_EVERY),
        "sweep": (sweep, SWEEP_EVERY),
        "digest": (digest, DIGEST_EVERY),
        "outbox": (outbox, DELIVER_EVERY),
    }


def run_once(around: Surroundings, clock: Callable[[], datetime]) -> dict[str, int]:
    """Do one round of every job.

    Returns:
        How much each job did.

    Raises:
        ZhenggaiError: A job failed in a way that was foreseen; the jobs before it stand.
    """
    return {name: _noted(around, name, job, clock)() for name, (job, _) in jobs(around, clock).items()}


def start(around: Surroundings, clock: Callable[[], datetime] | None = None) -> BaseScheduler:
    """Start the metronome in threads of its own; its ``shutdown`` lets the jobs under way end.

    Args:
        around: What the jobs work with.
        clock: What the jobs take for the moment; the metronome itself beats by the machine's clock.
    """
    metronome = BackgroundScheduler(timezone=UTC, logger=_METRONOME)
    for name, (job, seconds) in jobs(around, clock or _now).items():
        metronome.add_job(
            _noted(around, name, job, clock or _now),
            "interval",
            seconds=seconds,
            id=name,
            name=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=_now(),
        )
    metronome.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    metronome.add_listener(
        _Rounds(), EVENT_JOB_SUBMITTED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_EXECUTED | EVENT_JOB_ERROR
    )
    metronome.start()
    return metronome


def main(
    arguments: Sequence[str],
    around: Surroundings,
    told_to_end: Callable[[], AbstractContextManager[Callable[[], None]]],
) -> dict[str, int] | None:
    """Run the process with its own options.

    Args:
        arguments: ``--once`` and ``--at MOMENT``.
        around: What it works with.
        told_to_end: Gives what waits until the process is told to end.

    Returns:
        What one round did; None when the process was told to end.

    Raises:
        ZhenggaiError: The clock may not be set, or a job of a single round failed.
    """
    options = parser().parse_args(arguments)
    if options.at is not None and not around.allow_clock:
        raise ZhenggaiError("clock_not_allowed")
    if options.at is not None and not options.once:
        raise ZhenggaiError("clock_only_once")
    if options.once:
        return run_once(around, (lambda: options.at) if options.at else _now)
    with told_to_end() as wait:
        metronome = start(around)
        wait()
        metronome.shutdown(wait=True)
    return None


def parser() -> argparse.ArgumentParser:
    """Give the options of the process."""
    found = argparse.ArgumentParser(
        prog="zhenggai scheduler",
        description="时限进程：提醒、催办、发信。The deadline process: reminders, escalation, mail.",
    )
    found.add_argument(
        "--once", action="store_true", help="执行一轮后结束 / do one round of every job and end"
    )
    found.add_argument(
        "--at",
        type=_moment,
        metavar="ISO8601",
        help="把这一轮的时钟设为该时刻（须设 ZHENGGAI_ALLOW_CLOCK=1）/ the clock of that round",
    )
    return found


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} 不是 ISO 8601 时刻 / is no ISO 8601 moment") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} 缺少时区，例如 +08:00 / needs a time zone such as +08:00")
    return moment


def _now() -> datetime:
    return datetime.now(UTC)


def _noted(
    around: Surroundings, name: str, job: Callable[[], int], clock: Callable[[], datetime]
) -> Callable[[], int]:
    def run() -> int:
        started = clock()
        done = job()
        around.runs.note(name, started, clock(), done)
        return done

    return run


def _report(event: JobExecutionEvent) -> None:
    if event.code == EVENT_JOB_MISSED:
        LOG.warning("job %s was missed", event.job_id)
    elif isinstance(event.exception, ZhenggaiError):
        LOG.error("job %s: %s", event.job_id, event.exception)
    else:
        LOG.error("job %s failed", event.job_id, exc_info=event.exception)


class _Rounds:
    """Says which rounds take long: when one has lasted a while, each time it is twice as old, and at its end.

    A beat that finds the round before still at work is passed over, as it should be: what is due is a query,
    and the next beat finds it. After an outage, or with a slow mail server, that goes on for minutes.
    """

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}
        self._told_at: dict[str, float] = {}

    def __call__(self, event: JobEvent) -> None:
        """Hear of a round that begins, of one that ends, and of a beat that finds one still at work."""
        job, now = event.job_id, time.monotonic()
        if event.code == EVENT_JOB_SUBMITTED:
            self._begun[job] = now
            self._told_at[job] = LONG_ROUND
            return
        lasted = now - self._begun.get(job, now)
        if event.code != EVENT_JOB_MAX_INSTANCES:
            if lasted >= LONG_ROUND:
                LOG.warning("job %s has ended; it took %d seconds", job, lasted)
        elif lasted >= self._told_at.get(job, LONG_ROUND):
            self._told_at[job] = 2 * lasted
            LOG.warning("job %s has been at work for %d seconds; its next round waits", job, lasted)


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out the complaint at each beat that finds a round still at work; ``_Rounds`` tells of it."""
    return "maximum number of running instances reached" not in record.getMessage()


_METRONOME = logging.getLogger("zhenggai.scheduler.metronome")
_METRONOME.addFilter(_is_news)


if __name__ == "__main__":
    # The command reads the settings and calls main; handing the process over keeps this module free of them.
    os.execv(sys.executable, [sys.executable, "-m", "cli", "scheduler", *sys.argv[1:]])  # noqa: S606
