"""People by name, within the actor's organisation."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from engine.actor import Actor
from storage.tables import person

_NAMES = select(person.c.id, person.c.name).where(
    person.c.organisation_id == bindparam("organisation"),
    person.c.id.in_(bindparam("people", expanding=True)),
)


def names(connection: Connection, actor: Actor, people: Collection[int]) -> dict[int, str]:
    """Give the names of some people of the actor's organisation by their identifiers."""
    if not people:
        return {}
    rows = connection.execute(_NAMES, {"organisation": actor.organisation, "people": sorted(people)})
    return {row.id: row.name for row in rows}
