"""The record of operations. Entries are only ever added; the database refuses anything else."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import METADATA, Identifier, Moment, key, organisation_id

audit_entry = Table(
    "audit_entry",
    METADATA,
    key(),
    organisation_id(),
    Column("stream", String(60), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("person_id", Identifier),
    Column("action", String(60), nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sm3", String(64), nullable=False),
    UniqueConstraint("stream", "seq"),
    Index("ix_audit_entry_organisation_id_at", "organisation_id", "at"),
    Index("ix_audit_entry_organisation_id_action_at", "organisation_id", "action", "at"),
    Index("ix_audit_entry_person_id_at", "person_id", "at"),
    sqlite_autoincrement=True,
)
"""An entry: ``body`` is the text exactly as it was hashed; the other columns only help to find it."""

audit_text = Table(
    "audit_text",
    METADATA,
    Column("entry_id", Identifier, primary_key=True, autoincrement=False),
    Column("name", String(40), primary_key=True),
    Column("salt", String(64), nullable=False),
    Column("text", Text),
)
"""Free text an entry refers to by its salted digest; it can be erased without breaking the chain."""

audit_pending = Table(
    "audit_pending",
    METADATA,
    Column("entry_id", Identifier, primary_key=True, autoincrement=False),
)
"""Entries that have no place in the log yet (待入链)."""
