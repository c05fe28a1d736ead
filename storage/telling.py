"""Notices as rows, and the mails of those that cannot wait, in the transaction of what caused them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.tables import notice, outbox, person
from workflows.rectification.records import NoticeDraft

PENDING = "pending"
"""A mail that waits to be sent."""

# Whoever was told of this cause before is not told again: the unique key decides, not a look before.
_TOLD = (notice.c.id, notice.c.person_id, notice.c.urgent)
_NOTICE = {
    "sqlite": sqlite_insert(notice).on_conflict_do_nothing().returning(*_TOLD),
    "postgresql": postgresql_insert(notice).on_conflict_do_nothing().returning(*_TOLD),
}
_OUTBOX = insert(outbox)
_WITH_ADDRESS = select(person.c.id).where(
    person.c.id.in_(bindparam("people", expanding=True)), person.c.email != ""
)


def new_message_id() -> str:
    """Make the Message-ID of a new mail; it never changes, so that a second copy can be recognised."""
    return f"<{secrets.token_hex(20)}@notices.zhenggai>"


def tell(
    connection: Connection,
    organisation: int,
    task: int | None,
    drafts: Sequence[NoticeDraft],
    now: datetime,
    filled_in: Mapping[str, str] | None = None,
) -> None:
    """Write notices, each once per person and cause, and the mails of the urgent ones.

    Args:
        connection: The unit of work.
        organisation: The organisation.
        task: The task they are about; None where they are about no single one.
        drafts: Who is told what.
        now: The moment of telling.
        filled_in: What stands for placeholders in causes and values, such as ``{new}``.
    """
    if not drafts:
        return
    rows = [
        {
            "organisation_id": organisation,
            "person_id": draft.person,
            "task_id": task,
            "cause": _filled(draft.cause, filled_in),
            "kind": draft.kind,
            "params": json.dumps(
                {name: _filled(value, filled_in) for name, value in draft.params}, ensure_ascii=False
            ),
            "urgent": draft.urgent,
            "created_at": now,
        }
        for draft in drafts
    ]
    told = connection.execute(_NOTICE[connection.dialect.name], rows).all()
    _post(connection, organisation, [(row.id, row.person_id) for row in told if row.urgent], now)


def _post(connection: Connection, organisation: int, told: Sequence[tuple[int, int]], now: datetime) -> None:
    if not told:
        return
    people = sorted({who for _, who in told})
    reachable = set(connection.execute(_WITH_ADDRESS, {"people": people}).scalars())
    mails = [
        {
            "organisation_id": organisation,
            "person_id": who,
            "notice_id": identifier,
            "message_id": new_message_id(),
            "state": PENDING,
            "attempts": 0,
            "next_at": now,
            "created_at": now,
            "detail": "",
        }
        for identifier, who in told
        if who in reachable
    ]
    if mails:
        connection.execute(_OUTBOX, mails)


def _filled(text: str, filled_in: Mapping[str, str] | None) -> str:
    for name, value in (filled_in or {}).items():
        text = text.replace(name, value)
    return text
