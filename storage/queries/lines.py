"""A task as one line of a list, with the names of its lead departments and leaders.

Every list of tasks is made of these lines. Must not know which page shows them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks
from storage.tables import person, plan, proposal, task, task_department, task_leader


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list.

    Attributes:
        task: Its identifier.
        plan: Its plan's identifier.
        plan_title: Its plan's title.
        year: Its plan's year.
        number: Its number in the plan.
        section: The heading it stands under.
        objective: What is to be reached.
        kind: How its day is given.
        state: Where it stands.
        round: Its round.
        due_on: The day it is due; None for immediate and ongoing tasks.
        original_due_on: The day it was first due.
        review_on: The plan year's last day.
        next_due_on: The day of the clock that runs out first; None when the department owes nothing.
        next_kind: That clock's kind.
        latest_at: When it was changed last.
        waiting_for: The move whose signatures are owed, where one was proposed.
        extensions: How often more time was granted.
        extended_days: By how many calendar days in all.
        leads: Names of its lead departments.
        leaders: Names of its responsible leaders.
    """

    task: int
    plan: int
    plan_title: str
    year: int
    number: int
    section: str
    objective: str
    kind: str
    state: str
    round: int
    due_on: date | None
    original_due_on: date | None
    review_on: date
    next_due_on: date | None
    next_kind: str | None
    latest_at: datetime
    waiting_for: str | None
    extensions: int = 0
    extended_days: int = 0
    leads: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


BY_PLAN = (plan.c.year.desc(), plan.c.id.desc(), task.c.number)
"""The newest plan first, its tasks in its own order."""

BY_DAY = (task.c.next_due_on.is_(None), task.c.next_due_on, task.c.id)
"""Whatever runs out first stands first; tasks without a running clock come last."""


def task_names(connection: Connection, actor: Actor, tasks: Collection[int]) -> dict[int, tuple[int, str]]:
    """Give number and objective of tasks the actor may see, by identifier; one short query."""
    if not tasks:
        return {}
    statement = select(task.c.id, task.c.number, task.c.objective).where(
        task.c.id.in_(sorted(tasks)), visible_tasks(actor)
    )
    return {row.id: (row.number, row.objective) for row in connection.execute(statement)}


def select_lines() -> Select[Any]:
    """Give the statement behind a list of tasks; the scope is still to be added."""
    open_proposal = and_(
        proposal.c.task_id == task.c.id, proposal.c.state == "open", proposal.c.extension == 0
    )
    return (
        select(
            task.c.id,
            plan.c.id.label("plan"),
            plan.c.title,
            plan.c.year,
            task.c.number,
            task.c.section,
            task.c.objective,
            task.c.kind,
            task.c.state,
            task.c.round,
            task.c.due_on,
            task.c.original_due_on,
            plan.c.review_on,
            task.c.next_due_on,
            task.c.next_kind,
            task.c.latest_at,
            proposal.c.trigger,
            task.c.extensions,
            task.c.extended_days,
        )
        .join_from(task, plan, plan.c.id == task.c.plan_id)
        .join(proposal, open_proposal, isouter=True)
    )


def lines(
    connection: Connection,
    actor: Actor,
    *where: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = BY_DAY,
    most: int = 200,
) -> tuple[TaskLine, ...]:
    """Give the tasks that the actor may see and the conditions name.

    Args:
        connection: The reading.
        actor: Who looks.
        where: Conditions on ``task`` and ``plan``.
        order: The order of the list.
        most: No more lines than this.
    """
    statement = select_lines().where(visible_tasks(actor), *where).order_by(*order).limit(most)
    return with_names(connection, actor, connection.execute(statement).all())


def lines_of(
    connection: Connection, actor: Actor, tasks: Collection[int], *where: ColumnElement[bool]
) -> tuple[TaskLine, ...]:
    """Give certain tasks, as far as the actor may see them; whatever runs out first stands first."""
    if not tasks:
        return ()
    return lines(connection, actor, task.c.id.in_(sorted(tasks)), *where, most=len(tasks))


def with_names(connection: Connection, actor: Actor, rows: Sequence[Any]) -> tuple[TaskLine, ...]:
    """Give lines from the rows of :func:`select_lines`; two further queries, however many rows."""
    ids = [row.id for row in rows]
    if not ids:
        return ()
    leads = _named(connection, _leads(actor, ids))
    leaders = _named(connection, _leaders(actor, ids))
    return tuple(replace(TaskLine(*row), leads=leads[row.id], leaders=leaders[row.id]) for row in rows)


def _leads(actor: Actor, ids: list[int]) -> Select[Any]:
    return (
        select(task_department.c.task_id, task_department.c.name)
        .where(
            task_department.c.organisation_id == actor.organisation,
            task_department.c.task_id.in_(ids),
            task_department.c.part == "lead",
        )
        .order_by(task_department.c.task_id, task_department.c.position)
    )


def _leaders(actor: Actor, ids: list[int]) -> Select[Any]:
    return (
        select(task_leader.c.task_id, person.c.name)
        .join_from(task_leader, person, person.c.id == task_leader.c.person_id)
        .where(task_leader.c.organisation_id == actor.organisation, task_leader.c.task_id.in_(ids))
        .order_by(task_leader.c.task_id, task_leader.c.position)
    )


def _named(connection: Connection, statement: Select[Any]) -> defaultdict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in connection.execute(statement):
        found[row.task_id] += (row.name,)
    return found
