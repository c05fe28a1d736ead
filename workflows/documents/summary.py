"""Writes the performance office's summary report of a milestone as .docx.

Loads python-docx; import it only where documents are made.
"""

from __future__ import annotations

from workflows.documents.paper import OfficialPaper
from workflows.documents.parts import Headings, remark
from workflows.documents.records import MilestoneRow, MilestoneSummary, ReportStatus
from workflows.documents.wording import day, listed, say


def write_summary_report(summary: MilestoneSummary) -> bytes:
    """Write the report; the same record gives the same bytes."""
    title = say("summary.title", milestone=summary.milestone)
    paper = OfficialPaper(title, summary.made_on, summary.department)
    headings = Headings(paper)
    paper.addressee(summary.addressee)
    due = day(summary.due_on)
    paper.text(say("summary.intro", plan=summary.plan_title, milestone=summary.milestone, day=due))
    headings.next(say("summary.overview"))
    paper.text(_counts(summary))
    _name_those(paper, headings, summary, ReportStatus.MISSING)
    _name_those(paper, headings, summary, ReportStatus.RETURNED)
    headings.next(say("summary.tasks"))
    for row in summary.rows:
        _report_task(paper, row)
    remark(paper, headings, summary.comment, "summary.comment")
    paper.sign(summary.department)
    return paper.to_bytes()


def _counts(summary: MilestoneSummary) -> str:
    return say(
        "summary.counts",
        due=len(summary.rows),
        handed_in=summary.count(ReportStatus.RECEIVED, ReportStatus.HANDED_IN),
        received=summary.count(ReportStatus.RECEIVED),
        waiting=summary.count(ReportStatus.HANDED_IN),
        returned=summary.count(ReportStatus.RETURNED),
        missing=summary.count(ReportStatus.MISSING),
    )


def _name_those(
    paper: OfficialPaper, headings: Headings, summary: MilestoneSummary, status: ReportStatus
) -> None:
    """Name the tasks with a status, so that nobody has to look for them in the list."""
    rows = [row for row in summary.rows if row.status is status]
    if rows:
        headings.next(say(f"summary.{status}"))
    for row in rows:
        paper.text(
            say(
                "summary.named",
                number=row.number,
                objective=" ".join(row.objective.split()),
                department=row.lead_department,
                leaders=listed(row.leaders),
            )
        )


def _report_task(paper: OfficialPaper, row: MilestoneRow) -> None:
    paper.heading(say("summary.task", number=row.number, objective=row.objective), level=2)
    status = say(f"status.{row.status}")
    leaders = listed(row.leaders)
    paper.text(say("summary.responsible", department=row.lead_department, leaders=leaders, status=status))
    for label, text in (
        ("common.progress", row.progress),
        ("common.problems", row.problems),
        ("common.next_step", row.next_step),
    ):
        if text.strip():
            paper.text(text, say(label))
