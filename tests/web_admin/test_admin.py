from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import insert

import scheduler
from engine.actor import system
from storage.directory import add_organisation
from storage.job_runs import JobRuns
from storage.queries.system import database_size, mails
from storage.tables import outbox
from tests.support.seed import START, Court
from tests.web.driving import sentences
from web import watching
from workflows.deadlines.calendar import WorkingCalendar


class Usage(NamedTuple):
    """What the machine tells of a disk."""

    total: int
    used: int
    free: int


def mail(court: Court, number: int, state: str, minutes_ago: int, detail: str = "") -> None:
    """Put a mail into the outbox."""
    final = state in {"sent", "failed"}
    at = START - timedelta(minutes=minutes_ago)
    with court.database.write() as connection:
        connection.execute(
            insert(outbox).values(
                organisation_id=court.organisation,
                person_id=court.people["handler"],
                message_id=f"<{number}@test>",
                state=state,
                attempts=2,
                next_at=None if final else at + timedelta(minutes=5),
                created_at=at,
                detail=detail,
            )
        )


def beat(court: Court, minutes_ago: int) -> None:
    """Let every job have run some minutes ago."""
    at = court.clock.now - timedelta(minutes=minutes_ago)
    for name in watching.JOBS:
        JobRuns(court.database).note(name, at - timedelta(seconds=1), at, 3)


def page(court: Court) -> str:
    answer = court.visitor("administrator").get("/admin/")
    assert answer.status_code == 200
    return sentences(answer.text)


def test_the_administrator_lands_here(seeded: Court) -> None:
    answer = seeded.visitor("administrator").get("/")
    assert answer.headers["Location"] == "/admin/"


@pytest.mark.parametrize("login", ["office_head", "inspector", "handler", "nobody"])
def test_nobody_else_comes_here(seeded: Court, login: str) -> None:
    client = seeded.visitor(login)
    assert [client.get(at).status_code for at in ("/admin/", "/admin/accounts/")] == [403, 403]


def test_the_jobs_that_are_watched_are_those_of_the_process() -> None:
    around = scheduler.Surroundings(
        positions=None,  # type: ignore[arg-type]
        tasks=None,  # type: ignore[arg-type]
        sweeps=None,  # type: ignore[arg-type]  # Nothing runs here; the names are what counts.
        reminders=None,  # type: ignore[arg-type]
        outbox=None,  # type: ignore[arg-type]
        runs=None,  # type: ignore[arg-type]
        ladders=None,  # type: ignore[arg-type]
        timetable=None,  # type: ignore[arg-type]
        sender=None,
        mail_from="",
        base_url="",
    )
    periods = {name: seconds for name, (_, seconds) in scheduler.jobs(around, lambda: START).items()}
    assert tuple(periods) == watching.JOBS
    assert max(periods.values()) * 3 <= watching.SILENT_AFTER.total_seconds()


def test_a_process_that_never_ran_is_called_silent(seeded: Court) -> None:
    text = page(seeded)
    assert text.count("从未运行") == 8
    assert "请检查 zhenggai scheduler 是否在运行" in text


def test_a_process_that_beats_is_in_order(seeded_both: Court) -> None:
    beat(seeded_both, 1)
    text = page(seeded_both)
    assert "没有动静" not in text
    assert text.count("3项") == 4


def test_it_is_said_since_when_a_job_is_silent(seeded_both: Court) -> None:
    beat(seeded_both, 30)
    assert page(seeded_both).count("自2026年6月1日 09:30起没有动静") == 4


def test_the_queue_shows_what_waits_and_what_went_wrong(seeded_both: Court) -> None:
    mail(seeded_both, 1, "pending", 90)
    mail(seeded_both, 2, "pending", 10)
    mail(seeded_both, 3, "deferred", 40, "rcpt: 451 greylisted")
    mail(seeded_both, 4, "sent", 200)
    mail(seeded_both, 5, "failed", 300, "rcpt: 550 no such user")
    with seeded_both.database.read() as connection:
        found = mails(connection, seeded_both.actor("administrator"))
    assert dict(found.waiting) == {"pending": 2, "deferred": 1}
    assert found.oldest == START - timedelta(minutes=90)
    assert (found.recent["sent"], found.recent["failed"]) == (1, 1)
    text = page(seeded_both)
    assert "最早的一封自2026年6月1日 08:30起等待" in text
    assert "已发出1封，发送失败1封" in text
    assert "rcpt: 550 no such user" in text
    assert "给慕容竹，已尝试2次" in text


def test_an_empty_queue_says_so(seeded: Court) -> None:
    assert "没有等待发送的邮件" in page(seeded)


def test_mails_of_another_organisation_are_not_counted(seeded: Court) -> None:
    with seeded.database.write() as connection:
        other = add_organisation(connection, "另一法院", START)
    mail(seeded, 1, "pending", 5)
    with seeded.database.read() as connection:
        assert dict(mails(connection, system(other, "test")).waiting) == {}


def test_the_size_of_the_database_is_told(seeded_both: Court) -> None:
    with seeded_both.database.read() as connection:
        assert database_size(connection) > 100_000


@pytest.mark.parametrize(("free", "kind"), [(100 << 20, "bad"), (1 << 30, "warning"), (50 << 30, "good")])
def test_room_is_called_by_how_much_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, kind: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(100 << 30, (100 << 30) - free, free))
    room = watching.room_of(tmp_path)
    assert room is not None
    assert room.kind == kind


def test_a_disk_that_does_not_answer_is_no_failure(tmp_path: Path, seeded: Court) -> None:
    assert watching.room_of(tmp_path / "gone") is None
    assert "无法得知" in page(seeded)


def test_the_real_disk_answers(tmp_path: Path) -> None:
    room = watching.room_of(tmp_path)
    assert room is not None
    assert 0 <= room.used_percent <= 100


def test_a_year_without_a_notice_is_called_estimated(seeded: Court) -> None:
    years = watching.years(WorkingCalendar(), seeded.rules.timetable.local_day(START))
    assert [year for year, _ in years] == [2026, 2027]
    text = page(seeded)
    for year, estimated in years:
        assert f"{year}年 {'估算' if estimated else '已知'}" in text
