"""Matters raised to leaders, instructions and meetings, and their conclusions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables, in the order in which they refer to each other."""
    _instruction()
    _matter()
    _conclusion()


def _instruction() -> None:
    op.create_table(
        "instruction",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("leader_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence_id", IDENTIFIER),
        sa.Column("recorded_by", IDENTIFIER, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *_keys("instruction", leader_id="person", recorded_by="person", evidence_id="evidence"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_instruction_organisation_id_key"),
    )
    op.create_index("ix_instruction_task_id", "instruction", ["task_id"], unique=False)
    op.create_index(
        "ix_instruction_leader_id_given_on", "instruction", ["leader_id", "given_on"], unique=False
    )


def _matter() -> None:
    op.create_table(
        "matter",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("leader_id", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_by", IDENTIFIER, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("instruction_id", IDENTIFIER),
        *_keys("matter", leader_id="person", raised_by="person", instruction_id="instruction"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_matter_organisation_id_key"),
    )
    op.create_index("ix_matter_task_id", "matter", ["task_id"], unique=False)
    op.create_index(
        "ix_matter_leader_id_instruction_id", "matter", ["leader_id", "instruction_id"], unique=False
    )


def _conclusion() -> None:
    op.create_table(
        "conclusion",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("instruction_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by", IDENTIFIER),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("evidence_id", IDENTIFIER),
        *_keys(
            "conclusion",
            instruction_id="instruction",
            person_id="person",
            answered_by="person",
            evidence_id="evidence",
        ),
        sa.UniqueConstraint("instruction_id", "number", name="uq_conclusion_instruction_id_number"),
    )
    op.create_index("ix_conclusion_task_id", "conclusion", ["task_id"], unique=False)
    op.create_index(
        "ix_conclusion_person_id_answered_at", "conclusion", ["person_id", "answered_at"], unique=False
    )
    op.create_index("ix_conclusion_next_on", "conclusion", ["next_on"], unique=False)


def _keys(table: str, **links: str) -> list[sa.Constraint]:
    """Give a table's own key and its references."""
    targets = {"organisation_id": "organisation", "task_id": "task", **links}
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")
            for column, target in targets.items()
        ),
    ]
