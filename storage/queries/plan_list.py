"""The plans there are, and the imports that wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.tables import person, plan, plan_draft, task


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with the number of its tasks, and of those that are at an end."""

    plan: int
    title: str
    year: int
    document_number: str
    source_name: str
    created_at: datetime
    tasks: int
    ended: int


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An import that waits: the file, who handed it in, and when."""

    draft: int
    source_name: str
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """The file a plan came from."""

    digest: str
    name: str


_ENDED = case((task.c.state.in_(("publicized", "withheld", "cancelled")), 1), else_=0)
_PLANS = (
    select(
        plan.c.id,
        plan.c.title,
        plan.c.year,
        plan.c.document_number,
        plan.c.source_name,
        plan.c.created_at,
        func.count(task.c.id),
        func.coalesce(func.sum(_ENDED), 0),
    )
    .join_from(plan, task, task.c.plan_id == plan.c.id, isouter=True)
    .where(plan.c.organisation_id == bindparam("organisation"))
    .group_by(plan.c.id)
    .order_by(plan.c.year.desc(), plan.c.id.desc())
    .limit(200)
)
_DRAFTS = (
    select(plan_draft.c.id, plan_draft.c.source_name, person.c.name, plan_draft.c.created_at)
    .join_from(plan_draft, person, person.c.id == plan_draft.c.created_by, isouter=True)
    .where(plan_draft.c.organisation_id == bindparam("organisation"), plan_draft.c.state == "open")
    .order_by(plan_draft.c.created_at.desc())
    .limit(200)
)
_SOURCE = select(plan.c.source_digest, plan.c.source_name).where(
    plan.c.id == bindparam("plan"), plan.c.organisation_id == bindparam("organisation")
)


def plans(connection: Connection, actor: Actor) -> tuple[PlanLine, ...]:
    """Give the plans of the actor's organisation, the newest first."""
    rows = connection.execute(_PLANS, {"organisation": actor.organisation})
    return tuple(PlanLine(*row) for row in rows)


def drafts(connection: Connection, actor: Actor) -> tuple[DraftLine, ...]:
    """Give the imports that wait, the newest first."""
    rows = connection.execute(_DRAFTS, {"organisation": actor.organisation})
    return tuple(DraftLine(row[0], row[1], row[2] or "", row[3]) for row in rows)


def plan_source(connection: Connection, actor: Actor, number: int) -> Source:
    """Give the file a plan came from.

    Raises:
        NotFoundError: ``plan_not_found`` in the actor's organisation.
    """
    key = {"plan": number, "organisation": actor.organisation}
    row = connection.execute(_SOURCE, key).one_or_none()
    if row is None:
        raise NotFoundError("plan_not_found", plan=number)
    return Source(row.source_digest, row.source_name)
