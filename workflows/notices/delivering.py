"""Letting mail out: claim, compose, send, settle. Nothing is sent inside a unit of work.

A mail that was claimed and never settled, because the process died, may have arrived or not: it is sent
again under the same Message-ID.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from workflows.deadlines.timetable import Timetable
from workflows.notices.compose import compose
from workflows.notices.digest import compose_digest
from workflows.notices.ports import MailSender, OutboxStore
from workflows.notices.records import Content, Delivery, Digest, Mail, OutboxItem
from workflows.notices.retry import next_attempt

LOG = logging.getLogger("zhenggai.mail")

LEASE = timedelta(minutes=20)
"""How long a claimed mail is left alone; longer than one talk with a server may last."""


def gather_digests(store: OutboxStore, timetable: Timetable, now: datetime) -> int:
    """Put the day's digests into the outbox, from 08:30 on working days; once per person and day."""
    today = timetable.local_day(now)
    if not timetable.calendar.is_working_day(today) or now < timetable.morning(today):
        return 0
    return store.gather_digests(today, now)


def deliver(
    store: OutboxStore,
    sender: MailSender,
    mail_from: str,
    base_url: str,
    clock: Callable[[], datetime],
    limit: int = 50,
) -> int:
    """Send what waits; each mail is claimed and settled before the next is.

    Args:
        store: Keeps the mails.
        sender: Hands them to a server.
        mail_from: The setting ``ZHENGGAI_MAIL_FROM``.
        base_url: What links begin with.
        clock: Gives the current moment, because sending takes time.
        limit: How many mails are sent at most.

    Returns:
        How many mails were tried.
    """
    for tried in range(limit):
        now = clock()
        claimed = store.claim(now, now + LEASE, 1)
        if not claimed:
            return tried
        _deliver_one(store, sender, claimed[0], mail_from, base_url, clock)
    return limit


def _deliver_one(
    store: OutboxStore,
    sender: MailSender,
    item: OutboxItem,
    mail_from: str,
    base_url: str,
    clock: Callable[[], datetime],
) -> None:
    address = item.recipient.address
    if not address or not item.notices:
        reason = "no_address" if item.notices else "nothing_to_tell"
        LOG.warning("mail %d failed: %s", item.identifier, reason)
        store.settle(item.identifier, Delivery.FAILED, reason, None, clock())
        return
    mail = Mail(item.message_id, mail_from, (address,), _content(item, base_url), item.created_at)
    result = sender.send(mail, (address,))[0]
    now = clock()
    again = None
    if result.delivery in (Delivery.DEFERRED, Delivery.UNKNOWN):
        again = next_attempt(item.attempts, item.created_at, now, random.random())  # noqa: S311  # Spreads load.
    given_up = result.delivery is Delivery.DEFERRED and again is None
    detail = f"{result.stage}: {result.code or ''} {result.detail}".strip()
    outcome = Delivery.FAILED if given_up else result.delivery
    if outcome is not Delivery.SENT:
        LOG.warning("mail %d %s, again at %s: %s", item.identifier, outcome, again or "no time", detail)
    store.settle(item.identifier, outcome, detail, again, now)


def _content(item: OutboxItem, base_url: str) -> Content:
    if item.digest_on is None:
        return compose(item.notices[0], base_url)
    return compose_digest(Digest(item.recipient, item.digest_on, item.notices), base_url)
