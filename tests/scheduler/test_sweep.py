"""Every rung once, to the right people, whoever sweeps and however late."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from storage.sweep_store import SqlSweepStore
from storage.tables import audit_entry, deadline, notice, outbox, person, rung, to_do
from tests.scheduler.conftest import at
from tests.support.seed import MEMBERS, Court
from workflows.rectification.sweeping import run_sweep

ACKNOWLEDGE = [
    # Created on Monday 1 June 2026, due five working days later, on Monday the 8th. The 19th is the Dragon
    # Boat Festival; it lies behind the last rung.
    (date(2026, 6, 5), "before_1", {"handler", "head"}),
    (date(2026, 6, 8), "on_day", {"handler", "head", "leader"}),
    (date(2026, 6, 9), "after_1", {"leader", "office"}),
    (date(2026, 6, 15), "after_5", {"office"}),
]


def sweep(court: Court, store: SqlSweepStore, day: date) -> int:
    """Sweep just after rungs fire."""
    return run_sweep(store, court.rules.ladders, court.rules.timetable, at(day))


def told(court: Court, task: int) -> list[tuple[date, str, set[str]]]:
    """Give what was told about the acknowledgement of a task: day, rung and logins."""
    by_name = {name: login for login, (name, *_) in MEMBERS.items()}
    with court.database.read() as connection:
        rows = connection.execute(
            select(rung.c.resolved_at, rung.c.rung, person.c.name)
            .join_from(rung, deadline, deadline.c.id == rung.c.deadline_id)
            .join(
                notice,
                notice.c.cause == "rung:" + deadline.c.id.cast(notice.c.cause.type) + ":1:1:" + rung.c.rung,
            )
            .join(person, person.c.id == notice.c.person_id)
            .where(deadline.c.task_id == task, deadline.c.kind == "acknowledge")
            .order_by(rung.c.id)
        ).all()
    found: dict[tuple[date, str], set[str]] = {}
    for resolved_at, name, who in rows:
        day = court.rules.timetable.local_day(resolved_at)
        found.setdefault((day, name), set()).add(by_name[who])
    return [(day, name, logins) for (day, name), logins in found.items()]


def test_nobody_acknowledges_and_the_ladder_is_climbed_day_by_day(
    swept: Court, sweeps: SqlSweepStore
) -> None:
    day = date(2026, 6, 1)
    while day <= date(2026, 6, 20):
        sweep(swept, sweeps, day)
        day += timedelta(days=1)
    assert told(swept, swept.tasks[0]) == ACKNOWLEDGE


def test_sweeping_again_records_nothing_again(swept: Court, sweeps: SqlSweepStore) -> None:
    assert sweep(swept, sweeps, date(2026, 6, 8)) > 0
    assert sweep(swept, sweeps, date(2026, 6, 8)) == 0
    assert sweep(swept, sweeps, date(2026, 6, 7)) == 0, "a clock that goes back repeats nothing"


def test_a_task_whose_deadlines_cannot_be_read_keeps_no_other_waiting(
    swept: Court, sweeps: SqlSweepStore
) -> None:
    day, broken = date(2026, 6, 8), swept.tasks[0]
    with swept.database.write() as connection:
        connection.execute(
            update(deadline)
            .where(deadline.c.task_id == broken, deadline.c.kind == "work_plan")
            .values(kind="of_a_later_version")
        )
        theirs = set(connection.execute(select(deadline.c.id).where(deadline.c.task_id == broken)).scalars())
    with pytest.raises(ExceptionGroup) as failed:
        sweep(swept, sweeps, day)
    left = sweeps.due(at(day), 100)
    assert set(left) <= theirs, "the deadlines of the other tasks were resolved"
    notes = [note for error in failed.value.exceptions for note in error.__notes__]
    assert notes == [f"while deadline {number} was worked on" for number in left]


def test_after_an_outage_only_the_highest_rung_is_told_and_the_others_are_recorded_late(
    swept: Court, sweeps: SqlSweepStore
) -> None:
    sweep(swept, sweeps, date(2026, 6, 10))
    assert told(swept, swept.tasks[0]) == [(date(2026, 6, 10), "after_1", {"leader", "office"})]
    with swept.database.read() as connection:
        outcomes = connection.execute(
            select(rung.c.rung, rung.c.outcome)
            .join_from(rung, deadline, deadline.c.id == rung.c.deadline_id)
            .where(deadline.c.task_id == swept.tasks[0], deadline.c.kind == "acknowledge")
            .order_by(rung.c.id)
        ).all()
    assert [tuple(row) for row in outcomes] == [
        ("before_1", "late"),
        ("on_day", "late"),
        ("after_1", "fired"),
    ]


def test_five_working_days_after_the_day_the_performance_office_has_to_decide(
    swept: Court, sweeps: SqlSweepStore
) -> None:
    sweep(swept, sweeps, date(2026, 6, 15))
    with swept.database.read() as connection:
        rows = connection.execute(select(to_do.c.task_id, to_do.c.kind, to_do.c.role)).all()
        inspector = connection.execute(
            select(notice.c.id).where(notice.c.person_id == swept.people["inspector"])
        ).all()
    assert (swept.tasks[0], "ask_inspector", "performance_office") in [tuple(row) for row in rows]
    assert not inspector, "nothing goes to the inspector by itself unless a setting says so"


def test_urgent_rungs_are_mailed_at_once_and_the_others_wait_for_the_digest(
    swept: Court, sweeps: SqlSweepStore
) -> None:
    sweep(swept, sweeps, date(2026, 6, 5))
    with swept.database.read() as connection:
        assert connection.execute(select(outbox.c.id)).all() == []
    sweep(swept, sweeps, date(2026, 6, 8))
    with swept.database.read() as connection:
        mails = connection.execute(select(outbox.c.person_id, outbox.c.state)).all()
    assert {row.person_id for row in mails} == {swept.people[who] for who in ("handler", "head", "leader")}
    assert {row.state for row in mails} == {"pending"}


def test_every_rung_has_its_entry_in_the_record(swept: Court, sweeps: SqlSweepStore) -> None:
    resolved = sweep(swept, sweeps, date(2026, 6, 8))
    with swept.database.read() as connection:
        entries = connection.execute(
            select(audit_entry.c.person_id).where(audit_entry.c.action == "rung")
        ).all()
    assert len(entries) == resolved
    assert {row.person_id for row in entries} == {None}


@pytest.mark.parametrize("sweepers", [4])
def test_many_sweepers_at_once_record_every_rung_once(
    swept: Court, sweeps: SqlSweepStore, sweepers: int
) -> None:
    counted: list[int] = []
    threads = [
        threading.Thread(target=lambda: counted.append(sweep(swept, sweeps, date(2026, 6, 8))))
        for _ in range(sweepers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with swept.database.read() as connection:
        rows = connection.execute(select(rung.c.deadline_id, rung.c.rung)).all()
    assert len(counted) == sweepers
    assert len(rows) == len(set(rows))
    assert told(swept, swept.tasks[0])[-1][1] == "on_day"
