"""Which task a proposal or a report belongs to, where the actor may see that task."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.scope import visible_tasks
from storage.tables import proposal, report, task


@dataclass(frozen=True, slots=True)
class Belonging:
    """A proposal by what one calls it: its move, and number and objective of its task."""

    trigger: str
    task: int
    number: int
    objective: str


def tasks_of_proposals(
    connection: Connection, actor: Actor, numbers: Collection[int]
) -> dict[int, Belonging]:
    """Give for each proposal that the actor may see what it belongs to, open or not; one query."""
    statement = (
        select(proposal.c.id, proposal.c.trigger, task.c.id.label("task"), task.c.number, task.c.objective)
        .join_from(proposal, task, proposal.c.task_id == task.c.id)
        .where(proposal.c.id.in_(sorted(numbers)), visible_tasks(actor))
    )
    rows = connection.execute(statement).all()
    return {row.id: Belonging(row.trigger, row.task, row.number, row.objective) for row in rows}


def task_of_proposal(connection: Connection, actor: Actor, number: int) -> int:
    """Give the task a proposal is about.

    Raises:
        NotFoundError: There is no such proposal that this actor may see.
    """
    statement = (
        select(task.c.id)
        .join(proposal, proposal.c.task_id == task.c.id)
        .where(proposal.c.id == number, visible_tasks(actor))
    )
    found = connection.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFoundError("proposal_not_found", proposal=number)
    return int(found)


def task_of_report(connection: Connection, actor: Actor, number: int) -> int:
    """Give the task a report is about.

    Raises:
        NotFoundError: There is no such report that this actor may see.
    """
    statement = (
        select(task.c.id)
        .join(report, report.c.task_id == task.c.id)
        .where(report.c.id == number, visible_tasks(actor))
    )
    found = connection.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFoundError("report_not_found", report=number)
    return int(found)
