"""What running the product needs: sessions, leases, counters, and when jobs ran."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from storage.tables.base import METADATA, Identifier, Moment, link, organisation_id

session = Table(
    "session",
    METADATA,
    Column("id", String(64), primary_key=True),
    organisation_id(),
    link("person_id", "person.id", indexed=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("address", String(60), nullable=False, default=""),
    Column("ended_at", Moment),
    Column("end_reason", String(40)),
)
"""A log-in, by the SHA-256 of its token: ending it here ends it at once, and why is kept."""

login_failure = Table(
    "login_failure",
    METADATA,
    Column("login", String(100), primary_key=True),
    Column("address", String(60), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("count", Integer, nullable=False),
)
"""Failed log-ins of the current quarter of an hour, to slow guessing down."""

lease = Table(
    "lease",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("token", Integer, nullable=False),
    Column("until", Moment, nullable=False),
)
"""Who may run a job that only one may run; ``token`` grows with every holder (a fencing token)."""

job_run = Table(
    "job_run",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("detail", Text, nullable=False, default=""),
)
"""When each job last ran, for the administrator's page."""

counter = Table(
    "counter",
    METADATA,
    Column("organisation_id", Identifier, primary_key=True, autoincrement=False),
    Column("name", String(60), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
)
"""Running numbers of a year, such as those of receipts."""

last_visit = Table(
    "last_visit",
    METADATA,
    Column("person_id", Identifier, primary_key=True, autoincrement=False),
    Column("page", String(40), primary_key=True),
    organisation_id(),
    Column("at", Moment, nullable=False),
    Column("before", Moment),
    Index("ix_last_visit_organisation_id", "organisation_id"),
)
"""When a person last opened a page that shows what is new since then."""
