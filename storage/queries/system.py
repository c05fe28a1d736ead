"""What the administrator looks at: mails that wait, mails that went wrong, and how large the database is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, select, text

from engine.actor import Actor
from storage.tables import outbox, person

RECENT = 1000
"""So many of the newest mails are looked at for what became of them."""


@dataclass(frozen=True, slots=True)
class Mails:
    """The outbox in numbers.

    Attributes:
        waiting: Mails that are still to be sent, by their state.
        oldest: When the oldest of them was put into the outbox; None where nothing waits.
        recent: What became of the newest :data:`RECENT` mails, by state.
    """

    waiting: Mapping[str, int]
    oldest: datetime | None
    recent: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """A mail that did not go through at once.

    Attributes:
        person: Name of whom it is for.
        state: Where it stands.
        attempts: How often it was tried.
        detail: What the mail server said.
        next_at: When it is tried again; None when it no longer is.
        created_at: When it was put into the outbox.
    """

    person: str
    state: str
    attempts: int
    detail: str
    next_at: datetime | None
    created_at: datetime


_OURS = outbox.c.organisation_id == bindparam("organisation")
_WAITING = (
    select(outbox.c.state, func.count(), func.min(outbox.c.created_at))
    # Whatever waits has a next moment; SQLite goes by the index only where that is compared with another one.
    .where(_OURS, outbox.c.next_at > datetime.min.replace(tzinfo=UTC))
    .group_by(outbox.c.state)
)
_NEWEST = select(outbox).where(_OURS).order_by(outbox.c.id.desc()).limit(RECENT).subquery()
_RECENT = select(_NEWEST.c.state, func.count()).group_by(_NEWEST.c.state)
_TROUBLES = (
    select(
        person.c.name,
        _NEWEST.c.state,
        _NEWEST.c.attempts,
        _NEWEST.c.detail,
        _NEWEST.c.next_at,
        _NEWEST.c.created_at,
    )
    .join_from(_NEWEST, person, person.c.id == _NEWEST.c.person_id)
    .where(_NEWEST.c.state != text("'sent'"), _NEWEST.c.detail != "")
    .order_by(_NEWEST.c.id.desc())
    .limit(bindparam("most"))
)
_SIZE = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": text("SELECT pg_database_size(current_database())"),
}


def mails(connection: Connection, actor: Actor) -> Mails:
    """Give the outbox of the actor's organisation in numbers."""
    key = {"organisation": actor.organisation}
    waiting = connection.execute(_WAITING, key).all()
    return Mails(
        waiting={state: count for state, count, _ in waiting},
        oldest=min((oldest for _, _, oldest in waiting), default=None),
        recent={row[0]: row[1] for row in connection.execute(_RECENT, key)},
    )


def mail_troubles(connection: Connection, actor: Actor, most: int) -> tuple[MailTrouble, ...]:
    """Give the newest mails that were refused, put off or lost sight of."""
    rows = connection.execute(_TROUBLES, {"organisation": actor.organisation, "most": most})
    return tuple(MailTrouble(*row) for row in rows)


def database_size(connection: Connection) -> int:
    """Give the bytes that the database takes up, that of all organisations."""
    return int(connection.execute(_SIZE[connection.dialect.name]).scalar_one())
