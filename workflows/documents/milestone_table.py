"""Writes the summary table (汇总表) of a milestone as .xlsx.

Loads openpyxl; import it only where tables are made.
"""

from __future__ import annotations

from datetime import date

from workflows.documents.records import MilestoneRow, MilestoneSummary, ReportStatus
from workflows.documents.sheet import Column, Table, write_sheet
from workflows.documents.wording import day, listed, say

_COLUMNS = {
    "number": 6,
    "objective": 30,
    "lead": 18,
    "leaders": 12,
    "status": 12,
    "handed_in_on": 12,
    "received_on": 12,
    "receipt": 16,
    "progress": 44,
    "problems": 30,
    "next_step": 30,
    "task_due_on": 12,
    "task_original_due_on": 12,
}


def write_milestone_table(summary: MilestoneSummary, language: str = "zh") -> bytes:
    """Write the table; the same record gives the same bytes.

    Args:
        summary: What it shows.
        language: ``zh`` or ``en``, for headings and lists.
    """
    section = "milestone_table"
    table = Table(
        name=say(f"{section}.sheet", language),
        title=say(f"{section}.title", language, plan=summary.plan_title, milestone=summary.milestone),
        remark=say(
            f"{section}.made",
            language,
            due=day(summary.due_on, language),
            day=day(summary.made_on, language),
            total=len(summary.rows),
            handed_in=summary.count(ReportStatus.RECEIVED, ReportStatus.HANDED_IN),
            returned=summary.count(ReportStatus.RETURNED),
            missing=summary.count(ReportStatus.MISSING),
        ),
        columns=[Column(say(f"{section}.{name}", language), width) for name, width in _COLUMNS.items()],
        rows=[_row(row, language) for row in summary.rows],
    )
    return write_sheet(table, summary.made_on)


def _row(row: MilestoneRow, language: str) -> tuple[str | int | date | None, ...]:
    return (
        row.number,
        row.objective,
        row.lead_department,
        listed(row.leaders, language),
        say(f"status.{row.status}", language),
        row.handed_in_on,
        row.received_on,
        row.receipt,
        row.progress,
        row.problems,
        row.next_step,
        row.task_due_on,
        row.task_original_due_on,
    )
