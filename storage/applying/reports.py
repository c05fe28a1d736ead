"""Reports as rows: filed, received under a number, returned."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, update

from storage.applying.context import Context
from storage.counters import next_number
from storage.tables import report
from workflows.rectification.records import ReportFiled, ReportReceived, ReportReturned

RECEIPT = "receipt"
"""The counter of receipt numbers."""

_FILE = insert(report)
_RECEIVE = (
    update(report)
    .where(report.c.id == bindparam("row"))
    .values(receipt_number=bindparam("given"), received_at=bindparam("now"), received_by=bindparam("by"))
)
_RETURN = (
    update(report)
    .where(report.c.id == bindparam("row"))
    .values(
        returned_at=bindparam("now"),
        returned_by=bindparam("by"),
        return_reason=bindparam("words"),
        new_due_on=bindparam("day"),
    )
)


def file(context: Context, filed: ReportFiled, proposal: int | None) -> None:
    """Write a report that was filed with a proposal."""
    task = context.case.task
    row = {
        "organisation_id": task.organisation,
        "plan_id": task.plan,
        "task_id": task.task,
        "round": task.round,
        "kind": filed.kind,
        "proposal_id": proposal,
        "by_completion": filed.by_completion,
        "while_suspended": filed.while_suspended,
        "due_on": filed.due_on,
        "reported_on": filed.reported_on,
        "filed_at": context.now,
        "return_reason": "",
    }
    context.connection.execute(_FILE, row)


def receive(context: Context, received: ReportReceived) -> str:
    """Write that a report was received, and give its receipt number."""
    number = next_number(context.connection, context.organisation, RECEIPT, received.year)
    given = f"接收〔{received.year}〕{number}号"
    values = {
        "row": received.report,
        "given": given,
        "now": context.now,
        "by": context.actor.person,
    }
    context.connection.execute(_RECEIVE, values)
    return given


def return_(context: Context, returned: ReportReturned) -> None:
    """Write that a report is wanted again, why, and by which day."""
    values = {
        "row": returned.report,
        "now": context.now,
        "by": context.actor.person,
        "words": returned.reason,
        "day": returned.new_due_on,
    }
    context.connection.execute(_RETURN, values)
