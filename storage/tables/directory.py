"""Organisations, departments, people, the positions they hold, their accounts, and settings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, String, Table, Text, UniqueConstraint

from storage.tables.base import METADATA, Identifier, Moment, key, link, organisation_id

organisation = Table(
    "organisation",
    METADATA,
    key(),
    link("parent_id", "organisation.id", required=False),
    Column("name", String(200), nullable=False, unique=True),
)
"""A court or office; a tree, so that a higher court can see its lower ones."""

department = Table(
    "department",
    METADATA,
    key(),
    organisation_id(),
    Column("name", String(200), nullable=False),
    Column("short_name", String(60), nullable=False, default=""),
    Column("position", Identifier, nullable=False, default=0),
    UniqueConstraint("organisation_id", "name"),
)
"""A department, in the order of the organisation's own list."""

person = Table(
    "person",
    METADATA,
    key(),
    organisation_id(),
    Column("name", String(100), nullable=False),
    Column("email", String(254), nullable=False, default=""),
    Column("locale", String(10), nullable=False, default="zh"),
    Index("ix_person_organisation_id_name", "organisation_id", "name"),
)
"""A natural person. Two may share a name, so a name is never a key."""

account = Table(
    "account",
    METADATA,
    Column("person_id", Identifier, primary_key=True, autoincrement=False),
    organisation_id(),
    Column("login", String(100), nullable=False, unique=True),
    Column("password_hash", String(300), nullable=False),
    Column("must_change", Boolean, nullable=False, default=True),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)
"""How a person logs in. A login is unique over all organisations: it alone is asked for."""

position = Table(
    "position",
    METADATA,
    key(),
    organisation_id(),
    link("person_id", "person.id", indexed=True),
    link("department_id", "department.id"),
    Column("role", String(40), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("next_on", Date),
    Index("ix_position_next_on", "next_on"),
    Index("ix_position_organisation_id_role", "organisation_id", "role"),
    Index("ix_position_department_id_role", "department_id", "role"),
)
"""A role held in a department from a day until (and with) another; open-ended where that is empty.
``next_on`` is the day from which the deadline process has to look at it: the next day on which it begins or
is over, or a day of the past where it was changed by hand; empty when nothing more will change by itself."""

setting = Table(
    "setting",
    METADATA,
    Column("organisation_id", Identifier, primary_key=True, autoincrement=False),
    Column("name", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
"""An organisation's own choices; what it does not choose has the product's default."""
