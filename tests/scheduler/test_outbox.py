"""Mail leaves after the commit, once where it can be known, and never under another Message-ID."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Row, select

from storage.outbox_store import SqlOutboxStore
from storage.sweep_store import SqlSweepStore
from storage.tables import notice, outbox
from tests.scheduler.conftest import at
from tests.scheduler.test_sweep import sweep
from tests.support.seed import Court
from workflows.notices.delivering import LEASE, deliver, gather_digests
from workflows.notices.records import Delivery
from workflows.notices.senders.memory import MemorySender

SENDER = "zhenggai@example.test"
BASE = "http://127.0.0.1:8000"


def send(store: SqlOutboxStore, sender: MemorySender, day: date, minutes: int = 0) -> int:
    """Let out what waits at a moment of a day."""
    now = at(day) + timedelta(minutes=minutes)
    return deliver(store, sender, SENDER, BASE, lambda: now)


def rows(court: Court) -> list[Row[tuple[object, ...]]]:
    """Give the outbox."""
    with court.database.read() as connection:
        return list(connection.execute(select(outbox).order_by(outbox.c.id)).all())


def test_one_digest_a_day_gathers_what_is_not_urgent(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    day = date(2026, 6, 5)
    sweep(swept, sweeps, day)
    assert gather_digests(outbox, swept.rules.timetable, at(day)) > 0
    assert gather_digests(outbox, swept.rules.timetable, at(day, 17)) == 0
    sender = MemorySender()
    send(outbox, sender, day)
    mine = [mail for mail, to in sender.sent if to == ("handler@example.test",)]
    assert len(mine) == 1
    assert "签收" in mine[0].content.text


def test_no_digest_leaves_before_the_morning_or_on_a_day_off(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    sweep(swept, sweeps, date(2026, 6, 5))
    assert gather_digests(outbox, swept.rules.timetable, at(date(2026, 6, 5), 8, 29)) == 0
    assert gather_digests(outbox, swept.rules.timetable, at(date(2026, 6, 6), 12)) == 0, "a Saturday"
    assert gather_digests(outbox, swept.rules.timetable, at(date(2026, 6, 8))) > 0


def test_a_person_without_an_address_is_told_in_the_product_alone(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    from storage.tables import person

    with swept.database.write() as connection:
        connection.execute(person.update().values(email=""))
    sweep(swept, sweeps, date(2026, 6, 8))
    gather_digests(outbox, swept.rules.timetable, at(date(2026, 6, 8)))
    assert rows(swept) == []
    with swept.database.read() as connection:
        assert connection.execute(select(notice.c.id)).all()


def test_a_mail_the_server_puts_off_is_sent_later_under_the_same_message_id(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore, caplog: pytest.LogCaptureFixture
) -> None:
    day = date(2026, 6, 8)
    sweep(swept, sweeps, day)
    before = {row.id: row.message_id for row in rows(swept)}
    put_off = MemorySender(
        {f"{who}@example.test": Delivery.DEFERRED for who in ("handler", "head", "leader")}
    )
    assert send(outbox, put_off, day) == len(before)
    assert {row.state for row in rows(swept)} == {"deferred"}
    assert len([line for line in caplog.messages if "deferred, again at 2026-06-08" in line]) == len(before)
    sender = MemorySender()
    assert send(outbox, sender, day) == 0, "not before its moment"
    send(outbox, sender, day, minutes=10)
    assert {row.id: row.message_id for row in rows(swept)} == before
    assert {row.state for row in rows(swept)} == {"sent"}
    assert {mail.message_id for mail, _ in sender.sent} == set(before.values())


def test_an_ambiguous_end_is_sent_again_under_the_same_message_id(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    day = date(2026, 6, 8)
    sweep(swept, sweeps, day)
    unsure = MemorySender({"handler@example.test": Delivery.UNKNOWN})
    send(outbox, unsure, day)
    assert sorted(row.state for row in rows(swept)).count("unknown") > 0
    send(outbox, unsure, day, minutes=10)
    to_handler = [mail.message_id for mail, to in unsure.sent if to == ("handler@example.test",)]
    assert len(to_handler) == 2 * len(set(to_handler))


def test_a_mail_refused_for_good_is_shown_logged_and_not_tried_again(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore, caplog: pytest.LogCaptureFixture
) -> None:
    day = date(2026, 6, 8)
    sweep(swept, sweeps, day)
    send(outbox, MemorySender({"head@example.test": Delivery.FAILED}), day)
    failed = [row for row in rows(swept) if row.state == "failed"]
    assert failed
    assert [f"mail {row.id} failed, again at no time: {row.detail}" for row in failed] == caplog.messages
    assert all(row.next_at is None and row.detail for row in failed)


def test_a_mail_claimed_by_a_process_that_died_is_sent_by_another(
    swept: Court, sweeps: SqlSweepStore, outbox: SqlOutboxStore
) -> None:
    day = date(2026, 6, 8)
    sweep(swept, sweeps, day)
    claimed = outbox.claim(at(day), at(day) + LEASE, 50)
    assert claimed
    sender = MemorySender()
    assert send(outbox, sender, day) == 0, "the lease holds"
    assert send(outbox, sender, day, minutes=21) == len(claimed)
    assert {mail.message_id for mail, _ in sender.sent} == {item.message_id for item in claimed}
