"""How the machine runs: jobs, the queue of mails, log-ins; what the administrator looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from engine.actor import Actor
from storage.tables import account, deadline, outbox, session


@dataclass(frozen=True, slots=True)
class Queue:
    """Mails by state, and since when the oldest one waits."""

    counts: tuple[tuple[str, int], ...]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Load:
    """Open log-ins, accounts that may log in, and clocks that count."""

    sessions: int
    accounts: int
    clocks: int


_COUNTS = (
    select(outbox.c.state, func.count().label("mails"))
    .where(outbox.c.organisation_id == bindparam("organisation"))
    .group_by(outbox.c.state)
    .order_by(outbox.c.state)
)
_OLDEST = select(func.min(outbox.c.created_at)).where(
    outbox.c.organisation_id == bindparam("organisation"), outbox.c.next_at.is_not(None)
)
_SESSIONS = select(func.count()).where(
    session.c.organisation_id == bindparam("organisation"),
    session.c.ended_at.is_(None),
    session.c.expires_at > bindparam("now"),
)
_ACCOUNTS = select(func.count()).where(
    account.c.organisation_id == bindparam("organisation"), account.c.disabled_at.is_(None)
)
_CLOCKS = select(func.count()).where(
    deadline.c.organisation_id == bindparam("organisation"), deadline.c.state != "stopped"
)


def queue(connection: Connection, actor: Actor) -> Queue:
    """Give the queue of mails of the actor's organisation."""
    key = {"organisation": actor.organisation}
    counts = tuple((row.state, int(row.mails)) for row in connection.execute(_COUNTS, key))
    return Queue(counts, connection.execute(_OLDEST, key).scalar_one_or_none())


def load(connection: Connection, actor: Actor, now: datetime) -> Load:
    """Count what is in use."""
    key = {"organisation": actor.organisation}
    return Load(
        sessions=connection.execute(_SESSIONS, key | {"now": now}).scalar_one(),
        accounts=connection.execute(_ACCOUNTS, key).scalar_one(),
        clocks=connection.execute(_CLOCKS, key).scalar_one(),
    )
