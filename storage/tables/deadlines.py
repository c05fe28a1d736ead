"""Deadlines, the rungs of their ladders, and what the ladder asks of an office."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import METADATA, Moment, key, link, organisation_id

deadline = Table(
    "deadline",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id"),
    Column("kind", String(30), nullable=False),
    Column("visit", Integer, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("due_on", Date, nullable=False),
    Column("original_due_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("held_at", Moment),
    Column("stopped_at", Moment),
    Column("met_on", Date),
    Column("waited_days", Integer, nullable=False, default=0),
    link("proposal_id", "proposal.id", required=False),
    Column("next_at", Moment),
    UniqueConstraint("task_id", "kind", "visit"),
    Index("ix_deadline_next_at", "next_at"),
    Index("ix_deadline_organisation_id_state_due_on", "organisation_id", "state", "due_on"),
)
"""A clock: ``running``, ``held`` (the department has done its part) or ``stopped``. ``next_at`` is the moment
of its next rung, empty when none comes. ``met_on`` is the day that counts; ``waited_days`` are the calendar
days it was held, waiting for leaders."""

pause = Table(
    "pause",
    METADATA,
    key(),
    organisation_id(),
    link("deadline_id", "deadline.id", indexed=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("reason", String(20), nullable=False),
)
"""A span in which a deadline's rungs do not fire: ``held`` or ``suspended``; open without ``until``."""

rung = Table(
    "rung",
    METADATA,
    key(),
    organisation_id(),
    link("deadline_id", "deadline.id"),
    Column("version", Integer, nullable=False),
    Column("visit", Integer, nullable=False),
    Column("rung", String(40), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("resolved_at", Moment, nullable=False),
    Column("outcome", String(20), nullable=False),
    UniqueConstraint("deadline_id", "version", "visit", "rung"),
)
"""A rung that was reached, exactly once: ``fired``, ``late`` (skipped after an outage) or ``held``."""

to_do = Table(
    "to_do",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id"),
    link("rung_id", "rung.id", required=False),
    Column("role", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    link("done_by", "person.id", required=False),
    Column("outcome", String(40)),
    UniqueConstraint("rung_id", "kind"),
    Index("ix_to_do_organisation_id_done_at", "organisation_id", "done_at"),
)
"""What an office has to decide, such as 提请督察室关注?"""
