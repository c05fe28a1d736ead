"""Whatever the day, the demonstration shows what it promises, and what it shows is in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.audit import check_chain
from storage.queries import awaiting, ledger
from storage.queries.ledger import LedgerFilter
from tests.demo.made import Made, made

_DAYS = {
    "new year's holiday": date(2026, 1, 2),
    "a leap day": date(2024, 2, 29),
    "a leap day of a year nobody has announced": date(2028, 2, 29),
    "15 August, a Saturday": date(2026, 8, 15),
    "31 December": date(2025, 12, 31),
    "a Saturday": date(2026, 11, 21),
    "a Sunday on which people work": date(2025, 9, 28),
    "a Sunday": date(2026, 3, 1),
    "within the National Day holidays": date(2025, 10, 4),
    "the day after the Spring Festival holidays": date(2026, 2, 24),
}


@pytest.mark.parametrize("day", _DAYS.values(), ids=_DAYS)
def test_on_any_day_something_is_overdue_due_this_week_and_waiting_for_a_leader(day: date) -> None:
    with made(day) as demo:
        _overdue(demo)
        _due_this_week(demo)
        _waiting_for_a_leader(demo)
        _every_state(demo)
        _nothing_lies_ahead(demo)
        _the_record_holds(demo)
        _every_reminder_came_in_its_time(demo)
        _no_flood_of_mail(demo)


def _lines(demo: Made, due: str) -> list[tuple[str, str, date | None, str | None]]:
    with demo.shop.database.read() as connection:
        found = ledger.everything(
            connection, demo.actor("zongzhenggui"), LedgerFilter(due=due), demo.today, 100
        )
    return [(line.leads[0], line.state, line.next_due_on, line.next_kind) for line in found]


def _overdue(demo: Made) -> None:
    ((lead, state, day, kind),) = _lines(demo, "overdue")
    assert (lead, state, kind) == ("行装处", "mid_term_reported", "completion")
    assert day is not None
    assert day < demo.today


def _due_this_week(demo: Made) -> None:
    sunday = demo.today + timedelta(days=6 - demo.today.weekday())
    due = [line for line in _lines(demo, "week") if line[2] is not None and line[2] <= sunday]
    assert ("督察室", "in_progress", "completion") in {(lead, state, kind) for lead, state, _, kind in due}


def _waiting_for_a_leader(demo: Made) -> None:
    with demo.shop.database.read() as connection:
        (waiting,) = awaiting.to_sign(connection, demo.actor("shangguanmei"))
    assert (waiting.trigger, waiting.role) == ("complete", "responsible_leader")
    assert waiting.due_on is not None
    assert waiting.due_on >= demo.today


def _every_state(demo: Made) -> None:
    assert demo.rows("SELECT state, round FROM task ORDER BY plan_id, number") == [
        ("verified", 1),
        ("suspended", 1),
        ("mid_term_reported", 1),
        ("mid_term_reported", 1),
        ("in_progress", 2),
        ("completed", 1),
        ("publicized", 1),
        ("planned", 1),
        ("planned", 1),
    ]


def _nothing_lies_ahead(demo: Made) -> None:
    present = demo.now.strftime("%Y-%m-%d %H:%M:%S")
    for table, column in (
        ("audit_entry", "at"),
        ("step", "at"),
        ("signature", "signed_at"),
        ("evidence", "handed_in_at"),
        ("notice", "created_at"),
        ("outbox", "created_at"),
    ):
        assert demo.rows(f"SELECT count(*) FROM {table} WHERE {column} > '{present}'") == [(0,)]  # noqa: S608  # Names of our own.


def _the_record_holds(demo: Made) -> None:
    streams = demo.rows("SELECT DISTINCT stream FROM audit_entry")
    assert len(streams) > 30
    for (stream,) in streams:
        rows = demo.rows(
            f"SELECT seq, body, sha256, sm3 FROM audit_entry WHERE stream = '{stream}' ORDER BY seq"  # noqa: S608  # As above.
        )
        assert check_chain(str(stream), rows) is None  # type: ignore[arg-type]  # Four columns of these types.


def _every_reminder_came_in_its_time(demo: Made) -> None:
    outcomes = {outcome for (outcome,) in demo.rows("SELECT DISTINCT outcome FROM rung")}
    assert outcomes <= {"fired", "held", "merged", "rested"}
    assert "fired" in outcomes


def _no_flood_of_mail(demo: Made) -> None:
    (waiting,) = demo.rows("SELECT count(*) FROM outbox WHERE state <> 'sent'")
    (sent,) = demo.rows("SELECT count(*) FROM outbox WHERE state = 'sent'")
    assert waiting[0] in range(1, 25)
    assert sum(demo.shop.letters.counts().values()) == sent[0]
    # What is due by now but was not told yet: the rungs of this very morning alone.
    morning = demo.shop.rules.timetable.morning(demo.today).strftime("%Y-%m-%d %H:%M:%S")
    assert demo.rows(f"SELECT count(*) FROM deadline WHERE next_at < '{morning}'") == [(0,)]  # noqa: S608  # As above.
