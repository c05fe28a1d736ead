"""Writes the completion report (报请核验) as .docx.

Loads python-docx; import it only where documents are made.
"""

from __future__ import annotations

from workflows.documents.paper import OfficialPaper
from workflows.documents.parts import Headings, basis_of, describe, remark, report_measures
from workflows.documents.records import CompletionReport, CriterionResult, EvidenceLine
from workflows.documents.wording import chinese_number, say


def write_completion_report(report: CompletionReport) -> bytes:
    """Write the report; the same record gives the same bytes.

    Raises:
        ValueError: Progress is told twice for one measure, or for one that the task does not have.
    """
    task = report.task
    paper = OfficialPaper(say("completion.title"), report.made_on, task.lead_department)
    headings = Headings(paper)
    paper.addressee(report.addressee or say("common.office"))
    paper.text(say("completion.intro", basis=basis_of(task), number=task.number))
    describe(paper, headings, task)
    headings.next(say("completion.criteria"))
    for result in report.criteria:
        _report_criterion(paper, result)
    if report.progress:
        report_measures(paper, headings, task, report.progress)
    remark(paper, headings, report.remark)
    paper.sign(task.lead_department)
    return paper.to_bytes()


def _report_criterion(paper: OfficialPaper, result: CriterionResult) -> None:
    paper.heading(f"（{chinese_number(result.criterion)}）{result.text}", level=2)
    paper.text(result.done, say("completion.done"))
    if result.target or result.reached:
        none = say("common.missing")
        reached = say("completion.reached", target=result.target or none, reached=result.reached or none)
        paper.text(reached, say("completion.target"))
    listed = [_line(number, piece) for number, piece in enumerate(result.evidence, 1)]
    paper.text("\n".join(listed), say("completion.evidence"))


def _line(number: int, piece: EvidenceLine) -> str:
    key = "completion.detailed_line" if piece.detail else "completion.line"
    return say(key, number=number, title=piece.title, kind=piece.kind, detail=piece.detail).replace("\n", " ")
