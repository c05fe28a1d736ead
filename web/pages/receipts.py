"""The numbered receipt of a report that the performance office has received; meant to be printed."""

from __future__ import annotations

from flask import Blueprint, render_template

from engine.errors import NotFoundError
from storage.queries.task.belonging import task_of_report
from web.actor import actor
from web.context import config, today, wording
from web.pages.tasks import around_of
from web.permissions import Permission, permitted
from web.reading.bundles import bundle_view
from web.reading.task import read_task

blueprint = Blueprint("receipts", __name__, url_prefix="/reports")


@blueprint.get("/<int:report>/receipt")
@permitted(Permission.TASK_READ)
def page(report: int) -> str:
    """Show the receipt of a report.

    Raises:
        NotFoundError: There is no such report, or it was not received.
    """
    with config().database.read() as connection:
        task = task_of_report(connection, actor(), report)
    reading = read_task(config().database, actor(), task, today())
    row = next((r for r in reading.reports if r.report == report and r.received_at is not None), None)
    if row is None:
        raise NotFoundError("report_not_found", report=report)
    filed = next(r for r in reading.revisions if r.proposal == row.proposal and r.newest)
    return render_template(
        "receipts/page.html",
        reading=reading,
        row=row,
        filed=filed,
        content=bundle_view(filed.bundle, around_of(reading)),
        words=wording(reading.names),
    )
