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


def upgrade(connection: Connection) -> None:
    """Run every migration that is still missing, inside the connection's transaction.

    Raises:
        SurroundingsError: ``database_newer``: a later version of the program made the schema.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    config = _config()
    config.attributes["connection"] = connection
    _refuse_newer(config, _current(connection))
    command.upgrade(config, "head")


def check(connection: Connection) -> None:
    """Refuse a schema that is not the newest one.

    Raises:
        SurroundingsError: ``database_not_migrated`` or ``database_newer``, with ``found`` and ``wanted``.
    """
    config, found = _config(), _current(connection)
    _refuse_newer(config, found)
    wanted = ScriptDirectory.from_config(config).get_current_head()
    if found != wanted:
        raise SurroundingsError("database_not_migrated", found=found or "0000", wanted=wanted)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(config: Config, found: str | None) -> None:
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        raise SurroundingsError("database_newer", found=found, wanted=script.get_current_head())
