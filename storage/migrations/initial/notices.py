"""Notices and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _notice()
    _outbox()


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("digest_on", sa.Date()),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_notice_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notice_person_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_notice_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("person_id", "cause", name="uq_notice_person_id_cause"),
    )
    op.create_index("ix_notice_person_id_created_at", "notice", ["person_id", "created_at"], unique=False)
    op.create_index("ix_notice_urgent_digest_on", "notice", ["urgent", "digest_on"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("notice_id", IDENTIFIER),
        sa.Column("digest_on", sa.Date()),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        sa.Column("lease_holder", sa.String(length=80)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_outbox_notice_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_outbox_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_outbox_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sa.UniqueConstraint("notice_id", name="uq_outbox_notice_id"),
        sa.UniqueConstraint("person_id", "digest_on", name="uq_outbox_person_id_digest_on"),
    )
    op.create_index("ix_outbox_next_at", "outbox", ["next_at"], unique=False)
