"""Evidence and blobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _blob()
    _evidence_part()
    _evidence()


def _blob() -> None:
    op.create_table(
        "blob",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sm3", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("chunks", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_blob"),
    )


def _evidence_part() -> None:
    op.create_table(
        "evidence_part",
        sa.Column("evidence_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_evidence_part_organisation_id"
        ),
        sa.PrimaryKeyConstraint("evidence_id", "part", name="pk_evidence_part"),
    )
    op.create_index("ix_evidence_part_task_id", "evidence_part", ["task_id"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("file_name", sa.String(length=255)),
        sa.Column("address", sa.String(length=2000)),
        sa.Column("document_number", sa.String(length=100)),
        sa.Column("place", sa.String(length=200)),
        sa.Column("custodian", sa.String(length=100)),
        sa.Column("effective_on", sa.Date()),
        sa.Column("handed_in_by", IDENTIFIER, nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["handed_in_by"], ["person.id"], name="fk_evidence_handed_in_by"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_evidence_organisation_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_evidence_proposal_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_evidence_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"], unique=False)
    op.create_index("ix_evidence_task_id", "evidence", ["task_id"], unique=False)
