"""Writes the mid-term report (中期进度) as .docx.

Loads python-docx; import it only where documents are made.
"""

from __future__ import annotations

from workflows.documents.paper import OfficialPaper
from workflows.documents.parts import Headings, basis_of, describe, remark, report_measures
from workflows.documents.records import MidTermReport
from workflows.documents.wording import day, say


def write_mid_term_report(report: MidTermReport) -> bytes:
    """Write the report; the same record gives the same bytes.

    Raises:
        ValueError: Progress is told twice for one measure, or for one that the task does not have.
    """
    task = report.task
    paper = OfficialPaper(say("mid_term.title"), report.made_on, task.lead_department)
    headings = Headings(paper)
    paper.addressee(report.addressee or say("common.office"))
    paper.text(say("mid_term.intro", basis=basis_of(task), number=task.number, day=day(report.made_on)))
    describe(paper, headings, task)
    remark(paper, headings, report.suspension, "common.suspension")
    report_measures(paper, headings, task, report.progress)
    remark(paper, headings, report.remark)
    paper.sign(task.lead_department)
    return paper.to_bytes()
