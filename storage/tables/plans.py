"""Plans, their dates for everybody, and imports that wait for a person's confirmation."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import METADATA, Moment, key, link, organisation_id

plan = Table(
    "plan",
    METADATA,
    key(),
    organisation_id(),
    Column("title", String(400), nullable=False),
    Column("document_number", String(100), nullable=False, default=""),
    Column("issued_on", Date),
    Column("basis", Text, nullable=False, default=""),
    Column("approved_by", String(200), nullable=False, default=""),
    Column("year", Integer, nullable=False),
    Column("review_on", Date, nullable=False),
    Column("source_digest", String(64), nullable=False),
    Column("source_name", String(255), nullable=False),
    link("created_by", "person.id", required=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "title", "year"),
)
"""A rectification plan; ``review_on`` is the plan year's last day; the file it came from
is kept as a blob."""

milestone = Table(
    "milestone",
    METADATA,
    key(),
    organisation_id(),
    link("plan_id", "plan.id"),
    Column("kind", String(30), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("what", Text, nullable=False),
    Index("ix_milestone_plan_id_kind", "plan_id", "kind"),
)
"""A date for everybody: ``mid_term_report``, ``year_end_report``, ``survey`` or ``other``."""

plan_draft = Table(
    "plan_draft",
    METADATA,
    key(),
    organisation_id(),
    Column("source_digest", String(64), nullable=False),
    Column("source_name", String(255), nullable=False),
    Column("reading", Text, nullable=False),
    Column("corrections", Text, nullable=False, default="{}"),
    Column("version", Integer, nullable=False, default=1),
    Column("state", String(20), nullable=False, default="open"),
    link("plan_id", "plan.id", required=False),
    link("created_by", "person.id", required=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Index("ix_plan_draft_organisation_id_state", "organisation_id", "state"),
)
"""A document that was read and waits: ``open``, ``confirmed`` or ``discarded``."""
