"""Who has handed in what: per plan and date for everybody, every task that owes the report.

Must not know how the board looks or what is done about a missing report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines
from storage.queries.scope import visible_tasks
from storage.tables import deadline, milestone, plan, report, task

REPORT_OF = {"mid_term_report": "mid_term", "year_end_report": "year_end"}
"""Kinds of milestones by which a report is owed, and the kind of that report."""

_PLANS_SHOWN = 20
_MOST_TASKS = 1000


class Box(StrEnum):
    """Where a task stands towards a milestone; every number on the board is one of these lists."""

    DUE = "due"
    """应报: owes the report."""
    HANDED_IN = "handed_in"
    """已报: handed in and not returned."""
    PENDING = "pending"
    """待接收: handed in, neither received nor returned."""
    RECEIVED = "received"
    """已接收."""
    RETURNED = "returned"
    """已退回: returned, and not handed in again."""
    MISSING = "missing"
    """未报: never handed in."""
    LATE = "late"
    """逾期: missing or returned, and its day has passed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task's newest report of a kind stands."""

    task: int
    plan: int
    due_on: date
    report: int | None
    received: bool
    returned: bool

    def boxes(self, today: date) -> frozenset[Box]:
        """Give every list the task stands in."""
        if self.report is None or self.returned:
            missing = Box.MISSING if self.report is None else Box.RETURNED
            late = {Box.LATE} if self.due_on < today else set()
            return frozenset({Box.DUE, missing, *late})
        return frozenset({Box.DUE, Box.HANDED_IN, Box.RECEIVED if self.received else Box.PENDING})


@dataclass(frozen=True, slots=True)
class Owed:
    """A task and the report it owes, with the newest one it handed in.

    Attributes:
        line: The task.
        version: The task's version.
        due_on: By which day.
        original_due_on: By which day at first.
        report: The newest report of this kind.
        report_due_on: The day it was owed by when it was filed; a new one where the one before was returned.
        reported_on: The day that counts.
        filed_at: When its last signature was given.
        by_completion: Whether a completion counts as it.
        receipt: Its receipt's number.
        received_at: When it was received.
        returned_at: When it was returned.
        return_reason: Why.
    """

    line: TaskLine
    version: int
    due_on: date
    original_due_on: date
    report: int | None
    report_due_on: date | None
    reported_on: date | None
    filed_at: datetime | None
    by_completion: bool
    receipt: str | None
    received_at: datetime | None
    returned_at: datetime | None
    return_reason: str

    @property
    def filed_late(self) -> bool:
        """Whether the newest report was filed after the day it was owed by itself.

        One that was returned and filed again by its new day is in time, whatever the date for everybody was.
        """
        owed_by = self.report_due_on or self.original_due_on
        return self.reported_on is not None and self.reported_on > owed_by

    def boxes(self, today: date) -> frozenset[Box]:
        """Give every list this task stands in."""
        return self.standing.boxes(today)

    @property
    def standing(self) -> Standing:
        """Where the report stands, without the task's own words."""
        taken = self.received_at is not None
        returned = self.returned_at is not None
        return Standing(self.line.task, self.line.plan, self.due_on, self.report, taken, returned)


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A date for everybody of a plan."""

    plan: int
    plan_title: str
    year: int
    kind: str
    due_on: date
    what: str


def milestones(
    connection: Connection, actor: Actor, plans: Iterable[int] | None = None
) -> tuple[MilestoneLine, ...]:
    """Give the dates of the newest plans, or of some plans, in the order of plans and days."""
    own = plan.c.organisation_id == actor.organisation
    newest = select(plan.c.id).where(own).order_by(plan.c.year.desc(), plan.c.id.desc()).limit(_PLANS_SHOWN)
    chosen = newest.scalar_subquery() if plans is None else list(plans)
    statement = (
        select(
            milestone.c.plan_id,
            plan.c.title,
            plan.c.year,
            milestone.c.kind,
            milestone.c.due_on,
            milestone.c.what,
        )
        .join_from(milestone, plan, plan.c.id == milestone.c.plan_id)
        .where(own, plan.c.id.in_(chosen))
        .order_by(plan.c.year.desc(), plan.c.id.desc(), milestone.c.due_on, milestone.c.id)
    )
    return tuple(MilestoneLine(*row) for row in connection.execute(statement))


def standings(
    connection: Connection, actor: Actor, plans: Collection[int], kind: str
) -> tuple[Standing, ...]:
    """Give where the reports of a kind stand, over many plans in one query; for counting."""
    return tuple(
        Standing(
            task=row.id,
            plan=row.plan_id,
            due_on=row.due_on,
            report=row.report,
            received=row.received_at is not None,
            returned=row.returned_at is not None,
        )
        for row in connection.execute(_owing(actor, plans, kind))
    )


def owed(connection: Connection, actor: Actor, in_plan: int, kind: str) -> tuple[Owed, ...]:
    """Give every task of a plan that owes a report by a milestone, in the plan's order."""
    found = {row.id: row for row in connection.execute(_owing(actor, [in_plan], kind))}
    if not found:
        return ()
    listed = lines(connection, actor, task.c.id.in_(list(found)), order=(task.c.number,), most=_MOST_TASKS)
    return tuple(_owed(line, found[line.task]) for line in listed)


def _owed(line: TaskLine, row: Any) -> Owed:  # noqa: ANN401  # A row of the statement below.
    return Owed(
        line=line,
        version=row.version,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        report=row.report,
        report_due_on=row.report_due_on,
        reported_on=row.reported_on,
        filed_at=row.filed_at,
        by_completion=bool(row.by_completion),
        receipt=row.receipt_number,
        received_at=row.received_at,
        returned_at=row.returned_at,
        return_reason=row.return_reason or "",
    )


def _owing(actor: Actor, plans: Collection[int], kind: str) -> Select[Any]:
    """Give tasks with the newest clock of a kind and the newest report of this round."""
    return (
        select(
            task.c.id,
            task.c.plan_id,
            task.c.version,
            deadline.c.due_on,
            deadline.c.original_due_on,
            report.c.id.label("report"),
            report.c.due_on.label("report_due_on"),
            report.c.reported_on,
            report.c.filed_at,
            report.c.by_completion,
            report.c.receipt_number,
            report.c.received_at,
            report.c.returned_at,
            report.c.return_reason,
        )
        .join_from(task, deadline, and_(deadline.c.task_id == task.c.id, deadline.c.kind == kind))
        .join(report, report.c.id == _newest_report(REPORT_OF[kind]), isouter=True)
        .where(
            task.c.plan_id.in_(sorted(plans)),
            task.c.state != "cancelled",
            deadline.c.visit == _newest_visit(kind),
            visible_tasks(actor),
        )
        .order_by(task.c.plan_id, task.c.number)
    )


def _newest_visit(kind: str) -> ColumnElement[Any]:
    others = deadline.alias()
    return (
        select(func.max(others.c.visit))
        .where(others.c.task_id == task.c.id, others.c.kind == kind)
        .correlate(task)
        .scalar_subquery()
    )


def _newest_report(kind: str) -> ColumnElement[Any]:
    others = report.alias()
    return (
        select(func.max(others.c.id))
        .where(others.c.task_id == task.c.id, others.c.kind == kind)
        .correlate(task)
        .scalar_subquery()
    )
