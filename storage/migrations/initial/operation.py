"""Sessions, leases, counters and runs of jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _counter()
    _job_run()
    _lease()
    _login_failure()
    _last_visit()
    _session()


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("organisation_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "name", "year", name="pk_counter"),
    )


def _job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_job_run"),
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )


def _login_failure() -> None:
    op.create_table(
        "login_failure",
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("login", "address", name="pk_login_failure"),
    )


def _last_visit() -> None:
    op.create_table(
        "last_visit",
        sa.Column("person_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("before", MOMENT),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_last_visit_organisation_id"
        ),
        sa.PrimaryKeyConstraint("person_id", "page", name="pk_last_visit"),
    )
    op.create_index("ix_last_visit_organisation_id", "last_visit", ["organisation_id"], unique=False)


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_reason", sa.String(length=40)),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_session_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"], unique=False)
