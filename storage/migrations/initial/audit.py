"""The record of operations, and what keeps its entries from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _audit_pending()
    _audit_text()
    _audit_entry()
    _final()


def _audit_pending() -> None:
    op.create_table(
        "audit_pending",
        sa.Column("entry_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_audit_pending"),
    )


def _audit_text() -> None:
    op.create_table(
        "audit_text",
        sa.Column("entry_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text()),
        sa.PrimaryKeyConstraint("entry_id", "name", name="pk_audit_text"),
    )


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", IDENTIFIER),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sm3", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_audit_entry_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.UniqueConstraint("stream", "seq", name="uq_audit_entry_stream_seq"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_audit_entry_organisation_id_at", "audit_entry", ["organisation_id", "at"], unique=False
    )
    op.create_index("ix_audit_entry_person_id_at", "audit_entry", ["person_id", "at"], unique=False)


_POSTGRESQL = (
    (
        "CREATE FUNCTION audit_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'entries of the record are never changed' USING ERRCODE = 'restrict_violation'; END $$"
    ),
    (
        "CREATE TRIGGER audit_entry_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final()"
    ),
)
_SQLITE = (
    (
        "CREATE TRIGGER audit_entry_refuses_update BEFORE UPDATE ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'entries of the record are never changed'); END"
    ),
    (
        "CREATE TRIGGER audit_entry_refuses_delete BEFORE DELETE ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'entries of the record are never changed'); END"
    ),
    # INSERT OR REPLACE removes the old row without asking the trigger above.
    (
        "CREATE TRIGGER audit_entry_refuses_replace BEFORE INSERT ON audit_entry WHEN EXISTS "
        "(SELECT 1 FROM audit_entry WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq)) "
        "BEGIN SELECT RAISE(ABORT, 'entries of the record are never changed'); END"
    ),
)


def _final() -> None:
    """Let the database itself refuse to change or remove an entry."""
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
