"""More time for a task: extensions with proposals and steps of their own, and what was granted so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT

revision = "0004"
down_revision = "0003"

_NONE = sa.text("0")
_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Add the table and say of every proposal and step so far that it is about the task itself."""
    op.add_column("task", sa.Column("extensions", sa.Integer(), nullable=False, server_default=_NONE))
    op.add_column("task", sa.Column("extended_days", sa.Integer(), nullable=False, server_default=_NONE))
    _extension()
    _proposal()
    _step()


def _extension() -> None:
    op.create_table(
        "extension",
        sa.Column("task_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("definition_version_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("asked_by", IDENTIFIER, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_extension_asked_by"),
        sa.ForeignKeyConstraint(
            ["definition_version_id"], ["definition_version.id"], name="fk_extension_definition_version_id"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_extension_organisation_id"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_extension_task_id"),
        sa.PrimaryKeyConstraint("task_id", "number", name="pk_extension"),
    )


def _proposal() -> None:
    op.add_column("proposal", sa.Column("extension", sa.Integer(), nullable=False, server_default=_NONE))
    op.drop_index("uq_proposal_task_id_open", "proposal")
    op.create_index(
        "uq_proposal_task_id_open",
        "proposal",
        ["task_id", "extension"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def _step() -> None:
    with op.batch_alter_table("step") as batch:
        batch.add_column(sa.Column("extension", sa.Integer(), nullable=False, server_default=_NONE))
        batch.drop_constraint("uq_step_task_id_version", type_="unique")
        batch.create_unique_constraint(
            "uq_step_task_id_extension_version", ["task_id", "extension", "version"]
        )
