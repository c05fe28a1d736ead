"""Reads a plan document: from a name and bytes to what was understood.

Owns the order of the steps; each step has a module of its own.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from workflows.plans import building, gathering, header, milestones, tables
from workflows.plans.assembling import assemble
from workflows.plans.dates.years import Years, events
from workflows.plans.document import Document, Paragraph
from workflows.plans.drafts import Draft
from workflows.plans.errors import UnreadablePlanError
from workflows.plans.header import Header
from workflows.plans.label_words import LOOKED_FOR
from workflows.plans.pieces import Piece, Words
from workflows.plans.reading import Place, PlanReading, Question, TaskReading
from workflows.plans.sources import kinds

_SOURCES: Final = "workflows.plans.sources"


def read_plan(name: str, data: bytes, year: int | None = None) -> PlanReading:
    """Read a plan document.

    Args:
        name: The file's name; its ending tells the format.
        data: The file's bytes.
        year: The year of dates that name none; without it the document is asked, and then a person.

    Raises:
        UnreadablePlanError: The file cannot be read, or has no tasks (``plan_without_tasks``, which names the
            labels that were looked for).
    """
    document = load(name, data)
    return understand(document, year)


def load(name: str, data: bytes) -> Document:
    """Give the paragraphs and tables of a file.

    Raises:
        UnreadablePlanError: The file cannot be read.
    """
    # The one import by name: python-docx takes 0.1 s to load, a third of what reading a text may take in all.
    reader = importlib.import_module(f"{_SOURCES}.{kinds.reader_for(name, data)}")
    document: Document = reader.read(data)
    if not document.blocks:
        raise UnreadablePlanError("plan_empty")
    return document


def understand(document: Document, year: int | None = None) -> PlanReading:
    """Give what is understood of a document that is loaded already.

    Raises:
        UnreadablePlanError: ``plan_without_tasks``.
    """
    root = building.build(tables.recognise(header.without_title(document.blocks)))
    drafts = gathering.gather(root)
    if not drafts:
        looked_for = "、".join(LOOKED_FOR)
        raise UnreadablePlanError("plan_without_tasks", looked_for=looked_for, lines=len(document.lines))
    first_task = drafts[0].begins()[0]
    head = header.read(document, first_task)
    years = _years(document, first_task, head, year)
    tasks, questions = _assembled(drafts, years)
    agreed = years.agreeing(_certain(tasks, questions))
    if agreed != years:
        tasks, questions = _assembled(drafts, agreed)
    days, asked = milestones.find(root, first_task, agreed)
    return PlanReading(
        title=_text(head.title),
        document_number=_text(head.number),
        issued_on=head.issued_on,
        basis=_text(head.basis),
        tasks=tuple(tasks),
        milestones=days,
        questions=(*questions, *asked),
        lines=document.lines,
        places=tuple(_places(head)),
    )


def _years(document: Document, first_task: int, head: Header, year: int | None) -> Years:
    """Give what the document says about its own time before its first task."""
    told = events(_before(document, first_task))
    last = max((event.day for event in told), default=None)
    return Years(given=year, written_on=head.issued_on or last, events=told)


def _before(document: Document, first_task: int) -> list[Piece]:
    paragraphs = [block.piece for block in document.blocks if isinstance(block, Paragraph)]
    return [piece for piece in paragraphs if piece.line < first_task]


def _assembled(drafts: Sequence[Draft], years: Years) -> tuple[list[TaskReading], list[Question]]:
    tasks: list[TaskReading] = []
    questions: list[Question] = []
    for number, draft in enumerate(drafts, start=1):
        task, asked = assemble(number, draft, years)
        tasks.append(task)
        questions += asked
    return tasks, questions


def _certain(tasks: Sequence[TaskReading], questions: Sequence[Question]) -> list[date]:
    """Give the deadlines that are written with their year."""
    doubted = {question.task for question in questions if question.field == "deadline"}
    return [task.deadline for task in tasks if task.deadline is not None and task.number not in doubted]


def _text(words: Words | None) -> str | None:
    return words.text if words is not None else None


def _places(head: Header) -> list[Place]:
    named = {
        "title": head.title,
        "document_number": head.number,
        "issued_on": head.issued,
        "basis": head.basis,
    }
    return [
        Place(name, 0, source)
        for name, words in named.items()
        if words is not None
        for source in words.sources
    ]
