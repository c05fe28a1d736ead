"""Writes what a verifier found as .docx: the record (核验记录), or the written opinion (书面意见).

Loads python-docx; import it only where documents are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.documents.paper import OfficialPaper
from workflows.documents.parts import Headings, basis_of, describe, remark
from workflows.documents.records import TaskHeading
from workflows.documents.wording import day, say

_COLUMNS = ("number", "criterion", "verdict", "note")
_WIDTHS = (12, 62, 22, 60)


@dataclass(frozen=True, slots=True)
class Finding:
    """How one criterion was judged: ``met``, ``partly`` or ``not_met``; empty where nobody judged it."""

    criterion: int
    text: str
    verdict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a verifier found.

    Attributes:
        task: What every document says of its task.
        made_on: The day that stands under it.
        office: The office that judges, as it signs.
        verifier: Who judged.
        findings: Every criterion.
        remark: Further words; of a written opinion what is to be done.
        rework: Whether the task goes back into work.
        new_due_on: The new day, where it goes back.
    """

    task: TaskHeading
    made_on: date
    office: str
    verifier: str
    findings: tuple[Finding, ...]
    remark: str = ""
    rework: bool = False
    new_due_on: date | None = None


def write_judgement(judgement: Judgement) -> bytes:
    """Write the record or the opinion; the same judgement gives the same bytes."""
    task = judgement.task
    title = say("judgement.opinion_title" if judgement.rework else "judgement.record_title")
    paper = OfficialPaper(title, judgement.made_on, judgement.office)
    headings = Headings(paper)
    department = task.lead_department
    paper.text(say("judgement.intro", basis=basis_of(task), department=department, number=task.number))
    describe(paper, headings, task)
    headings.next(say("judgement.criteria"))
    rows = [
        (str(found.criterion), found.text, _verdict(found.verdict), found.note)
        for found in judgement.findings
    ]
    paper.table([say(f"judgement.{name}") for name in _COLUMNS], rows, _WIDTHS)
    headings.next(say("judgement.conclusion"))
    paper.text(_conclusion(judgement))
    remark(paper, headings, judgement.remark)
    paper.text(say("judgement.verifier", name=judgement.verifier))
    paper.sign(judgement.office)
    return paper.to_bytes()


def _verdict(code: str) -> str:
    return say(f"judgement.{code or 'unjudged'}")


def _conclusion(judgement: Judgement) -> str:
    if not judgement.rework:
        return say("judgement.verified")
    if judgement.new_due_on is None:
        return say("judgement.rework_without_day")
    return say("judgement.rework", day=day(judgement.new_due_on))
