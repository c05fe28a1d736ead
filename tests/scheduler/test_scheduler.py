"""The process itself: one round of every job, its options, and what it notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

import scheduler
from cli.signals import told_to_end
from engine.errors import ZhenggaiError
from scheduler import Surroundings
from storage.job_runs import JobRuns, job_runs
from storage.outbox_store import SqlOutboxStore
from storage.position_store import SqlPositionStore
from storage.reminder_store import SqlReminderStore
from storage.sweep_store import SqlSweepStore
from storage.task_store import SqlTaskStore
from tests.notices.servers import Postbox, real_server
from tests.scheduler.conftest import at
from tests.support.seed import Court
from workflows.notices.senders.smtp import SmtpSender
from workflows.notices.senders.target import smtp_target


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """Give a real mail server and its address."""
    handler = Postbox()
    with real_server(handler) as port:
        yield handler, f"smtp://127.0.0.1:{port}"


def around(
    court: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore, url: str | None, *, allow_clock: bool = True
) -> Surroundings:
    """Give what the process works with."""
    return Surroundings(
        positions=SqlPositionStore(court.database, court.rules.timetable.zone),
        tasks=SqlTaskStore(court.database, court.rules.timetable.zone),
        sweeps=sweeps,
        reminders=SqlReminderStore(court.database),
        outbox=outbox,
        runs=JobRuns(court.database),
        ladders=court.rules.ladders,
        timetable=court.rules.timetable,
        sender=SmtpSender(smtp_target(url)) if url else None,
        mail_from="zhenggai@example.test",
        base_url="http://127.0.0.1:8000",
        allow_clock=allow_clock,
    )


def test_one_round_sweeps_gathers_digests_and_sends_them_through_a_real_server(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore, postbox: tuple[Postbox, str]
) -> None:
    handler, url = postbox
    moment = at(date(2026, 6, 5)).isoformat()
    done = scheduler.main(["--once", "--at", moment], around(swept, sweeps, outbox, url), told_to_end)
    assert done is not None
    assert done["sweep"] > 0
    assert done["digest"] == done["outbox"] == len(handler.taken)
    with swept.database.read() as connection:
        noted = job_runs(connection)
    assert [run.name for run in noted] == ["digest", "outbox", "positions", "sweep"]


def test_without_a_mail_server_mails_wait(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    moment = at(date(2026, 6, 8)).isoformat()
    done = scheduler.main(["--once", "--at", moment], around(swept, sweeps, outbox, None), told_to_end)
    assert done is not None
    assert done["outbox"] == 0


@pytest.mark.parametrize(
    ("arguments", "allowed", "code"),
    [
        (["--once", "--at", "2026-06-05T08:31:00+08:00"], False, "clock_not_allowed"),
        (["--at", "2026-06-05T08:31:00+08:00"], True, "clock_only_once"),
    ],
)
def test_the_clock_is_set_only_where_it_may_be(
    swept: Court,
    sweeps: SqlSweepStore,
    outbox: SqlOutboxStore,
    arguments: list[str],
    allowed: bool,  # noqa: FBT001  # A parameter of the test.
    code: str,
) -> None:
    with pytest.raises(ZhenggaiError) as refused:
        scheduler.main(arguments, around(swept, sweeps, outbox, None, allow_clock=allowed), told_to_end)
    assert refused.value.code == code


def test_a_moment_without_a_time_zone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        scheduler.parser().parse_args(["--at", "2026-06-05T08:31:00"])
    assert ended.value.code == 2
    assert "+08:00" in capsys.readouterr().err


def test_the_metronome_runs_every_job_at_once_and_stops(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    metronome = scheduler.start(around(swept, sweeps, outbox, None))
    try:
        assert sorted(job.id for job in metronome.get_jobs()) == ["digest", "outbox", "positions", "sweep"]
        for job in metronome.get_jobs():
            assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
            assert job.next_run_time >= datetime(2026, 1, 1, tzinfo=UTC)
    finally:
        metronome.shutdown()
