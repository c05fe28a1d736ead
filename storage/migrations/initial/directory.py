"""Organisations, departments, people, positions, accounts and settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _organisation()
    _setting()
    _account()
    _department()
    _person()
    _position()


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("parent_id", IDENTIFIER),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name="fk_organisation_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("organisation_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "name", name="pk_setting"),
    )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("person_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_account_organisation_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_account"),
        sa.UniqueConstraint("login", name="uq_account_login"),
    )


def _department() -> None:
    op.create_table(
        "department",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("position", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_department_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("organisation_id", "name", name="uq_department_organisation_id_name"),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_person_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_organisation_id_name", "person", ["organisation_id", "name"], unique=False)


def _position() -> None:
    op.create_table(
        "position",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("department_id", IDENTIFIER, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_position_department_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_position_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_position_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_position"),
    )
    op.create_index("ix_position_department_id_role", "position", ["department_id", "role"], unique=False)
    op.create_index("ix_position_organisation_id_role", "position", ["organisation_id", "role"], unique=False)
    op.create_index("ix_position_person_id", "position", ["person_id"], unique=False)
