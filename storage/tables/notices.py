"""Notices, the record that somebody was told, and the outbox of mails."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import METADATA, Moment, key, link, organisation_id

notice = Table(
    "notice",
    METADATA,
    key(),
    organisation_id(),
    link("person_id", "person.id"),
    link("task_id", "task.id", required=False),
    Column("cause", String(120), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("params", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("digest_on", Date),
    UniqueConstraint("person_id", "cause"),
    Index("ix_notice_person_id_created_at", "person_id", "created_at"),
    Index("ix_notice_urgent_digest_on", "urgent", "digest_on"),
)
"""Exactly one per person and cause (such as ``rung:17``); the mail is only its messenger."""

outbox = Table(
    "outbox",
    METADATA,
    key(),
    organisation_id(),
    link("person_id", "person.id"),
    link("notice_id", "notice.id", required=False),
    Column("digest_on", Date),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Moment),
    Column("lease_until", Moment),
    Column("lease_holder", String(80)),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("detail", Text, nullable=False, default=""),
    UniqueConstraint("notice_id"),
    UniqueConstraint("person_id", "digest_on"),
    Index("ix_outbox_next_at", "next_at"),
)
"""A mail that waits: ``pending``, ``sending``, ``sent``, ``unknown``, ``deferred`` or ``failed``. Its words
are composed when it is sent; its Message-ID never changes."""
