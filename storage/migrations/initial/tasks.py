"""Definitions, tasks and their parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT


def create() -> None:
    """Create the tables."""
    _definition_version()
    _measure_progress()
    _task_department()
    _task_leader()
    _task()
    _measure()
    _criterion()


def _definition_version() -> None:
    op.create_table(
        "definition_version",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_definition_version_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_definition_version"),
        sa.UniqueConstraint(
            "organisation_id", "name", "version", name="uq_definition_version_organisation_id_name_version"
        ),
    )


def _measure_progress() -> None:
    op.create_table(
        "measure_progress",
        sa.Column("measure_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("first_on", sa.Date()),
        sa.Column("last_on", sa.Date()),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("updated_by", IDENTIFIER),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_measure_progress_organisation_id"
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name="fk_measure_progress_updated_by"),
        sa.PrimaryKeyConstraint("measure_id", name="pk_measure_progress"),
    )


def _task_department() -> None:
    op.create_table(
        "task_department",
        sa.Column("task_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("department_id", IDENTIFIER),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_task_department_department_id"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_task_department_organisation_id"
        ),
        sa.PrimaryKeyConstraint("task_id", "position", name="pk_task_department"),
    )
    op.create_index(
        "ix_task_department_department_id_part", "task_department", ["department_id", "part"], unique=False
    )


def _task_leader() -> None:
    op.create_table(
        "task_leader",
        sa.Column("task_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_task_leader_organisation_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_task_leader_person_id"),
        sa.PrimaryKeyConstraint("task_id", "position", name="pk_task_leader"),
    )
    op.create_index("ix_task_leader_person_id", "task_leader", ["person_id"], unique=False)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("plan_id", IDENTIFIER, nullable=False),
        sa.Column("definition_version_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=400), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("also_ongoing", sa.Boolean(), nullable=False),
        sa.Column("deadline_text", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("original_due_on", sa.Date()),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("suspended_from", sa.String(length=30)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("next_due_on", sa.Date()),
        sa.Column("next_kind", sa.String(length=30)),
        sa.Column("latest_person_id", IDENTIFIER),
        sa.Column("latest_at", MOMENT, nullable=False),
        sa.Column("latest_action", sa.String(length=60), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_version_id"], ["definition_version.id"], name="fk_task_definition_version_id"
        ),
        sa.ForeignKeyConstraint(["latest_person_id"], ["person.id"], name="fk_task_latest_person_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_task_organisation_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_task_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint(
            "organisation_id", "plan_id", "number", name="uq_task_organisation_id_plan_id_number"
        ),
    )
    op.create_index(
        "ix_task_organisation_id_next_due_on", "task", ["organisation_id", "next_due_on"], unique=False
    )
    op.create_index("ix_task_organisation_id_state", "task", ["organisation_id", "state"], unique=False)
    op.create_index("ix_task_plan_id", "task", ["plan_id"], unique=False)


def _measure() -> None:
    op.create_table(
        "measure",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_measure_organisation_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_measure_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_measure"),
        sa.UniqueConstraint("task_id", "number", name="uq_measure_task_id_number"),
    )
    op.create_index("ix_measure_task_id", "measure", ["task_id"], unique=False)


def _criterion() -> None:
    op.create_table(
        "criterion",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("task_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_from_measure_id", IDENTIFIER),
        sa.Column("target", sa.Integer()),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_criterion_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["taken_from_measure_id"], ["measure.id"], name="fk_criterion_taken_from_measure_id"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_criterion_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_criterion"),
        sa.UniqueConstraint("task_id", "number", name="uq_criterion_task_id_number"),
    )
    op.create_index("ix_criterion_task_id", "criterion", ["task_id"], unique=False)
