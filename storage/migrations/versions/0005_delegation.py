"""Signatures may be delegated, by a leader or by the leader's secretary."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add who may sign for whom, and for whom a sheet was signed or a proposal sent back."""
    _delegation()
    _secretary()
    op.create_index(
        "ix_signature_on_behalf_of",
        "signature",
        ["on_behalf_of"],
        sqlite_where=sa.text("on_behalf_of IS NOT NULL"),
        postgresql_where=sa.text("on_behalf_of IS NOT NULL"),
    )
    op.add_column("paper_signature", sa.Column("on_behalf_of", IDENTIFIER))
    op.add_column("proposal", sa.Column("closed_for", IDENTIFIER))


def _delegation() -> None:
    links = ("organisation", "plan", "task")
    people = ("principal_id", "delegate_id", "granted_by", "withdrawn_by")
    op.create_table(
        "delegation",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("principal_id", IDENTIFIER, nullable=False),
        sa.Column("delegate_id", IDENTIFIER, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("plan_id", IDENTIFIER),
        sa.Column("task_id", IDENTIFIER),
        sa.Column("granted_by", IDENTIFIER, nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by", IDENTIFIER),
        sa.Column("withdrawn_at", MOMENT),
        *(
            sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}.id"], name=f"fk_delegation_{name}_id")
            for name in links
        ),
        *(sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_delegation_{name}") for name in people),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index("ix_delegation_principal_id", "delegation", ["principal_id"])
    op.create_index("ix_delegation_delegate_id", "delegation", ["delegate_id"])
    op.create_index("ix_delegation_organisation_id_until_on", "delegation", ["organisation_id", "until_on"])


def _secretary() -> None:
    op.create_table(
        "secretary",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("principal_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("allowed_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_secretary_organisation_id"
        ),
        sa.ForeignKeyConstraint(["principal_id"], ["person.id"], name="fk_secretary_principal_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_secretary_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_secretary"),
    )
    op.create_index("ix_secretary_person_id", "secretary", ["person_id"])
    op.create_index(
        "uq_secretary_principal_id_person_id_allowed",
        "secretary",
        ["principal_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
