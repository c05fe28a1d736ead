"""What anybody may read without a log-in: tasks that were publicized, from an allow-list of fields.

These are the only readings that take no actor, because there is nobody they would hide anything from. A field
that is not in :class:`PublicTask` or :class:`PublicPlan` is never read; a task that was reopened, kept from
publication or not yet publicized is not there at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, func, or_, select, text

from engine.errors import NotFoundError
from storage.tables import organisation, plan, publication, publication_task, step, task


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A plan of which something was publicized.

    Attributes:
        plan: Its identifier, which its address names.
        organisation: The body whose plan it is.
        title: Its title.
        year: Its year.
        publicized: How many of its tasks are publicized.
    """

    plan: int
    organisation: str
    title: str
    year: int
    publicized: int


@dataclass(frozen=True, slots=True)
class PublicTask:
    """A publicized task as the public reads it; nothing else of it ever leaves through here.

    Attributes:
        section: The heading it stands under.
        objective: What was to be reached.
        text: What was done, in the words that were reviewed and signed for the public.
        address: Where these words were published; None where that is no address.
        publicized_at: When it was publicized.
    """

    section: str
    objective: str
    text: str
    address: str | None
    publicized_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page of tasks; ``following`` is the key of the next one, where there is one."""

    tasks: tuple[PublicTask, ...]
    following: int | None


@dataclass(frozen=True, slots=True)
class PlanKey:
    """Where a page of plans begins: behind this one in the order year down, plan down."""

    year: int
    plan: int


# Literals, so that nothing that is bound decides what the public sees.
_PUBLIC = text("task.state = 'publicized'")
_LAST_STEP = (
    select(func.max(step.c.at))
    .where(step.c.task_id == task.c.id, text("step.state = 'publicized'"))
    .correlate(task)
    .scalar_subquery()
)
_COUNT = (
    select(func.count())
    .select_from(task)
    .where(task.c.plan_id == plan.c.id, _PUBLIC)
    .correlate(plan)
    .scalar_subquery()
)
_SOME = select(task.c.id).where(task.c.plan_id == plan.c.id, _PUBLIC).correlate(plan).exists()
_PLAN = select(
    plan.c.id, organisation.c.name, plan.c.title, plan.c.year, _COUNT.label("publicized")
).join_from(plan, organisation, organisation.c.id == plan.c.organisation_id)
_PLANS = _PLAN.where(_SOME).order_by(plan.c.year.desc(), plan.c.id.desc()).limit(bindparam("most"))
_BEHIND = or_(
    plan.c.year < bindparam("behind_year"),
    and_(plan.c.year == bindparam("behind_year"), plan.c.id < bindparam("behind_plan")),
)
_ONE = _PLAN.where(plan.c.id == bindparam("number"), _SOME)
_TASKS = (
    select(
        task.c.number,
        task.c.section,
        task.c.objective,
        publication.c.text,
        publication.c.address,
        _LAST_STEP.label("publicized_at"),
    )
    .join_from(
        task,
        publication_task,
        and_(publication_task.c.task_id == task.c.id, publication_task.c.round == task.c.round),
    )
    .join(publication, publication.c.id == publication_task.c.publication_id)
    .where(task.c.plan_id == bindparam("number"), _PUBLIC, task.c.number > bindparam("behind"))
    .order_by(task.c.number)
    .limit(bindparam("most"))
)


def public_plans(
    connection: Connection, after: PlanKey | None, size: int
) -> tuple[tuple[PublicPlan, ...], PlanKey | None]:
    """Give a page of the plans of which something was publicized, the newest year first."""
    if after is None:
        rows = connection.execute(_PLANS, {"most": size + 1})
    else:
        key = {"behind_year": after.year, "behind_plan": after.plan, "most": size + 1}
        rows = connection.execute(_PLANS.where(_BEHIND), key)
    found = tuple(PublicPlan(*row) for row in rows)
    last = found[size - 1] if len(found) > size else None
    return found[:size], PlanKey(last.year, last.plan) if last else None


def public_plan(connection: Connection, number: int) -> PublicPlan:
    """Give a plan of which something was publicized.

    Raises:
        NotFoundError: ``plan_not_found``: there is none, or nothing of it was publicized; which of the two
            is nobody's business here.
    """
    row = connection.execute(_ONE, {"number": number}).one_or_none()
    if row is None:
        raise NotFoundError("plan_not_found", plan=number)
    return PublicPlan(*row)


def public_tasks(connection: Connection, number: int, after: int, size: int) -> Page:
    """Give a page of a plan's publicized tasks in the plan's order, behind a task's number."""
    key = {"number": number, "behind": after, "most": size + 1}
    rows = connection.execute(_TASKS, key).all()
    tasks = tuple(PublicTask(*row[1:]) for row in rows[:size])
    return Page(tasks, rows[size - 1].number if len(rows) > size else None)
