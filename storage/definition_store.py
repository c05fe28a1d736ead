"""Published definitions in a database. Implements ``workflows.versions.ports.VersionStore``.

Must not decide what may be published; that a version is published once with one text is kept here.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor
from engine.definition import Definition
from engine.reasons import Refusal, RefusedError, deny
from storage.database import Database
from storage.definition_rows import published
from storage.tables import definition_version, task
from workflows.versions.records import Published

_MINE = definition_version.c.organisation_id == bindparam("organisation")
_VERSIONS = (
    select(definition_version)
    .where(_MINE, definition_version.c.name == bindparam("name"))
    .order_by(definition_version.c.version)
)
_DIGEST = select(definition_version.c.digest).where(
    _MINE,
    definition_version.c.name == bindparam("name"),
    definition_version.c.version == bindparam("version"),
)
_RUNNING = (
    select(task.c.definition_version_id, func.count())
    .where(task.c.organisation_id == bindparam("organisation"))
    .group_by(task.c.definition_version_id)
)


class SqlVersionStore:
    """The versions that organisations published.

    Args:
        database: The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, actor: Actor, name: str) -> tuple[Published, ...]:
        """Give what the actor's organisation published under a name, the oldest first."""
        with self._database.read() as connection:
            return versions_of(connection, actor, name)

    def publish(self, definition: Definition, actor: Actor, now: datetime) -> int:
        """Write a version with its audit entry, and give its row.

        Raises:
            RefusedError: ``version_text_changed``: somebody else published this version with another text.
        """
        try:
            with self._database.write() as connection:
                _require_free(connection, definition, actor)
                return published(connection, definition, actor, now)
        except IntegrityError as error:
            raise _taken(definition) from error


def versions_of(connection: Connection, actor: Actor, name: str) -> tuple[Published, ...]:
    """Give what the actor's organisation published under a name, the oldest first."""
    rows = connection.execute(_VERSIONS, {"organisation": actor.organisation, "name": name})
    return tuple(_published(row) for row in rows)


def running_on(connection: Connection, actor: Actor) -> dict[int, int]:
    """Say how many tasks of the actor's organisation run on each version, by the version's row."""
    rows = connection.execute(_RUNNING, {"organisation": actor.organisation})
    return {int(row[0]): int(row[1]) for row in rows}


def _published(row: Row[*tuple[object, ...]]) -> Published:
    return Published(
        identifier=row.id,
        name=row.name,
        version=row.version,
        digest=row.digest,
        text=row.text,
        published_at=row.published_at,
    )


def _require_free(connection: Connection, definition: Definition, actor: Actor) -> None:
    key = {"organisation": actor.organisation, "name": definition.name, "version": definition.version}
    found = connection.execute(_DIGEST, key).scalar_one_or_none()
    if found is not None and found != definition.digest:
        raise _taken(definition)


def _taken(definition: Definition) -> RefusedError:
    reason = deny("version_text_changed", name=definition.name, version=definition.version)
    return RefusedError(Refusal((reason,)))
