"""Writes the year-end report (全年情况) as .docx.

Loads python-docx; import it only where documents are made.
"""

from __future__ import annotations

from workflows.documents.paper import OfficialPaper
from workflows.documents.parts import Headings, basis_of, describe, remark, report_measures
from workflows.documents.records import CriterionOutlook, YearEndReport
from workflows.documents.wording import day, say

_COLUMNS = ("number", "criterion", "done", "why", "next_step", "expected")
_WIDTHS = (12, 48, 18, 26, 26, 26)


def write_year_end_report(report: YearEndReport) -> bytes:
    """Write the report; the same record gives the same bytes.

    Raises:
        ValueError: Progress is told twice for one measure, or for one that the task does not have.
    """
    task = report.task
    paper = OfficialPaper(say("year_end.title"), report.made_on, task.lead_department)
    headings = Headings(paper)
    paper.addressee(report.addressee or say("common.office"))
    paper.text(say("year_end.intro", basis=basis_of(task), number=task.number))
    describe(paper, headings, task)
    remark(paper, headings, report.suspension, "common.suspension")
    headings.next(say("year_end.criteria"))
    done = sum(criterion.done for criterion in report.criteria)
    total = len(report.criteria)
    paper.text(say("year_end.summary", total=total, done=done, open=total - done))
    paper.table(
        [say(f"year_end.{name}") for name in _COLUMNS], [_row(each) for each in report.criteria], _WIDTHS
    )
    if report.progress:
        report_measures(paper, headings, task, report.progress)
    remark(paper, headings, report.remark)
    paper.sign(task.lead_department)
    return paper.to_bytes()


def _row(outlook: CriterionOutlook) -> tuple[str, ...]:
    return (
        str(outlook.criterion),
        outlook.text,
        say("year_end.yes" if outlook.done else "year_end.no"),
        outlook.why,
        outlook.next_step,
        day(outlook.expected_on) if outlook.expected_on else "",
    )
