"""Writes the work plan (推进计划) as .docx.

Loads python-docx; import it only where documents are made.
"""

from __future__ import annotations

from workflows.documents.paper import OfficialPaper
from workflows.documents.parts import Headings, basis_of, by_measure, describe, period_of, remark
from workflows.documents.records import WorkPlan
from workflows.documents.wording import say

_WIDTHS = (12, 58, 32, 54)


def write_work_plan(plan: WorkPlan) -> bytes:
    """Write the plan; the same record gives the same bytes.

    Raises:
        ValueError: Progress is told twice for one measure, or for one that the task does not have.
    """
    task = plan.task
    paper = OfficialPaper(say("work_plan.title"), plan.made_on, task.lead_department)
    headings = Headings(paper)
    paper.addressee(plan.addressee or say("common.office"))
    paper.text(say("work_plan.intro", basis=basis_of(task), number=task.number))
    describe(paper, headings, task)
    headings.next(say("work_plan.steps"))
    paper.table(
        [say(f"work_plan.{name}") for name in ("number", "measure", "period", "how")],
        [
            (str(number), text, period_of(told) or say("common.missing"), told.text)
            for number, text, told in by_measure(task, plan.progress)
        ],
        _WIDTHS,
    )
    remark(paper, headings, plan.remark)
    paper.sign(task.lead_department)
    return paper.to_bytes()
