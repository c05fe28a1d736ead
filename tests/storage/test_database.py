"""Readings, units of work, turns, and what is said when the database fails."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from engine.errors import SurroundingsError
from storage import sqlite
from storage.database import Database
from storage.tables import job_run, lease, organisation

_NOW = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(organisation)).scalar_one()


def test_a_unit_of_work_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(database)
    with database.read() as connection:
        assert _count(connection) == 0


def _add_and_fail(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(organisation), {"name": "测试法院"})
        raise ZeroDivisionError


def test_a_unit_of_work_that_ends_well_is_kept(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(organisation), {"name": "测试法院"})
    with database.read() as connection:
        assert _count(connection) == 1


def test_a_reading_sees_one_moment(postgres_database: Database) -> None:
    with postgres_database.read() as connection:
        assert _count(connection) == 0
        writing = threading.Thread(target=_add, args=(postgres_database,))
        writing.start()
        writing.join()
        assert _count(connection) == 0
    with postgres_database.read() as connection:
        assert _count(connection) == 1


def _add(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(organisation), {"name": "测试法院"})


def test_nothing_can_be_written_in_a_reading(postgres_database: Database) -> None:
    with pytest.raises(Exception, match="read-only"), postgres_database.read() as connection:
        connection.execute(insert(organisation), {"name": "测试法院"})


@pytest.mark.parametrize("outer", ["read", "write"])
def test_a_unit_of_work_inside_another_is_refused_instead_of_waiting_for_itself(
    sqlite_database: Database, outer: str
) -> None:
    opened = sqlite_database.read() if outer == "read" else sqlite_database.write()
    with opened, pytest.raises(RuntimeError, match="cannot begin inside"), sqlite_database.write():
        pass


def test_a_moment_comes_back_as_it_went_in_and_in_utc(database: Database) -> None:
    at = datetime(2027, 3, 1, 16, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with database.write() as connection:
        connection.execute(insert(job_run), {"name": "sweep", "started_at": at, "detail": ""})
    with database.read() as connection:
        found = connection.execute(select(job_run.c.started_at)).scalar_one()
    assert found == at
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2027, 3, 1, 8, 30)  # noqa: DTZ001  # What must be refused.
    with pytest.raises(StatementError, match="without a time zone"), database.write() as connection:
        connection.execute(insert(job_run), {"name": "sweep", "started_at": naive, "detail": ""})


def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(organisation), {"name": "测试法院", "parent_id": 99})


@pytest.mark.parametrize(
    ("version", "ahead"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_only_a_mended_sqlite_writes_ahead(version: tuple[int, ...], ahead: bool) -> None:  # noqa: FBT001
    assert sqlite.may_write_ahead(version) is ahead


def test_sqlite_is_opened_as_the_house_wants_it(sqlite_database: Database) -> None:
    ahead = sqlite.may_write_ahead(sqlite3.sqlite_version_info)
    with sqlite_database.read() as connection:
        names = ("foreign_keys", "busy_timeout", "journal_mode", "synchronous")
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
    assert found == [1, 30_000, "wal" if ahead else "delete", 2 if ahead else 3]


def test_writers_of_one_machine_take_turns(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(lease), {"name": "count", "holder": "", "token": 0, "until": _NOW})

    def work() -> None:
        for _ in range(5):
            with database.write() as connection:
                row = select(lease.c.token).where(lease.c.name == "count").with_for_update()
                token = connection.execute(row).scalar_one()
                connection.execute(lease.update().values(token=token + 1))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(select(lease.c.token)).scalar_one() == 40


def test_a_sqlite_file_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'absent.db'}")
    with pytest.raises(SurroundingsError, match="database_unreachable"), database.read():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "odd.db").write_text("these are words and no database at all " * 40, encoding="utf-8")
    database = Database(f"sqlite:///{tmp_path / 'odd.db'}")
    with pytest.raises(SurroundingsError, match="database_damaged"), database.read():
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError, match="database_unreachable"):
        Database(f"sqlite:///{tmp_path / 'file' / 'zhenggai.db'}").migrate()


def test_a_full_sqlite_is_told_and_nothing_is_half_there(sqlite_database: Database) -> None:
    with pytest.raises(SurroundingsError, match="database_full"):
        _fill(sqlite_database)
    sqlite_database.close()
    with sqlite_database.read() as connection:
        assert _count(connection) == 0


def _fill(database: Database) -> None:
    with database.write() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.execute(insert(organisation), {"name": "测试法院"})
        row = {"name": "sweep", "started_at": _NOW, "detail": "x" * 100_000}
        connection.execute(insert(job_run), row)


def test_a_sqlite_held_by_a_foreign_program_is_told(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.05)
    assert sqlite_database.path is not None
    with closing(sqlite3.connect(sqlite_database.path, isolation_level=None)) as foreign:
        for kind in ("EXCLUSIVE", "IMMEDIATE"):
            foreign.execute(f"BEGIN {kind}")
            with pytest.raises(SurroundingsError, match="database_busy"), sqlite_database.write():
                pass
            foreign.execute("ROLLBACK")
    with sqlite_database.write():
        pass


def test_a_postgresql_that_is_not_there_is_told() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    with pytest.raises(SurroundingsError, match="database_unreachable"), database.read():
        pass


def test_a_database_that_does_not_exist_is_told(postgres_url: str) -> None:
    address, mark, rest = postgres_url.partition("?")
    database = Database(f"{address}_absent{mark}{rest}")
    with pytest.raises(SurroundingsError, match="database_unreachable"), database.read():
        pass


def test_a_connection_that_the_server_closed_meanwhile_is_replaced(
    postgres_database: Database, migrated_postgres_url: str
) -> None:
    with postgres_database.read() as connection:
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    address = migrated_postgres_url.replace("postgresql+psycopg", "postgresql", 1)
    with psycopg.connect(address) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    with postgres_database.read() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != process


def test_a_connection_lost_in_the_middle_is_told(
    postgres_database: Database, migrated_postgres_url: str
) -> None:
    address = migrated_postgres_url.replace("postgresql+psycopg", "postgresql", 1)
    with pytest.raises(SurroundingsError, match="database_unreachable"):
        _lose(postgres_database, address)
    with postgres_database.read() as connection:
        assert _count(connection) == 0


def _lose(database: Database, address: str) -> None:
    with database.write() as connection:
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(address) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        connection.execute(insert(organisation), {"name": "测试法院"})


def test_a_lock_that_is_not_let_go_is_told(postgres_database: Database) -> None:
    with postgres_database.write() as holder:
        holder.execute(insert(lease), {"name": "sweep", "holder": "", "token": 0, "until": _NOW})
    failures: list[SurroundingsError] = []

    def wait() -> None:
        try:
            with postgres_database.write() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
                connection.execute(select(lease.c.token).with_for_update())
        except SurroundingsError as error:
            failures.append(error)

    with postgres_database.write() as holder:
        holder.execute(select(lease.c.token).with_for_update())
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert [failure.code for failure in failures] == ["database_busy"]
