"""Brings a schema up to date with Alembic, configured here and nowhere else.

Must not know what the migrations do.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from engine.errors import SurroundingsError

_FOLDER = Path(__file__).parent / "migrations"
# Two processes that upgrade at once take turns; the number is only ours.
_LOCK = text("SELECT pg_advisory_xact_lock(31335)")


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run every migration that is still missing, inside the connection's transaction.

    Args:
        connection: The unit of work.
        to: The number of the last one to run; the newest by default.

    Raises:
        SurroundingsError: ``database_newer``: a later version of the program made the schema.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    config = _config()
    config.attributes["connection"] = connection
    _refuse_newer(_current(connection))
    command.upgrade(config, to)


def check(connection: Connection) -> None:
    """Refuse a schema that is not the newest one.

    Raises:
        SurroundingsError: ``database_not_migrated`` or ``database_newer``, with ``found`` and ``wanted``.
    """
    found = _current(connection)
    _refuse_newer(found)
    wanted = newest()
    if found != wanted:
        raise SurroundingsError("database_not_migrated", found=found or "0000", wanted=wanted)


def newest() -> str:
    """Give the number of the newest migration."""
    return str(_scripts().get_current_head())


def is_known(number: str) -> bool:
    """Say whether there is a migration of this number."""
    return number in {revision.revision for revision in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(found: str | None) -> None:
    if found is not None and not is_known(found):
        raise SurroundingsError("database_newer", found=found, wanted=newest())
