"""Steps, reports, verdicts and publications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _publication()
    _publication_task()
    _report()
    _step()
    _verdict()


def _publication() -> None:
    op.create_table(
        "publication",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=2000)),
        sa.Column("scan_digest", sa.String(length=64)),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_publication_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint("organisation_id", "digest", name="uq_publication_organisation_id_digest"),
    )


def _publication_task() -> None:
    op.create_table(
        "publication_task",
        sa.Column("publication_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("task_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_publication_task_organisation_id"
        ),
        sa.PrimaryKeyConstraint("publication_id", "task_id", name="pk_publication_task"),
    )
    op.create_index("ix_publication_task_task_id", "publication_task", ["task_id"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("plan_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("by_completion", sa.Boolean(), nullable=False),
        sa.Column("while_suspended", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("receipt_number", sa.String(length=60)),
        sa.Column("received_at", MOMENT),
        sa.Column("received_by", IDENTIFIER),
        sa.Column("returned_at", MOMENT),
        sa.Column("returned_by", IDENTIFIER),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("new_due_on", sa.Date()),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_report_organisation_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_report_plan_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_report_proposal_id"),
        sa.ForeignKeyConstraint(["received_by"], ["person.id"], name="fk_report_received_by"),
        sa.ForeignKeyConstraint(["returned_by"], ["person.id"], name="fk_report_returned_by"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_report_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint(
            "organisation_id", "receipt_number", name="uq_report_organisation_id_receipt_number"
        ),
    )
    op.create_index("ix_report_plan_id_kind", "report", ["plan_id", "kind"], unique=False)
    op.create_index("ix_report_task_id", "report", ["task_id"], unique=False)


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("proposal_id", IDENTIFIER),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bundle", sa.Text()),
        sa.Column("key", sa.String(length=64)),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_step_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_step_person_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_step_proposal_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_step_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_step_organisation_id_key"),
        sa.UniqueConstraint("task_id", "version", name="uq_step_task_id_version"),
    )


def _verdict() -> None:
    op.create_table(
        "verdict",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("criterion_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name="fk_verdict_criterion_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_verdict_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_verdict_person_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_verdict_proposal_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_verdict_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
        sa.UniqueConstraint("proposal_id", "criterion_id", name="uq_verdict_proposal_id_criterion_id"),
    )
    op.create_index("ix_verdict_task_id", "verdict", ["task_id"], unique=False)
