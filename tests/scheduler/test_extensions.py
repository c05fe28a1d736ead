"""A granted extension against the sweep: the old day's rungs are void, the new day has its own ladder."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.sweep_store import SqlSweepStore
from storage.tables import deadline, notice, rung
from tests.contract.conftest import Stand, sql_stand
from tests.contract.court import DUE, PEOPLE, RULES
from tests.scheduler.conftest import at
from workflows.deadlines.timetable import DEFAULT_ZONE
from workflows.rectification.sweeping import run_sweep
from workflows.rectification.vocabulary import Role

HEAD, OFFICE_HEAD, LEADER = (
    Role.DEPARTMENT_HEAD,
    Role.PERFORMANCE_OFFICE_HEAD,
    Role.RESPONSIBLE_LEADER,
)
NEW = date(2026, 10, 20)


@pytest.fixture
def under_way(database: Database) -> Stand:
    """A task in progress, due on the last day of September, on either database."""
    stand = sql_stand(database)
    stand.course.pass_through("acknowledge")
    stand.course.pass_through("start")
    return stand


def sweep(database: Database, day: date) -> None:
    """Sweep just after rungs fire."""
    run_sweep(SqlSweepStore(database, DEFAULT_ZONE), RULES.ladders, RULES.timetable, at(day))


def rungs(database: Database, kind: str = "completion") -> list[tuple[int, str, str]]:
    """Give the rungs of a clock: of which version, which, and what became of it."""
    with database.read() as connection:
        rows = connection.execute(
            select(rung.c.version, rung.c.rung, rung.c.outcome)
            .join_from(rung, deadline, deadline.c.id == rung.c.deadline_id)
            .where(deadline.c.kind == kind)
            .order_by(rung.c.id)
        )
        return [(row.version, row.rung, row.outcome) for row in rows]


def test_after_a_grant_the_old_day_tells_nobody_and_the_new_day_has_its_own_ladder(
    under_way: Stand, database: Database
) -> None:
    sweep(database, date(2026, 9, 22))
    before = rungs(database)
    assert before[-1] == (1, "before_7", "fired")
    under_way.course.wait_until(date(2026, 9, 23))
    under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    for day in (DUE, date(2026, 10, 9), date(2026, 10, 10), NEW):
        sweep(database, day)
    after = rungs(database)[len(before) :]
    assert {version for version, _, _ in after} == {2}
    assert "before_30" not in {name for _, name, _ in after}, "it lay before the new day was given"
    assert [name for _, name, _ in after if name == "on_day"] == ["on_day"]
    assert (2, "on_day", "fired") in after
    assert (1, "on_day", "fired") not in rungs(database)


def test_granted_after_the_old_day_it_is_no_longer_chased(under_way: Stand, database: Database) -> None:
    course = under_way.course
    course.wait_until(DUE)
    course.extend(HEAD, OFFICE_HEAD)
    sweep(database, date(2026, 10, 12))
    assert (1, "after_1", "fired") in rungs(database)
    course.wait_until(date(2026, 10, 12))
    assert course.sign(LEADER, of_extension=True).moved
    before = rungs(database)
    sweep(database, date(2026, 10, 13))
    assert rungs(database) == before


def test_who_owes_a_signature_under_an_extension_is_reminded_of_that(
    under_way: Stand, database: Database
) -> None:
    course = under_way.course
    course.wait_until(date(2026, 9, 1))
    course.extend(HEAD)
    sweep(database, date(2026, 9, 4))
    with database.read() as connection:
        told = connection.execute(select(notice.c.person_id).where(notice.c.kind == "rung")).scalars().all()
        due = connection.execute(
            select(deadline.c.due_on).where(
                deadline.c.kind == "extension_pending", deadline.c.state == "running"
            )
        ).scalar_one()
    assert due == date(2026, 9, 4)
    assert PEOPLE[OFFICE_HEAD] in told
    assert "on_day" in [name for _, name, _ in rungs(database, "extension_pending")]


def test_a_sweep_that_found_the_old_day_due_lets_the_extended_clock_be(
    under_way: Stand, database: Database
) -> None:
    store = SqlSweepStore(database, DEFAULT_ZONE)
    found = store.due(at(DUE), 100)
    with database.read() as connection:
        clock = connection.execute(select(deadline.c.id).where(deadline.c.kind == "completion")).scalar_one()
    assert clock in found
    sweep(database, date(2026, 9, 29))
    under_way.course.wait_until(date(2026, 9, 29))
    under_way.course.extend(HEAD, OFFICE_HEAD, LEADER)
    with store.work(clock, now=at(DUE)) as opened:
        assert opened is None
