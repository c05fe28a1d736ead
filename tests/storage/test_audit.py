"""The record of operations: written in chains, refused to be changed, and found out where it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor, system
from engine.audit import AuditDraft, FreeText
from storage import audit_check
from storage.audit_check import Finding, export_line, read_log, verify
from storage.audit_log import append
from storage.database import Database
from storage.tables import audit_entry, audit_pending, audit_text, organisation

_NOW = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
_STREAM, _OTHER = "person:1", "person:2"


@pytest.fixture
def written(database: Database) -> Database:
    """Two chains, of three entries and of one; the second entry has words beside it."""
    with database.write() as connection:
        connection.execute(insert(organisation), {"name": "测试法院"})
        actor = system(1, "test")
        append(connection, AuditDraft(_STREAM, "create"), actor, _NOW)
        words = (FreeText("reason", "salt", "因故改派"),)
        append(connection, AuditDraft(_STREAM, "change", texts=words), Actor(7, 1), _NOW)
        append(connection, AuditDraft(_OTHER, "create"), actor, _NOW)
        append(connection, AuditDraft(_STREAM, "disable"), actor, _NOW)
    return database


def _tamper(database: Database, *statements: str) -> None:
    """Change entries as somebody would who has the database to himself."""
    triggers = {
        "sqlite": [f"DROP TRIGGER audit_entry_refuses_{kind}" for kind in ("update", "delete", "replace")],
        "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER ALL"],
    }
    with database.write() as connection:
        for statement in (*triggers[database.dialect], *statements):
            connection.execute(text(statement))


def test_entries_stand_in_chains_and_wait_for_their_place_in_the_log(written: Database) -> None:
    with written.read() as connection:
        columns = (audit_entry.c.stream, audit_entry.c.seq, audit_entry.c.person_id)
        rows = connection.execute(select(*columns).order_by(*columns[:2]))
        assert [tuple(row) for row in rows] == [
            (_STREAM, 1, None),
            (_STREAM, 2, 7),
            (_STREAM, 3, None),
            (_OTHER, 1, None),
        ]
        assert len(connection.execute(select(audit_pending)).all()) == 4
        assert [tuple(row)[1:] for row in connection.execute(select(audit_text))] == [
            ("reason", "salt", "因故改派")
        ]
    assert verify(written) == audit_check.Checked(4, 2, ())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'other'",
        "UPDATE audit_entry SET action = 'other' WHERE id = 99",
        "DELETE FROM audit_entry WHERE id = 1",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_an_entry(written: Database, statement: str) -> None:
    if written.dialect == "sqlite" and statement.endswith("99"):
        return
    with pytest.raises(IntegrityError, match="never changed"), written.write() as connection:
        connection.execute(text(statement))


def test_postgresql_refuses_to_empty_the_table(written: Database) -> None:
    if written.dialect == "sqlite":
        return
    with pytest.raises(IntegrityError, match="never changed"), written.write() as connection:
        connection.execute(text("TRUNCATE audit_entry"))


def test_sqlite_refuses_to_replace_an_entry(written: Database) -> None:
    if written.dialect == "postgresql":
        return
    for key in ("id", "seq"):
        with pytest.raises(IntegrityError, match="never changed"), written.write() as connection:
            _replace(connection, key)


def _replace(connection: Connection, key: str) -> None:
    row = connection.execute(select(audit_entry).where(audit_entry.c.id == 1)).mappings().one()
    values = {**row, "action": "other"}
    if key == "seq":
        del values["id"]
    connection.execute(insert(audit_entry).prefix_with("OR REPLACE"), values)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE audit_entry SET body = body || ' ' WHERE id = 2", Finding(_STREAM, 2, 2, "changed")),
        ("DELETE FROM audit_entry WHERE id = 2", Finding(_STREAM, 3, 4, "missing")),
        ("UPDATE audit_entry SET stream = 'person:3' WHERE id = 3", Finding("person:3", 1, 3, "foreign")),
        ("UPDATE audit_entry SET person_id = 8 WHERE id = 2", Finding(_STREAM, 2, 2, "disagrees")),
        ("UPDATE audit_entry SET action = 'enable' WHERE id = 4", Finding(_STREAM, 3, 4, "disagrees")),
        ("UPDATE audit_entry SET at = '2027-03-01 08:30:00.000001+00' WHERE id = 1", None),
        ("UPDATE audit_text SET text = '另有原因'", Finding(_STREAM, 2, 2, "text_changed")),
        ("DELETE FROM audit_entry WHERE id = 4", Finding("", 0, 4, "lost")),
    ],
)
def test_what_was_changed_is_found(written: Database, statement: str, finding: Finding | None) -> None:
    if finding is None:
        # SQLite keeps no zone; the moment is written as the product writes it there.
        statement = statement.replace("+00'", "'") if written.dialect == "sqlite" else statement
        finding = Finding(_STREAM, 1, 1, "disagrees")
    _tamper(written, statement)
    # An entry that is gone is missing in its chain, and lost among those that wait for the log.
    assert verify(written).findings[0] == finding


def test_a_forged_entry_that_fits_its_own_digests_does_not_fit_the_chain(written: Database) -> None:
    from engine.canonical import canonical, sha256, sm3

    with written.read() as connection:
        row = connection.execute(select(audit_entry).where(audit_entry.c.id == 2)).one()
    forged = canonical({**json.loads(row.body), "action": "enable"})
    values = {"body": forged, "sha256": sha256(forged), "sm3": sm3(forged), "action": "enable"}
    _tamper(written)
    with written.write() as connection:
        connection.execute(audit_entry.update().where(audit_entry.c.id == 2), values)
    assert verify(written).findings == (Finding(_STREAM, 3, 4, "broken"),)


def test_words_that_were_erased_leave_the_chain_whole(written: Database) -> None:
    with written.write() as connection:
        connection.execute(text("UPDATE audit_text SET text = NULL, salt = ''"))
    assert verify(written).findings == ()


def test_every_chain_with_a_fault_is_named_and_every_entry_counted(written: Database) -> None:
    _tamper(written, "UPDATE audit_entry SET body = 'x' WHERE id IN (1, 3)")
    checked = verify(written)
    assert checked.findings == (Finding(_STREAM, 1, 1, "changed"), Finding(_OTHER, 1, 3, "changed"))
    assert (checked.entries, checked.streams) == (4, 2)


@pytest.mark.parametrize("piece", [1, 2, 3, 500])
def test_the_record_is_read_whole_in_pieces_of_any_size(written: Database, piece: int) -> None:
    lines = list(read_log(written, piece=piece))
    assert [(line.stream, line.seq) for line in lines] == [
        (_STREAM, 1),
        (_STREAM, 2),
        (_STREAM, 3),
        (_OTHER, 1),
    ]


def test_one_organisations_record_is_checked_by_itself(written: Database) -> None:
    assert verify(written, organisation=1).entries == 4
    assert verify(written, organisation=2) == audit_check.Checked(0, 0, ())


def test_an_exported_line_can_be_checked_by_itself(written: Database) -> None:
    from engine.canonical import sha256, sm3

    lines = [json.loads(json.dumps(export_line(line))) for line in read_log(written)]
    for line in lines:
        assert (sha256(line["body"]), sm3(line["body"])) == (line["sha256"], line["sm3"])
    record, words = json.loads(lines[1]["body"]), lines[1]["texts"]["reason"]
    assert record["texts"]["reason"] == sha256(f"{words['salt']}\n{words['text']}")


def test_a_piece_is_found_over_the_key(sqlite_database: Database) -> None:
    statement = "SELECT * FROM audit_entry WHERE (stream, seq) > ('a', 1) ORDER BY stream, seq LIMIT 5"
    with sqlite_database.read() as connection:
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    assert len(plan) == 1
    assert "USING INDEX" in plan[0]
