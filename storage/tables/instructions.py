"""Matters raised to leaders, instructions and meetings, and the conclusions that somebody has to answer."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import METADATA, Moment, key, link, organisation_id

instruction = Table(
    "instruction",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    link("leader_id", "person.id"),
    Column("kind", String(20), nullable=False),
    Column("given_on", Date, nullable=False),
    Column("text", Text, nullable=False, default=""),
    link("evidence_id", "evidence.id", required=False),
    link("recorded_by", "person.id"),
    Column("recorded_at", Moment, nullable=False),
    Column("key", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("organisation_id", "key"),
    Index("ix_instruction_leader_id_given_on", "leader_id", "given_on"),
)
"""What a responsible leader instructed, or a meeting the leader held, once and unchanged. ``evidence_id`` is
the minutes; ``recorded_by`` differs from the leader where an office kept them."""

matter = Table(
    "matter",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    link("leader_id", "person.id"),
    Column("text", Text, nullable=False),
    link("raised_by", "person.id"),
    Column("raised_at", Moment, nullable=False),
    Column("key", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    link("instruction_id", "instruction.id", required=False),
    UniqueConstraint("organisation_id", "key"),
    Index("ix_matter_leader_id_instruction_id", "leader_id", "instruction_id"),
)
"""需协调事项: raised to a leader; ``instruction_id`` is what took it up, empty while it waits."""

conclusion = Table(
    "conclusion",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    link("instruction_id", "instruction.id"),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    link("person_id", "person.id"),
    Column("due_on", Date, nullable=False),
    Column("next_on", Date),
    Column("answered_at", Moment),
    link("answered_by", "person.id", required=False),
    Column("answer", Text, nullable=False, default=""),
    link("evidence_id", "evidence.id", required=False),
    UniqueConstraint("instruction_id", "number"),
    Index("ix_conclusion_person_id_answered_at", "person_id", "answered_at"),
    Index("ix_conclusion_next_on", "next_on"),
)
"""A conclusion as a to-do of one person by a day. ``next_on`` is the day of its next reminder, empty when
none comes; ``evidence_id`` is the file that came with the answer."""
