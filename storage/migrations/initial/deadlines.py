"""Deadlines, rungs and to-dos."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _deadline()
    _pause()
    _rung()
    _to_do()


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("held_at", MOMENT),
        sa.Column("stopped_at", MOMENT),
        sa.Column("met_on", sa.Date()),
        sa.Column("waited_days", sa.Integer(), nullable=False),
        sa.Column("proposal_id", IDENTIFIER),
        sa.Column("next_at", MOMENT),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_deadline_organisation_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_deadline_proposal_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_deadline_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
        sa.UniqueConstraint("task_id", "kind", "visit", name="uq_deadline_task_id_kind_visit"),
    )
    op.create_index("ix_deadline_next_at", "deadline", ["next_at"], unique=False)
    op.create_index(
        "ix_deadline_organisation_id_state_due_on",
        "deadline",
        ["organisation_id", "state", "due_on"],
        unique=False,
    )


def _pause() -> None:
    op.create_table(
        "pause",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("deadline_id", IDENTIFIER, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name="fk_pause_deadline_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_pause_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.create_index("ix_pause_deadline_id", "pause", ["deadline_id"], unique=False)


def _rung() -> None:
    op.create_table(
        "rung",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("deadline_id", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name="fk_rung_deadline_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_rung_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rung"),
        sa.UniqueConstraint(
            "deadline_id", "version", "visit", "rung", name="uq_rung_deadline_id_version_visit_rung"
        ),
    )


def _to_do() -> None:
    op.create_table(
        "to_do",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("rung_id", IDENTIFIER),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("done_by", IDENTIFIER),
        sa.Column("outcome", sa.String(length=40)),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name="fk_to_do_done_by"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_to_do_organisation_id"),
        sa.ForeignKeyConstraint(["rung_id"], ["rung.id"], name="fk_to_do_rung_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_to_do_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_to_do"),
        sa.UniqueConstraint("rung_id", "kind", name="uq_to_do_rung_id_kind"),
    )
    op.create_index("ix_to_do_organisation_id_done_at", "to_do", ["organisation_id", "done_at"], unique=False)
