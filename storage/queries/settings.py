"""The settings an organisation chose; what it did not choose is not among them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from engine.actor import Actor
from storage.tables import setting

_SETTINGS = select(setting.c.name, setting.c.value).where(
    setting.c.organisation_id == bindparam("organisation")
)


def settings_of(connection: Connection, actor: Actor) -> dict[str, str]:
    """Give the settings of the actor's organisation by name."""
    rows = connection.execute(_SETTINGS, {"organisation": actor.organisation})
    return {row.name: row.value for row in rows}
