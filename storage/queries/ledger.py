"""The ledger (台账): every task the actor may see, filtered, paged by key, counted no further than needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from engine.actor import Actor
from storage.queries.lines import BY_PLAN, TaskLine, lines
from storage.queries.scope import visible_tasks
from storage.tables import plan, task, task_department, task_leader

COUNTED = 1000
"""A list says how long it is up to here, and that it is longer beyond."""

DUE_WITHIN = {"week": 7, "month": 30}
"""Named spans of days in which a clock runs out."""


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What the ledger is narrowed to; an empty field narrows nothing.

    Attributes:
        plan: A plan's identifier.
        state: A state.
        department: A department that leads or supports.
        leader: A responsible leader.
        kind: How the task's day is given.
        due: ``overdue``, or one of :data:`DUE_WITHIN`.
        extended: Only tasks that were granted more time.
        words: Words that occur in the section, the objective or the problem.
    """

    plan: int | None = None
    state: str = ""
    department: int | None = None
    leader: int | None = None
    kind: str = ""
    due: str = ""
    extended: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page of the ledger begins: after this task in the ledger's order."""

    year: int
    plan: int
    number: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the ledger; ``following`` is the key of the next one, where there is one."""

    lines: tuple[TaskLine, ...]
    following: Key | None


def page(
    connection: Connection, actor: Actor, narrowed: LedgerFilter, today: date, after: Key | None, size: int
) -> Page:
    """Give one page of the ledger."""
    where = _conditions(narrowed, today)
    if after is not None:
        where.append(_after(after))
    found = lines(connection, actor, *where, order=BY_PLAN, most=size + 1)
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], Key(last.year, last.plan, last.number) if last else None)


def everything(
    connection: Connection, actor: Actor, narrowed: LedgerFilter, today: date, most: int
) -> tuple[TaskLine, ...]:
    """Give the whole narrowed ledger for a file, at most ``most`` lines."""
    return lines(connection, actor, *_conditions(narrowed, today), order=BY_PLAN, most=most)


def count(connection: Connection, actor: Actor, narrowed: LedgerFilter, today: date) -> int:
    """Count the narrowed ledger; :data:`COUNTED` + 1 means that it is longer than one counts."""
    inner = (
        select(task.c.id)
        .join_from(task, plan, plan.c.id == task.c.plan_id)
        .where(visible_tasks(actor), *_conditions(narrowed, today))
        .limit(COUNTED + 1)
    )
    return connection.execute(select(func.count()).select_from(inner.subquery())).scalar_one()


def _conditions(narrowed: LedgerFilter, today: date) -> list[ColumnElement[bool]]:
    return [condition for condition in _each(narrowed, today) if condition is not None]


def _each(narrowed: LedgerFilter, today: date) -> Iterator[ColumnElement[bool] | None]:
    yield task.c.plan_id == narrowed.plan if narrowed.plan is not None else None
    yield task.c.state == narrowed.state if narrowed.state else None
    yield task.c.kind == narrowed.kind if narrowed.kind else None
    yield _of_department(narrowed.department) if narrowed.department is not None else None
    yield _of_leader(narrowed.leader) if narrowed.leader is not None else None
    yield _due(narrowed.due, today) if narrowed.due else None
    yield task.c.extensions > 0 if narrowed.extended else None
    yield _says(narrowed.words) if narrowed.words else None


def _of_department(department: int) -> ColumnElement[bool]:
    return task.c.id.in_(
        select(task_department.c.task_id).where(task_department.c.department_id == department)
    )


def _of_leader(leader: int) -> ColumnElement[bool]:
    return task.c.id.in_(select(task_leader.c.task_id).where(task_leader.c.person_id == leader))


def _due(span: str, today: date) -> ColumnElement[bool]:
    if span == "overdue":
        return task.c.next_due_on < today
    if span not in DUE_WITHIN:
        return false()
    return task.c.next_due_on.between(today, today + timedelta(days=DUE_WITHIN[span]))


def _says(words: str) -> ColumnElement[bool]:
    return and_(
        *(
            or_(
                *(
                    column.contains(word, autoescape=True)
                    for column in (task.c.section, task.c.objective, task.c.problem)
                )
            )
            for word in words.split()
        )
    )


def _after(key: Key) -> ColumnElement[bool]:
    """Give the condition of everything behind a key in the order year down, plan down, number up."""
    return or_(
        plan.c.year < key.year,
        and_(plan.c.year == key.year, plan.c.id < key.plan),
        and_(plan.c.year == key.year, plan.c.id == key.plan, task.c.number > key.number),
    )
