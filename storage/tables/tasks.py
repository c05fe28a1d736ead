"""Tasks with their measures, criteria, departments and leaders, and the definitions they run on."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import METADATA, Identifier, Moment, key, link, organisation_id

definition_version = Table(
    "definition_version",
    METADATA,
    key(),
    organisation_id(),
    Column("name", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "name", "version"),
)
"""A published workflow definition; a running task stays on the version it started with."""

task = Table(
    "task",
    METADATA,
    key(),
    organisation_id(),
    link("plan_id", "plan.id"),
    link("definition_version_id", "definition_version.id"),
    Column("number", Integer, nullable=False),
    Column("section", String(400), nullable=False, default=""),
    Column("problem", Text, nullable=False, default=""),
    Column("objective", Text, nullable=False),
    Column("remark", Text, nullable=False, default=""),
    Column("kind", String(20), nullable=False),
    Column("also_ongoing", Boolean, nullable=False, default=False),
    Column("deadline_text", String(200), nullable=False, default=""),
    Column("due_on", Date),
    Column("original_due_on", Date),
    Column("state", String(30), nullable=False),
    Column("suspended_from", String(30)),
    Column("version", Integer, nullable=False, default=1),
    Column("round", Integer, nullable=False, default=1),
    Column("acknowledged_at", Moment),
    Column("extensions", Integer, nullable=False, default=0, server_default=text("0")),
    Column("extended_days", Integer, nullable=False, default=0, server_default=text("0")),
    Column("next_due_on", Date),
    Column("next_kind", String(30)),
    link("latest_person_id", "person.id", required=False),
    Column("latest_at", Moment, nullable=False),
    Column("latest_action", String(60), nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "plan_id", "number"),
    Index("ix_task_organisation_id_state", "organisation_id", "state"),
    Index("ix_task_organisation_id_next_due_on", "organisation_id", "next_due_on"),
    Index("ix_task_plan_id", "plan_id"),
)
"""A rectification task. ``version`` counts moves from 1; ``next_due_on`` and ``next_kind`` name the clock
that runs out first and are kept by the transaction that changes a clock. ``original_due_on`` never changes;
``extensions`` and ``extended_days`` say how often and by how many calendar days more time was granted."""

extension = Table(
    "extension",
    METADATA,
    Column("task_id", Identifier, ForeignKey("task.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    organisation_id(),
    link("definition_version_id", "definition_version.id"),
    Column("state", String(30), nullable=False),
    Column("version", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("new_due_on", Date, nullable=False),
    Column("category", String(30), nullable=False),
    Column("late", Boolean, nullable=False),
    link("asked_by", "person.id"),
    Column("asked_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
"""More time asked for (延期申请), counted within its task from 1. ``due_on`` is the day as it stood and
``new_due_on`` the day asked for, as last proposed; ``late`` says that it was asked for after that day."""

task_department = Table(
    "task_department",
    METADATA,
    Column("task_id", Identifier, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True),
    organisation_id(),
    link("department_id", "department.id", required=False),
    Column("name", String(200), nullable=False),
    Column("part", String(20), nullable=False),
    Index("ix_task_department_department_id_part", "department_id", "part"),
)
"""A department of a task in the plan's order: ``lead``, ``supporting``, or ``group`` (a name such as
各审判业务部门 that is kept as written and refers to no department)."""

task_leader = Table(
    "task_leader",
    METADATA,
    Column("task_id", Identifier, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True),
    organisation_id(),
    link("person_id", "person.id", indexed=True),
)
"""A responsible leader of a task; several sign jointly."""

measure = Table(
    "measure",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("task_id", "number"),
)
"""A measure in the plan's own words."""

criterion = Table(
    "criterion",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    link("taken_from_measure_id", "measure.id", required=False),
    Column("target", Integer),
    Column("unit", String(20), nullable=False, default=""),
    UniqueConstraint("task_id", "number"),
)
"""A verification criterion in the plan's own words; a measure that serves as its own criterion is
marked so."""

measure_progress = Table(
    "measure_progress",
    METADATA,
    Column("measure_id", Identifier, primary_key=True, autoincrement=False),
    organisation_id(),
    Column("first_on", Date),
    Column("last_on", Date),
    Column("progress", Text, nullable=False, default=""),
    Column("problems", Text, nullable=False, default=""),
    Column("next_step", Text, nullable=False, default=""),
    link("updated_by", "person.id", required=False),
    Column("updated_at", Moment, nullable=False),
)
"""The latest words about a measure: typed once, the beginning of every later report."""
