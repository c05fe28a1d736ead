"""Which task a proposal or a report belongs to, where the actor may see that task."""

from __future__ import annotations

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.scope import visible_tasks
from storage.tables import proposal, report, task


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
