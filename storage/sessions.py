"""Log-ins as rows: opened, kept alive, and ended with a reason, so that an end acts at once.

The browser holds a random token, the table its SHA-256: who reads the table can impersonate nobody. Must not
know cookies.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, insert, update

from engine.canonical import sha256
from storage.tables import session

LIFETIME: Final = timedelta(hours=12)
"""How long a log-in lasts that nobody uses."""

TOUCHED_EVERY: Final = timedelta(minutes=5)
"""How far apart two uses of a log-in are noted; noting every one would make every reading a writing."""


class EndReason(StrEnum):
    """Why a log-in has ended."""

    LOGGED_OUT = "logged_out"
    """The person logged out."""
    EXPIRED = "expired"
    """Nobody used it for too long."""
    DISABLED = "disabled"
    """The account was disabled."""
    ROLE_LOST = "role_lost"
    """A position of the person ended or changed."""
    PASSWORD_CHANGED = "password_changed"
    """The person changed the password somewhere else."""
    PASSWORD_RESET = "password_reset"
    """An administrator gave the person a one-time password."""


def digest_of(token: str) -> str:
    """Give the name under which the table knows a token."""
    return sha256(token)


def open_session(connection: Connection, person: int, organisation: int, address: str, now: datetime) -> str:
    """Open a log-in and give its token, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(session).values(
            id=digest_of(token),
            organisation_id=organisation,
            person_id=person,
            created_at=now,
            seen_at=now,
            expires_at=now + LIFETIME,
            address=address,
        )
    )
    return token


def touch(connection: Connection, digest: str, now: datetime) -> None:
    """Note that a log-in is used, and let it last on."""
    statement = update(session).where(session.c.id == digest, session.c.ended_at.is_(None))
    connection.execute(statement.values(seen_at=now, expires_at=now + LIFETIME))


def end_session(connection: Connection, digest: str, reason: EndReason, now: datetime) -> None:
    """End one log-in; nothing happens to one that has ended before."""
    statement = update(session).where(session.c.id == digest, session.c.ended_at.is_(None))
    connection.execute(statement.values(ended_at=now, end_reason=reason))


def end_sessions_of(
    connection: Connection,
    person: int,
    reason: EndReason,
    now: datetime,
    *,
    but: str | None = None,
    before: datetime | None = None,
) -> None:
    """End every log-in of a person.

    Args:
        connection: The unit of work that takes away what the log-ins rest on.
        person: Whose.
        reason: What the person is told at the next request.
        now: The moment.
        but: A log-in that goes on: the one through which the person acts.
        before: Log-ins since this moment go on; None where none does.
    """
    statement = update(session).where(session.c.person_id == person, session.c.ended_at.is_(None))
    if but is not None:
        statement = statement.where(session.c.id != but)
    if before is not None:
        statement = statement.where(session.c.created_at < before)
    connection.execute(statement.values(ended_at=now, end_reason=reason))
