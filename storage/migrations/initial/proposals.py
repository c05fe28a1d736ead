"""Proposals, revisions, seats, signatures and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _proposal_revision()
    _draft()
    _proposal()
    _awaiting()
    _paper_signature()
    _seat()
    _signature()


def _proposal_revision() -> None:
    op.create_table(
        "proposal_revision",
        sa.Column("proposal_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bundle", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_proposal_revision_organisation_id"
        ),
        sa.PrimaryKeyConstraint("proposal_id", "revision", name="pk_proposal_revision"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_draft_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_draft_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("task_id", "person_id", "trigger", name="uq_draft_task_id_person_id_trigger"),
    )


def _proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proposer_id", IDENTIFIER, nullable=False),
        sa.Column("on_behalf_of", IDENTIFIER),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", IDENTIFIER),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name="fk_proposal_closed_by"),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["person.id"], name="fk_proposal_on_behalf_of"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_proposal_organisation_id"),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name="fk_proposal_proposer_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_proposal_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_proposal_organisation_id_key"),
    )
    op.create_index("ix_proposal_proposer_id", "proposal", ["proposer_id"], unique=False)
    op.create_index("ix_proposal_task_id", "proposal", ["task_id"], unique=False)
    op.create_index(
        "uq_proposal_task_id_open",
        "proposal",
        ["task_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _awaiting() -> None:
    op.create_table(
        "awaiting",
        sa.Column("person_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("seat_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_awaiting_organisation_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_awaiting_proposal_id"),
        sa.PrimaryKeyConstraint("person_id", "seat_id", name="pk_awaiting"),
    )
    op.create_index("ix_awaiting_proposal_id", "awaiting", ["proposal_id"], unique=False)


def _paper_signature() -> None:
    op.create_table(
        "paper_signature",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("signer_id", IDENTIFIER, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("scan_digest", sa.String(length=64), nullable=False),
        sa.Column("scan_name", sa.String(length=255), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("registered_by", IDENTIFIER, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("decided_by", IDENTIFIER),
        sa.Column("decided_at", MOMENT),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_paper_signature_decided_by"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_paper_signature_organisation_id"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_paper_signature_proposal_id"),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"], name="fk_paper_signature_registered_by"),
        sa.ForeignKeyConstraint(["signer_id"], ["person.id"], name="fk_paper_signature_signer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_signature"),
    )
    op.create_index("ix_paper_signature_proposal_id", "paper_signature", ["proposal_id"], unique=False)


def _seat() -> None:
    op.create_table(
        "seat",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("fell_away", sa.String(length=20)),
        sa.Column("substitute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_seat_organisation_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_seat_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_seat"),
        sa.UniqueConstraint(
            "proposal_id", "revision", "position", name="uq_seat_proposal_id_revision_position"
        ),
    )


def _signature() -> None:
    op.create_table(
        "signature",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seat_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("on_behalf_of", IDENTIFIER),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("registered_by", IDENTIFIER),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("voided_at", MOMENT),
        sa.Column("void_reason", sa.String(length=40)),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["person.id"], name="fk_signature_on_behalf_of"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_signature_organisation_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_signature_person_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_signature_proposal_id"),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"], name="fk_signature_registered_by"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_signature_seat_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
        sa.UniqueConstraint(
            "proposal_id", "revision", "person_id", name="uq_signature_proposal_id_revision_person_id"
        ),
        sa.UniqueConstraint("seat_id", name="uq_signature_seat_id"),
    )
    op.create_index("ix_signature_person_id", "signature", ["person_id"], unique=False)
