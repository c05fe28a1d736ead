"""Two deadline processes at once: what the trial of restarts found, held here to a fixed order of events."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from datetime import date

import pytest
from sqlalchemy import Connection, insert, select

from storage import outbox_store
from storage.database import Database
from storage.job_runs import JobRuns, job_runs
from storage.outbox_store import SqlOutboxStore
from storage.sweep_store import SqlSweepStore
from storage.tables import job_run, notice, person
from storage.tables import outbox as mails
from storage.telling import new_message_id
from tests.scheduler.conftest import at
from tests.scheduler.test_sweep import sweep
from tests.support.seed import Court

_FRIDAY, _MONDAY = date(2026, 6, 5), date(2026, 6, 8)


def test_whoever_looked_before_another_gathered_sends_no_empty_digest(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(swept, sweeps, _FRIDAY)
    write: Callable[[], AbstractContextManager[Connection]] = swept.database.write

    def overtaken() -> AbstractContextManager[Connection]:
        monkeypatch.undo()
        assert outbox.gather_digests(_FRIDAY, at(_FRIDAY)) > 0
        return write()

    monkeypatch.setattr(swept.database, "write", overtaken)
    assert outbox.gather_digests(_MONDAY, at(_MONDAY)) == 0
    with swept.database.read() as connection:
        days = set(connection.execute(select(mails.c.digest_on)).scalars())
    assert days == {_FRIDAY}


def test_two_processes_gather_the_digest_of_a_day_at_once(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(swept, sweeps, _FRIDAY)
    writing, go_on = threading.Event(), threading.Event()

    def hesitate() -> str:
        writing.set()
        go_on.wait(30)
        return new_message_id()

    monkeypatch.setattr(outbox_store, "new_message_id", hesitate)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(outbox.gather_digests, _FRIDAY, at(_FRIDAY))
        assert writing.wait(30)
        if swept.database.dialect == "postgresql":
            # Whoever is slower finds notices that the first one had not seen.
            _tell_everybody_again(swept)
        second = pool.submit(outbox.gather_digests, _FRIDAY, at(_FRIDAY))
        wait([second], 0.3)
        go_on.set()
        assert first.result(30) + second.result(30) > 0
    with swept.database.read() as connection:
        found = connection.execute(select(mails.c.person_id).where(mails.c.digest_on == _FRIDAY)).scalars()
        people = list(found)
    assert len(people) == len(set(people)) > 0


def _tell_everybody_again(court: Court) -> None:
    with court.database.write() as connection:
        for who, organisation in connection.execute(select(person.c.id, person.c.organisation_id)).all():
            row = {"organisation_id": organisation, "person_id": who, "cause": "again", "kind": "moved"}
            more = {"params": "{}", "urgent": False, "created_at": at(_FRIDAY)}
            connection.execute(insert(notice), row | more)


def test_two_processes_note_the_first_run_of_a_job_at_once(database: Database) -> None:
    failed: list[BaseException] = []

    def note() -> None:
        try:
            JobRuns(database).note("sweep", at(_FRIDAY), at(_FRIDAY, 9), 7)
        except BaseException as error:  # noqa: BLE001  # A thread's failure is told by the test itself.
            failed.append(error)

    other = threading.Thread(target=note)
    with database.write() as connection:
        connection.execute(insert(job_run).values(name="sweep", started_at=at(_FRIDAY), detail="1"))
        other.start()
        # The other one waits for this unit of work, on either database; then its own note stands.
        other.join(0.3)
    other.join(30)
    assert failed == []
    with database.read() as connection:
        assert [(run.name, run.detail) for run in job_runs(connection)] == [("sweep", "7")]
