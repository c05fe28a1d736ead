"""Published definitions as rows: found, or published with what first runs on them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, bindparam, insert, select

from engine.actor import Actor
from engine.audit import AuditDraft
from storage.audit_log import append
from storage.tables import definition_version

_FIND = select(definition_version.c.id).where(
    definition_version.c.organisation_id == bindparam("organisation"),
    definition_version.c.name == bindparam("name"),
    definition_version.c.version == bindparam("version"),
)
_NEWEST = (
    select(definition_version.c.text)
    .where(
        definition_version.c.organisation_id == bindparam("organisation"),
        definition_version.c.name == bindparam("name"),
    )
    .order_by(definition_version.c.version.desc())
    .limit(1)
)
_PUBLISH = insert(definition_version).returning(definition_version.c.id)


class Text(Protocol):
    """A definition by name and version, with its text."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def version(self) -> int:
        """Its version."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of its text."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


def newest_text(connection: Connection, actor: Actor, name: str) -> str | None:
    """Give the text of the newest definition that the actor's organisation published; None without one."""
    key = {"organisation": actor.organisation, "name": name}
    found = connection.execute(_NEWEST, key).scalar_one_or_none()
    return None if found is None else str(found)


def published(connection: Connection, definition: Text, actor: Actor, now: datetime) -> int:
    """Give the published definition; publish the one that is handed over where there is none yet."""
    key = {"organisation": actor.organisation, "name": definition.name, "version": definition.version}
    found = connection.execute(_FIND, key).scalar_one_or_none()
    if found is not None:
        return int(found)
    values = {
        "organisation_id": actor.organisation,
        "name": definition.name,
        "version": definition.version,
        "digest": definition.digest,
        "text": definition.text,
        "published_at": now,
    }
    identifier = int(connection.execute(_PUBLISH, values).scalar_one())
    draft = AuditDraft(
        stream=f"definition:{identifier}",
        action="publish",
        definition=f"{definition.name}@{definition.version}",
        references={"text": definition.digest},
    )
    append(connection, draft, actor, now)
    return identifier
