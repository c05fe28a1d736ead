"""Marks what a person has seen of what they were told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from engine.actor import Actor
from storage.tables import notice

_SEEN = (
    update(notice)
    .where(
        notice.c.person_id == bindparam("whose"),
        notice.c.organisation_id == bindparam("organisation"),
        notice.c.read_at.is_(None),
    )
    .values(read_at=bindparam("now"))
)


def mark_seen(
    connection: Connection, actor: Actor, now: datetime, only: Collection[int] | None = None
) -> int:
    """Mark notices of the actor's own as seen.

    Args:
        connection: The unit of work.
        actor: Whose; other people's notices are left alone.
        now: When they were seen.
        only: Which; all of them where it is None.

    Returns:
        How many were marked.
    """
    statement = _SEEN if only is None else _SEEN.where(notice.c.id.in_(sorted(only)))
    values = {"whose": actor.person, "organisation": actor.organisation, "now": now}
    return connection.execute(statement, values).rowcount
