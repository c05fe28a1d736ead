"""The outbox as rows: claiming with a lease, settling, and gathering the day's digests.

Implements ``workflows.notices.ports.OutboxStore``. What a mail says is put together when it is claimed;
its Message-ID was fixed when the row was written.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, false, insert, select, update

from storage.database import Database
from storage.queries.notice_params import spoken_params
from storage.tables import notice, outbox, person, task
from storage.telling import PENDING, new_message_id
from workflows.notices.records import Delivery, Matter, Notice, NoticeKind, OutboxItem, Recipient

SENDING = "sending"
"""A mail that a process has claimed and not settled."""

_FINAL = frozenset({Delivery.SENT, Delivery.FAILED})

_DUE = (
    select(outbox.c.id)
    .where(outbox.c.next_at <= bindparam("now"))
    .order_by(outbox.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=SENDING,
        attempts=outbox.c.attempts + 1,
        next_at=bindparam("until"),
        lease_until=bindparam("until"),
        lease_holder=bindparam("holder"),
    )
)
_ITEMS = (
    select(
        outbox.c.id,
        outbox.c.message_id,
        outbox.c.digest_on,
        outbox.c.notice_id,
        outbox.c.attempts,
        outbox.c.created_at,
        person.c.id.label("person"),
        person.c.locale,
        person.c.email,
    )
    .join_from(outbox, person, person.c.id == outbox.c.person_id)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .order_by(outbox.c.id)
)
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"),
        next_at=bindparam("again"),
        lease_until=None,
        lease_holder=None,
        sent_at=bindparam("sent"),
        detail=bindparam("words"),
    )
)
_NOTICE = select(
    notice.c.id,
    notice.c.person_id,
    notice.c.digest_on,
    notice.c.kind,
    notice.c.params,
    notice.c.urgent,
    task.c.id.label("task"),
    task.c.number,
    task.c.objective,
).join_from(notice, task, task.c.id == notice.c.task_id, isouter=True)
_BY_ID = _NOTICE.where(notice.c.id.in_(bindparam("rows", expanding=True)))
_OF_DIGEST = _NOTICE.where(
    and_(notice.c.person_id == bindparam("who"), notice.c.digest_on == bindparam("day"))
).order_by(notice.c.id)
# A notice that is not urgent and stands in no digest yet; literals, so that the index is used on SQLite too.
_UNTOLD = and_(notice.c.urgent == false(), notice.c.digest_on.is_(None))
_WAITING = (
    select(notice.c.person_id, notice.c.organisation_id, person.c.email)
    .join_from(notice, person, person.c.id == notice.c.person_id)
    .where(and_(_UNTOLD, notice.c.created_at <= bindparam("now")))
    .distinct()
    .order_by(notice.c.person_id)
)
_GATHER = (
    update(notice)
    .where(
        and_(
            notice.c.person_id == bindparam("who"),
            _UNTOLD,
            notice.c.created_at <= bindparam("now"),
        )
    )
    .values(digest_on=bindparam("day"))
)
# One process at a time gathers for a person; rows that refer to the person may be written meanwhile.
_TURN = select(person.c.id).where(person.c.id == bindparam("who")).with_for_update(key_share=True)
_HAS_DIGEST = select(outbox.c.id).where(
    and_(outbox.c.person_id == bindparam("who"), outbox.c.digest_on == bindparam("day"))
)


class SqlOutboxStore:
    """The outbox in the database.

    Args:
        database: Where it is kept.
        holder: Names this process in the leases.
    """

    def __init__(self, database: Database, holder: str = "") -> None:
        self._database = database
        self._holder = holder or secrets.token_hex(8)

    def gather_digests(self, day: date, now: datetime) -> int:
        """Put one digest for each person who has untold notices; each person in a transaction of its own.

        A person who has had today's digest waits for tomorrow's; one without an address is told in the
        product alone, and nothing waits for ever.
        """
        with self._database.read() as connection:
            waiting = connection.execute(_WAITING, {"now": now}).all()
        gathered = 0
        for who, organisation, email in waiting:
            with self._database.write() as connection:
                gathered += self._gather(connection, who, organisation, email, day, now)
        return gathered

    def _gather(
        self, connection: Connection, who: int, organisation: int, email: str, day: date, now: datetime
    ) -> int:
        connection.execute(_TURN, {"who": who})
        if connection.execute(_HAS_DIGEST, {"who": who, "day": day}).first():
            return 0
        gathered = connection.execute(_GATHER, {"who": who, "day": day, "now": now}).rowcount
        # Another process may have gathered them between the look and here: nobody gets an empty digest.
        if not email or not gathered:
            return 0
        connection.execute(
            insert(outbox),
            {
                "organisation_id": organisation,
                "person_id": who,
                "digest_on": day,
                "message_id": new_message_id(),
                "state": PENDING,
                "attempts": 0,
                "next_at": now,
                "created_at": now,
                "detail": "",
            },
        )
        return 1

    def claim(self, now: datetime, until: datetime, limit: int) -> tuple[OutboxItem, ...]:
        """Take mails whose moment has come, also those whose lease ran out before they were settled."""
        with self._database.write() as connection:
            rows = connection.execute(_DUE, {"now": now, "most": limit}).scalars().all()
            if not rows:
                return ()
            connection.execute(_CLAIM, [{"row": row, "until": until, "holder": self._holder} for row in rows])
            return _items(connection, rows)

    def settle(
        self, item: int, delivery: Delivery, detail: str, next_at: datetime | None, now: datetime
    ) -> None:
        """Record what became of a claimed mail."""
        values = {
            "row": item,
            "new_state": delivery,
            "again": None if delivery in _FINAL else next_at,
            "sent": now if delivery is Delivery.SENT else None,
            "words": detail,
        }
        with self._database.write() as connection:
            connection.execute(_SETTLE, values)


def _items(connection: Connection, rows: Sequence[int]) -> tuple[OutboxItem, ...]:
    found = connection.execute(_ITEMS, {"rows": list(rows)}).mappings().all()
    single = [row["notice_id"] for row in found if row["notice_id"] is not None]
    by_id = (
        {row["id"]: row for row in connection.execute(_BY_ID, {"rows": single}).mappings()} if single else {}
    )
    told: dict[int, Sequence[Mapping[str, Any]]] = {}
    for row in found:
        if row["digest_on"] is not None:
            of_digest = connection.execute(_OF_DIGEST, {"who": row["person"], "day": row["digest_on"]})
            told[row["id"]] = [dict(line) for line in of_digest.mappings()]
        else:
            told[row["id"]] = [dict(by_id[row["notice_id"]])] if row["notice_id"] in by_id else []
    items = []
    for row in found:
        recipient = Recipient(row["person"], row["locale"], row["email"] or None)
        lines = told[row["id"]]
        spoken = spoken_params(connection, [line["params"] for line in lines])
        items.append(
            OutboxItem(
                identifier=row["id"],
                message_id=row["message_id"],
                recipient=recipient,
                notices=tuple(map(_notice, lines, [recipient] * len(lines), spoken)),
                digest_on=row["digest_on"],
                attempts=row["attempts"],
                created_at=row["created_at"],
            )
        )
    return tuple(items)


def _notice(line: Mapping[str, Any], recipient: Recipient, params: Mapping[str, str | int]) -> Notice:
    matter = None
    if line["task"] is not None:
        matter = Matter(str(line["number"]), line["objective"], f"/tasks/{line['task']}")
    return Notice(NoticeKind(line["kind"]), recipient, matter, params, urgent=line["urgent"])
