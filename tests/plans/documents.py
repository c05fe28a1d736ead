"""Builds the documents that the tests read: texts as bytes, and the same as Word files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
from docx.document import Document
from docx.table import Table

from workflows.plans.read import read_plan
from workflows.plans.reading import PlanReading, TaskReading

Reader = Callable[[str], PlanReading]
"""Reads a text in one of the formats."""

Rows = Sequence[Sequence[str]]


def text(content: str, encoding: str = "utf-8") -> bytes:
    """A text file."""
    return content.strip("\n").encode(encoding)


def word(build: Callable[[Document], None]) -> bytes:
    """A Word file, filled by ``build``."""
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_of(content: str) -> bytes:
    """A Word file with one paragraph per line."""

    def build(document: Document) -> None:
        for line in content.strip("\n").split("\n"):
            document.add_paragraph(line)

    return word(build)


def fill(table: Table, rows: Rows) -> None:
    """Write texts into the cells of a table of a Word file."""
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            cell.text = content


def word_table(rows: Rows, *, before: Sequence[str] = ()) -> bytes:
    """A Word file with some paragraphs and one table."""

    def build(document: Document) -> None:
        for line in before:
            document.add_paragraph(line)
        fill(document.add_table(len(rows), len(rows[0])), rows)

    return word(build)


def tabs(rows: Rows) -> str:
    """A table as a spreadsheet pastes it."""
    return "\n".join("\t".join(row) for row in rows)


def bars(rows: Rows) -> str:
    """A table as Markdown writes it."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def plan(content: str, year: int | None = None) -> PlanReading:
    """What is read of a text."""
    return read_plan("plan.txt", text(content), year)


def only(content: str, year: int | None = None) -> TaskReading:
    """The one task of a text."""
    (task,) = plan(content, year).tasks
    return task


def asked(reading: PlanReading) -> list[tuple[int | None, str]]:
    """What a person is asked, gaps apart."""
    return [
        (question.task, question.code) for question in reading.questions if "missing" not in question.code
    ]
