"""A position that begins or ends at midnight acts by itself: seats, notices and log-ins, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

import scheduler
from cli.signals import told_to_end
from storage.directory import add_position, end_position
from storage.outbox_store import SqlOutboxStore
from storage.position_store import SqlPositionStore
from storage.queries.seats import open_proposals_about
from storage.sweep_store import SqlSweepStore
from storage.tables import audit_entry, awaiting, notice, position, session
from storage.task_store import SqlTaskStore
from tests.scheduler.conftest import at
from tests.scheduler.test_scheduler import around
from tests.support.seed import START, Court
from tests.web.driving import propose, sign
from workflows.rectification.records import PositionChanged
from workflows.rectification.reseating import run_positions
from workflows.rectification.vocabulary import Role

LAST_DAY, NEXT_DAY = date(2026, 6, 30), date(2026, 7, 1)
EVENING, MIDNIGHT, MORNING = at(LAST_DAY, 20), at(NEXT_DAY, 0, 0), at(NEXT_DAY, 9)
LEAD = "审判管理办公室"


@pytest.fixture
def waiting(swept: Court) -> Court:
    """Give the court with a proposal of its first task that waits for the head, whose position ends."""
    task = swept.tasks[0]
    assert propose(swept, "handler", task, "acknowledge").status_code == 303
    assert propose(swept, "handler", task, "start").status_code == 303
    end(swept, "head", LAST_DAY)
    look(swept, START)
    return swept


def stores(court: Court) -> tuple[SqlPositionStore, SqlTaskStore]:
    """Give what a process looks with."""
    zone = court.rules.timetable.zone
    return SqlPositionStore(court.database, zone), SqlTaskStore(court.database, zone)


def look(court: Court, now: datetime) -> int:
    """Look for positions that began or ended, as the job does."""
    return run_positions(*stores(court), court.rules, now)


def end(court: Court, login: str, last_day: date) -> None:
    """Let the positions of somebody end, as an administrator enters it on the first of June."""
    actor = court.actor("administrator")
    with court.database.write() as connection:
        held = select(position.c.id).where(position.c.person_id == court.people[login])
        for number in connection.execute(held).scalars().all():
            end_position(connection, number, last_day, actor, START, START.date())


def begin(court: Court, login: str, from_on: date, role: Role = Role.DEPARTMENT_HEAD) -> None:
    """Let somebody be the head of the department that leads the first task."""
    actor = court.actor("administrator")
    with court.database.write() as connection:
        person, place = court.people[login], court.departments[LEAD]
        add_position(connection, person, place, role, from_on, actor, START)


def signers(court: Court) -> set[str]:
    """Give whose turn it is."""
    names = {number: login for login, number in court.people.items()}
    with court.database.read() as connection:
        return {names[who] for who in connection.execute(select(awaiting.c.person_id)).scalars()}


def entries(court: Court, *actions: str) -> int:
    """Count the entries of these actions."""
    with court.database.read() as connection:
        found = select(func.count()).where(audit_entry.c.action.in_(actions))
        return connection.execute(found).scalar_one()


def told(court: Court, login: str) -> list[str]:
    """Give what somebody was told."""
    with court.database.read() as connection:
        found = select(notice.c.kind).where(notice.c.person_id == court.people[login])
        return list(connection.execute(found).scalars())


def test_at_midnight_the_seat_passes_to_the_successor_who_is_told_and_signs(waiting: Court) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    assert look(waiting, MIDNIGHT - timedelta(seconds=1)) == 0
    assert signers(waiting) == {"head"}
    assert look(waiting, MIDNIGHT) == 2
    assert signers(waiting) == {"nobody"}
    assert told(waiting, "nobody") == ["signature_owed"]
    assert entries(waiting, "reseat") == 1
    waiting.clock.now = MORNING
    waiting.clients.clear()
    assert sign(waiting, "nobody").status_code == 200
    assert signers(waiting) == {"leader"}


def test_it_is_recorded_as_when_an_administrator_ends_it_today(waiting: Court) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    look(waiting, MIDNIGHT)
    with waiting.database.read() as connection:
        entry = connection.execute(select(audit_entry).where(audit_entry.c.action == "reseat")).one()
    assert (entry.stream, entry.person_id) == (f"task:{waiting.tasks[0]}", None)
    assert f"[{waiting.people['nobody']}]" in entry.body


def test_looking_again_changes_nothing_and_records_nothing(waiting: Court) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    look(waiting, MIDNIGHT)
    assert [look(waiting, now) for now in (MIDNIGHT, MORNING, EVENING)] == [0, 0, 0]
    assert (entries(waiting, "reseat"), entries(waiting, "refuse")) == (1, 0)


def test_a_vacant_seat_waits_in_silence_and_finds_who_is_named_weeks_later(waiting: Court) -> None:
    assert look(waiting, MIDNIGHT) == 1
    assert (signers(waiting), entries(waiting, "reseat", "refuse")) == ({"head"}, 0)
    begin(waiting, "nobody", date(2026, 7, 20))
    assert look(waiting, at(date(2026, 7, 19))) == 0
    assert look(waiting, at(date(2026, 7, 20))) == 1
    assert signers(waiting) == {"nobody"}


def test_whoever_comes_back_to_a_seat_is_told_again(waiting: Court) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    look(waiting, MIDNIGHT)
    for login, back, day in (("nobody", "publicity", 5), ("publicity", "nobody", 9)):
        end(waiting, login, date(2026, 7, day))
        begin(waiting, back, date(2026, 7, day + 1))
        look(waiting, at(date(2026, 7, day + 1)))
    assert signers(waiting) == {"nobody"}
    assert told(waiting, "nobody") == ["signature_owed"] * 2


def test_after_days_without_a_process_all_that_was_missed_is_done(waiting: Court) -> None:
    begin(waiting, "stranger", NEXT_DAY)
    end(waiting, "stranger", date(2026, 7, 3))
    begin(waiting, "nobody", date(2026, 7, 4))
    look(waiting, at(date(2026, 7, 10)))
    assert signers(waiting) == {"nobody"}
    assert look(waiting, at(date(2027, 7, 10))) == 0


def test_the_log_in_from_before_ends_with_its_reason_and_one_from_after_goes_on(waiting: Court) -> None:
    waiting.clients.clear()
    waiting.clock.now = EVENING
    before = waiting.visitor("head")
    waiting.clients.clear()
    waiting.clock.now = MORNING
    after = waiting.visitor("head")
    assert look(waiting, MORNING) == 1
    assert before.get("/inbox/").status_code == 302
    assert "职务" in before.get("/login").text
    assert after.get("/account").status_code != 302
    with waiting.database.read() as connection:
        rows = select(session.c.end_reason).where(session.c.person_id == waiting.people["head"])
        reasons = sorted(str(reason) for reason in connection.execute(rows).scalars())
    assert reasons == ["None", "role_lost"]


def test_a_process_that_died_before_it_noted_what_it_did_repeats_nothing(
    waiting: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(waiting, "nobody", NEXT_DAY)

    def dies(_store: SqlPositionStore, _change: PositionChanged, _now: datetime) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(SqlPositionStore, "settle", dies)
        with pytest.raises(KeyboardInterrupt):
            look(waiting, MIDNIGHT)
    assert look(waiting, MIDNIGHT) == 2
    assert (entries(waiting, "reseat", "refuse"), told(waiting, "nobody")) == (1, ["signature_owed"])


def test_several_processes_at_once_record_once(waiting: Court) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            look(waiting, MIDNIGHT)
        except BaseException as error:  # noqa: BLE001  # A thread's failure is told by the test itself.
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert (entries(waiting, "reseat", "refuse"), told(waiting, "nobody")) == (1, ["signature_owed"])


@pytest.mark.parametrize("overtaken_in", ["waiting", "settle"])
def test_a_process_that_another_overtakes_records_nothing_again(
    waiting: Court, monkeypatch: pytest.MonkeyPatch, overtaken_in: str
) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    slow: Callable[..., object] = getattr(SqlPositionStore, overtaken_in)

    def overtaken(store: SqlPositionStore, *arguments: object) -> object:
        monkeypatch.undo()
        look(waiting, MIDNIGHT)
        return slow(store, *arguments)

    monkeypatch.setattr(SqlPositionStore, overtaken_in, overtaken)
    assert look(waiting, MIDNIGHT) == 2
    assert look(waiting, MIDNIGHT) == 0
    assert (entries(waiting, "reseat", "refuse"), told(waiting, "nobody")) == (1, ["signature_owed"])


def test_a_later_last_day_entered_meanwhile_is_looked_at_on_that_day(waiting: Court) -> None:
    end(waiting, "head", date(2026, 7, 31))
    begin(waiting, "nobody", date(2026, 8, 1))
    look(waiting, MIDNIGHT)
    assert signers(waiting) == {"head"}
    look(waiting, at(date(2026, 8, 1), 0, 0))
    assert signers(waiting) == {"nobody"}


def test_a_position_concerns_the_tasks_its_role_signs_on_and_no_others(waiting: Court) -> None:
    begin(waiting, "stranger", NEXT_DAY, Role.HANDLER)
    begin(waiting, "other_leader", NEXT_DAY, Role.PERFORMANCE_OFFICE_HEAD)
    with waiting.database.read() as connection:
        concerned = {
            login: open_proposals_about(connection, number, waiting.organisation)
            for login, number in waiting.people.items()
        }
        elsewhere = open_proposals_about(connection, waiting.people["head"], waiting.organisation + 1)
    assert {login for login, found in concerned.items() if found} == {"head"}
    assert concerned["head"] == ((waiting.tasks[0], 1),)
    assert elsewhere == ()


def test_the_process_looks_for_positions_in_every_round_before_anybody_is_reminded(
    waiting: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    begin(waiting, "nobody", NEXT_DAY)
    arguments = ["--once", "--at", MIDNIGHT.isoformat()]
    done = scheduler.main(arguments, around(waiting, sweeps, outbox, None), told_to_end)
    assert done is not None
    assert (next(iter(done)), done["positions"]) == ("positions", 2)
    assert signers(waiting) == {"nobody"}
