"""Who may sign for whom, and who may arrange that for a leader."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table, text

from storage.tables.base import METADATA, Moment, key, link, organisation_id

delegation = Table(
    "delegation",
    METADATA,
    key(),
    organisation_id(),
    link("principal_id", "person.id", indexed=True),
    link("delegate_id", "person.id", indexed=True),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("scope", String(10), nullable=False),
    link("plan_id", "plan.id", required=False),
    link("task_id", "task.id", required=False),
    link("granted_by", "person.id"),
    Column("granted_at", Moment, nullable=False),
    link("withdrawn_by", "person.id", required=False),
    Column("withdrawn_at", Moment),
    Index("ix_delegation_organisation_id_until_on", "organisation_id", "until_on"),
)
"""A delegation (委托签批) from its first until and with its last day, on everything, one plan or one task. It
is never changed: it ends by its last day or by being withdrawn."""

secretary = Table(
    "secretary",
    METADATA,
    key(),
    organisation_id(),
    link("principal_id", "person.id"),
    link("person_id", "person.id", indexed=True),
    Column("allowed_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(
        "uq_secretary_principal_id_person_id_allowed",
        "principal_id",
        "person_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
"""Who may delegate a principal's signature in the principal's place; ended, never removed."""
