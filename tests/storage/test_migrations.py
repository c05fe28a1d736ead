"""What the migrations build is what the tables say, on both databases."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from engine.errors import SurroundingsError
from storage.database import Database
from storage.tables import METADATA

_DESCRIPTIONS = {
    "sqlite": """
        SELECT type, name, tbl_name, sql FROM sqlite_master
        WHERE name <> 'alembic_version' AND tbl_name <> 'alembic_version' AND type <> 'trigger'
    """,
    "postgresql": """
        SELECT 'column', table_name, column_name,
            concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        UNION ALL
        SELECT 'index', tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        UNION ALL
        SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conname <> 'alembic_version_pkc'
    """,
}


def _schema(connection: Connection) -> set[tuple[str, ...]]:
    rows = connection.execute(text(_DESCRIPTIONS[connection.dialect.name]))
    return {tuple(_normal(str(value)) for value in row) for row in rows}


def _normal(words: str) -> str:
    # SQLite keeps a table's own text, in which the order of the constraints means nothing.
    return ", ".join(sorted(" ".join(words.replace('"', "").removesuffix("\n)").split()).split(", ")))


def test_the_migrated_schema_is_what_the_tables_say(database_url: str) -> None:
    database = Database(database_url)
    database.migrate()
    with database.read() as connection:
        migrated = _schema(connection)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    with database.write() as connection:
        for statement in ("DROP TABLE audit_entry", *_dropping(connection)):
            connection.execute(text(statement))
        METADATA.create_all(connection)
        created = _schema(connection)
    database.close()
    assert len(created) > 80
    assert migrated == created


def _dropping(connection: Connection) -> list[str]:
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    names = [table.name for table in reversed(METADATA.sorted_tables) if table.name != "audit_entry"]
    return [f"DROP TABLE {name}{cascade}" for name in names]


def test_migrating_again_changes_nothing(database_url: str) -> None:
    database = Database(database_url)
    database.migrate()
    database.migrate()
    database.check_migrated()
    database.close()


def test_two_processes_may_migrate_at_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    failures: list[BaseException] = []

    def migrate(database: Database) -> None:
        try:
            database.migrate()
        except BaseException as error:  # noqa: BLE001  # Whatever a thread raises is what the test is about.
            failures.append(error)

    threads = [threading.Thread(target=migrate, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    databases[0].check_migrated()
    for database in databases:
        database.close()
    assert failures == []


def test_a_schema_that_is_not_there_yet_is_told(database_url: str) -> None:
    database = Database(database_url)
    if database.path is not None:
        database.path.touch()
    with pytest.raises(SurroundingsError) as told:
        database.check_migrated()
    database.close()
    assert (told.value.code, told.value.params) == (
        "database_not_migrated",
        {"found": "0000", "wanted": "0007"},
    )


def test_a_schema_of_a_later_version_is_left_alone(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for ask in (database.check_migrated, database.migrate):
        with pytest.raises(SurroundingsError, match="database_newer"):
            ask()
