"""What steps leave behind: the steps themselves, reports, verdicts and publications."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.tables.base import METADATA, Identifier, Moment, key, link, organisation_id

step = Table(
    "step",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id"),
    Column("extension", Integer, nullable=False, default=0, server_default=text("0")),
    Column("version", Integer, nullable=False),
    Column("trigger", String(40), nullable=False),
    Column("origin", String(30), nullable=False),
    Column("state", String(30), nullable=False),
    Column("round", Integer, nullable=False),
    link("proposal_id", "proposal.id", required=False),
    link("person_id", "person.id"),
    Column("digest", String(64), nullable=False),
    Column("bundle", Text),
    Column("key", String(64)),
    Column("at", Moment, nullable=False),
    UniqueConstraint("task_id", "extension", "version"),
    UniqueConstraint("organisation_id", "key"),
)
"""A move that has happened, of the task (``extension`` is 0) or of one of its extensions by number. One
without signatures keeps its bundle here, under its idempotency key."""

report = Table(
    "report",
    METADATA,
    key(),
    organisation_id(),
    link("plan_id", "plan.id"),
    link("task_id", "task.id", indexed=True),
    Column("round", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    link("proposal_id", "proposal.id"),
    Column("by_completion", Boolean, nullable=False, default=False),
    Column("while_suspended", Boolean, nullable=False, default=False),
    Column("due_on", Date),
    Column("reported_on", Date, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("receipt_number", String(60)),
    Column("received_at", Moment),
    link("received_by", "person.id", required=False),
    Column("returned_at", Moment),
    link("returned_by", "person.id", required=False),
    Column("return_reason", Text, nullable=False, default=""),
    Column("new_due_on", Date),
    UniqueConstraint("organisation_id", "receipt_number"),
    Index("ix_report_plan_id_kind", "plan_id", "kind"),
)
"""A mid-term or year-end report that was filed. ``reported_on`` is the day the department head signed, which
is the day that counts."""

verdict = Table(
    "verdict",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    link("criterion_id", "criterion.id"),
    link("proposal_id", "proposal.id"),
    Column("round", Integer, nullable=False),
    Column("given_by", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("note", Text, nullable=False, default=""),
    link("person_id", "person.id"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("proposal_id", "criterion_id"),
)
"""How a criterion was judged, ``given_by`` the ``department`` or the ``verifier``."""

publication = Table(
    "publication",
    METADATA,
    key(),
    organisation_id(),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("address", String(2000)),
    Column("scan_digest", String(64)),
    Column("published_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "digest"),
)
"""What the public was told; one publication may serve many tasks."""

publication_task = Table(
    "publication_task",
    METADATA,
    Column("publication_id", Identifier, primary_key=True, autoincrement=False),
    Column("task_id", Identifier, primary_key=True, autoincrement=False),
    organisation_id(),
    Column("round", Integer, nullable=False),
    Index("ix_publication_task_task_id", "task_id"),
)
"""Which tasks a publication speaks of."""
