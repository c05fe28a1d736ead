"""A backup of each kind of database: whole or said not to be, and put back into nothing but emptiness."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select, text

from engine.errors import SurroundingsError, ZhenggaiError
from storage.audit_check import verify
from storage.backup import Summary, back_up, restore
from storage.blob_index import find_blob, keep_blob
from storage.blobs.directory import DirectoryBlobStore
from storage.database import Database
from storage.tables import METADATA
from tests.contract.conftest import sql_stand
from tests.contract.court import NOW
from tests.contract.moves import Course
from tests.support.postgres import Server
from workflows.evidence.records import Blob

_FILES = (b"a work plan", b"x" * (3 << 20), "一份材料".encode())


@pytest.fixture
def blobs(tmp_path: Path) -> DirectoryBlobStore:
    """The evidence of the installation."""
    return DirectoryBlobStore(tmp_path / "evidence")


@pytest.fixture
def stored(database: Database, blobs: DirectoryBlobStore) -> tuple[Blob, ...]:
    """An installation of each kind with a task on its way and three files."""
    course: Course = sql_stand(database).course
    course.pass_through("acknowledge")
    course.pass_through("start")
    found = tuple(blobs.put(BytesIO(data), len(data)) for data in _FILES)
    with database.write() as connection:
        for blob in found:
            keep_blob(connection, blob, NOW)
    return found


@pytest.fixture
def empty(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty installation of the same kind: nothing but an address."""
    if database.path is not None:
        other = Database(f"sqlite:///{tmp_path / 'other' / 'zhenggai.db'}")
        yield other
        other.close()
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.database() as url:
        other = Database(url)
        yield other
        other.close()


def _everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


def test_everything_comes_back(
    database: Database, blobs: DirectoryBlobStore, stored: tuple[Blob, ...], empty: Database, tmp_path: Path
) -> None:
    size = sum(map(len, _FILES))
    assert back_up(database, blobs, tmp_path / "copy", NOW) == Summary(3, size)
    target = DirectoryBlobStore(tmp_path / "other" / "evidence")
    assert restore(tmp_path / "copy", empty, target) == Summary(3, size)
    assert _everything(empty) == _everything(database)
    assert [b"".join(target.open(blob)) for blob in stored] == list(_FILES)
    assert verify(empty).findings == ()
    # What is written next gets the next number, and entries are still never changed.
    with empty.write() as connection:
        connection.execute(text("INSERT INTO organisation (name) VALUES ('新单位')"))
    with pytest.raises(Exception, match="never changed"), empty.write() as connection:
        connection.execute(text("DELETE FROM audit_entry"))


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_one_bad_file_is_named_and_keeps_no_other_from_being_copied(
    database: Database,
    blobs: DirectoryBlobStore,
    stored: tuple[Blob, ...],
    empty: Database,
    tmp_path: Path,
    harm: str,
) -> None:
    bad = stored[1]
    if harm == "missing":
        blobs.delete(bad.digest)
    else:
        path = tmp_path / "evidence" / bad.digest[:2] / bad.digest[2:]
        path.chmod(0o600)
        path.write_bytes(b"y" + path.read_bytes()[1:])
    summary = back_up(database, blobs, tmp_path / "copy", NOW)
    assert (summary.blobs, summary.damaged) == (2, (bad.digest,))
    put_back = restore(tmp_path / "copy", empty, DirectoryBlobStore(tmp_path / "other" / "evidence"))
    assert (put_back.blobs, put_back.damaged) == (2, (bad.digest,))


def test_a_folder_with_something_in_it_is_left_alone(
    database: Database, blobs: DirectoryBlobStore, stored: tuple[Blob, ...], tmp_path: Path
) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "letter.txt").touch()
    with pytest.raises(ZhenggaiError, match="backup_folder_used"):
        back_up(database, blobs, tmp_path / "copy", NOW)
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["letter.txt"]


def test_an_installation_with_something_in_it_is_left_alone(
    database: Database, blobs: DirectoryBlobStore, stored: tuple[Blob, ...], tmp_path: Path
) -> None:
    back_up(database, blobs, tmp_path / "copy", NOW)
    before = _everything(database)
    with pytest.raises(ZhenggaiError, match="restore_not_empty"):
        restore(tmp_path / "copy", database, blobs)
    assert _everything(database) == before


def _harm_nothing(copy: Path) -> None:
    (copy / "manifest.json").unlink()


def _harm_list(copy: Path) -> None:
    (copy / "manifest.json").write_text("{}", encoding="utf-8")


def _harm_form(copy: Path) -> None:
    record = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(record | {"form": 2}), encoding="utf-8")


def _harm_schema(copy: Path) -> None:
    record = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(record | {"schema": "9999"}), encoding="utf-8")


def _harm_kind(copy: Path) -> None:
    record = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(record | {"database": "oracle"}), encoding="utf-8")


def _harm_name(copy: Path) -> None:
    record = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    record["files"]["../letter.txt"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(record), encoding="utf-8")


def _harm_rows(copy: Path) -> None:
    path = copy / "database.db" if (copy / "database.db").exists() else copy / "tables" / "task"
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def _harm_evidence(copy: Path) -> None:
    path = max(path for path in (copy / "evidence").rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_harm_nothing, "backup_unreadable"),
        (_harm_list, "backup_unreadable"),
        (_harm_form, "backup_unreadable"),
        (_harm_name, "backup_unreadable"),
        (_harm_schema, "backup_newer"),
        (_harm_kind, "backup_other_database"),
        (_harm_rows, "backup_damaged"),
        (_harm_evidence, "backup_damaged"),
    ],
)
def test_what_is_no_whole_backup_puts_nothing_into_the_database(
    database: Database,
    blobs: DirectoryBlobStore,
    stored: tuple[Blob, ...],
    empty: Database,
    tmp_path: Path,
    harm: object,
    code: str,
) -> None:
    assert callable(harm)
    back_up(database, blobs, tmp_path / "copy", NOW)
    harm(tmp_path / "copy")
    with pytest.raises(ZhenggaiError, match=code):
        restore(tmp_path / "copy", empty, DirectoryBlobStore(tmp_path / "other" / "evidence"))
    if empty.path is not None:
        assert not empty.path.exists()
    else:
        with pytest.raises(SurroundingsError, match="database_not_migrated"):
            empty.check_migrated()


def test_the_record_of_a_blob_is_kept_once(
    database: Database, stored: tuple[Blob, ...], blobs: DirectoryBlobStore
) -> None:
    with database.write() as connection:
        keep_blob(connection, stored[0], NOW)
    with database.read() as connection:
        assert find_blob(connection, stored[0].digest) == stored[0]
        assert find_blob(connection, "0" * 64) is None
    assert b"".join(blobs.open(stored[0])) == _FILES[0]
