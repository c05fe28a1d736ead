"""When a person last opened a page that shows what is new since then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.actor import Actor
from storage.tables import last_visit

SAME_VISIT: Final = timedelta(minutes=30)
"""Opening the page again within this time belongs to the same visit, so that going back loses nothing."""

_FIND = select(last_visit.c.at, last_visit.c.before).where(
    last_visit.c.person_id == bindparam("who"), last_visit.c.page == bindparam("where")
)
_FIRST = insert(last_visit)
_AGAIN = (
    update(last_visit)
    .where(last_visit.c.person_id == bindparam("who"), last_visit.c.page == bindparam("where"))
    .values(at=bindparam("now"), before=bindparam("ago"))
)


def note_visit(connection: Connection, actor: Actor, page: str, now: datetime) -> datetime | None:
    """Note that the actor opens a page.

    Args:
        connection: The unit of work.
        actor: Who opens it.
        page: Which page.
        now: When.

    Returns:
        The end of the visit before this one; None where there was none.
    """
    key = {"who": actor.person, "where": page}
    row = connection.execute(_FIND, key).one_or_none()
    if row is None:
        values = {"person_id": actor.person, "page": page, "organisation_id": actor.organisation, "at": now}
        connection.execute(_FIRST, values)
        return None
    before: datetime | None = row.at if now - row.at > SAME_VISIT else row.before
    connection.execute(_AGAIN, key | {"now": now, "ago": before})
    return before
