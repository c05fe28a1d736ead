"""Reads plain text and Markdown: lines, and tables whose cells are divided by tabs or bars."""

from __future__ import annotations

import re

from workflows.plans.document import Cell, Document, Paragraph, Row, Table
from workflows.plans.pieces import Piece
from workflows.plans.sources import encodings, grids

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_LONG_BLANK = re.compile(r"[ \u3000\u00a0]{40,}")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1a\u2028\u2029\x85]")


def read(data: bytes) -> Document:
    """Read a text file.

    Raises:
        UnreadablePlanError: ``plan_encoding``: the bytes are no text in an encoding that is known.
    """
    lines = _BREAKS.split(_LONG_BLANK.sub(" " * 40, encodings.decode(data)))
    return of_lines([_BOLD.sub(r"\2", line) for line in lines])


def of_lines(lines: list[str]) -> Document:
    """Give the document that these lines are."""
    blocks: list[Paragraph | Table] = []
    index = 0
    while index < len(lines):
        grid, after = grids.at(lines, index)
        if grid:
            blocks.append(_table(grid))
            index = after
            continue
        if lines[index].strip():
            blocks.append(_paragraph(lines[index], index + 1))
        index += 1
    return Document(tuple(blocks), tuple(lines))


def _paragraph(line: str, number: int) -> Paragraph:
    heading = _HEADING.match(line)
    piece = Piece(line, number)
    if heading is None:
        return Paragraph(piece.trimmed())
    return Paragraph(piece.part(heading.end()).trimmed("#"), len(heading.group(1)))


def _table(grid: list[grids.GridRow]) -> Table:
    rows = [Row(tuple(Cell(cell) for cell in row.cells), row.line) for row in grid]
    return Table(tuple(rows))
