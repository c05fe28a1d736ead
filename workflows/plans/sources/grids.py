"""Finds tables in lines of text: cells divided by tabs, as spreadsheets paste them, or by Markdown's bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.plans.pieces import Piece

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_LONGEST_CELL_LINES = 40
_NARROWEST = 3
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its cells, each a list of pieces, and the whole line where the row is one."""

    cells: tuple[tuple[Piece, ...], ...]
    line: Piece | None


def at(lines: Sequence[str], index: int) -> tuple[list[GridRow], int]:
    """Give the rows of the table that begins at a line, and the line behind it; no rows where none begins."""
    if index + 1 < len(lines) and "|" in lines[index] and _RULE.fullmatch(lines[index + 1]):
        return _bars(lines, index)
    if "\t" in lines[index].strip("\t "):
        rows, after = _tabs(lines, index)
        return (rows, after) if len(rows) > 1 else ([], index)
    return [], index


def _bars(lines: Sequence[str], index: int) -> tuple[list[GridRow], int]:
    rows: list[GridRow] = []
    width = 0
    while index < len(lines) and "|" in lines[index]:
        if not _RULE.fullmatch(lines[index]):
            cells = _bar_cells(Piece(lines[index], index + 1))
            width = width or len(cells)
            # Markdown leaves out cells at the end of a row, never at its beginning.
            rows.append(GridRow((*cells, *[()] * (width - len(cells))), Piece(lines[index], index + 1)))
        index += 1
    return rows, index


def _bar_cells(line: Piece) -> tuple[tuple[Piece, ...], ...]:
    inner = line.trimmed()
    inner = inner.part(1) if inner.text.startswith("|") else inner
    inner = inner.part(0, -1) if inner.text.endswith("|") and not inner.text.endswith("\\|") else inner
    cells: list[tuple[Piece, ...]] = []
    begin = 0
    for bar in [*(match.start() for match in re.finditer(r"(?<!\\)\|", inner.text)), len(inner.text)]:
        cells.append(_broken(inner.part(begin, bar)))
        begin = bar + 1
    return tuple(cells)


def _broken(cell: Piece) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    begin = 0
    for match in _LINE_BREAK.finditer(cell.text):
        pieces.append(cell.part(begin, match.start()).trimmed())
        begin = match.end()
    pieces.append(cell.part(begin).trimmed())
    return tuple(piece for piece in pieces if piece.text)


def _tabs(lines: Sequence[str], index: int) -> tuple[list[GridRow], int]:
    rows: list[GridRow] = []
    while index < len(lines):
        if "\t" in lines[index]:
            row, index = _tab_row(lines, index)
            rows.append(row)
        elif _goes_on(lines, index, len(rows[0].cells) if rows else 0):
            piece = Piece(lines[index], index + 1)
            rows.append(GridRow(((piece.trimmed(),),), piece))
            index += 1
        else:
            break
    return rows, index


def _goes_on(lines: Sequence[str], index: int, width: int) -> bool:
    """Tell whether a line without tabs is a heading between the rows of a table and not the end of it."""
    if not lines[index].strip() or index + 1 >= len(lines):
        return False
    return lines[index + 1].count("\t") + 1 == width >= _NARROWEST


def _tab_row(lines: Sequence[str], index: int) -> tuple[GridRow, int]:
    """Take one row; a cell in quotation marks may go over several lines, as spreadsheets paste it."""
    cells: list[list[Piece]] = []
    start = index
    quoted = False
    while True:
        line = Piece(lines[index], index + 1)
        begin = 0
        for stop in [*(match.start() for match in re.finditer("\t", line.text)), len(line.text)]:
            part = line.part(begin, stop)
            if quoted and begin == 0:
                cells[-1].append(part)
            else:
                cells.append([part])
            quoted = _is_open(cells[-1])
            begin = stop + 1
        index += 1
        if not quoted or index >= len(lines) or index - start > _LONGEST_CELL_LINES:
            break
    if quoted and index - start > 1:
        # The quotation mark was never closed: it was no spreadsheet's, so the line stands for itself.
        return _plain_row(lines, start), start + 1
    line_piece = Piece(lines[start], start + 1) if index - start == 1 else None
    return GridRow(tuple(_unquoted(cell) for cell in cells), line_piece), index


def _plain_row(lines: Sequence[str], index: int) -> GridRow:
    line = Piece(lines[index], index + 1)
    cells: list[tuple[Piece, ...]] = []
    begin = 0
    for stop in [*(match.start() for match in re.finditer("\t", line.text)), len(line.text)]:
        part = line.part(begin, stop).trimmed()
        cells.append((part,) if part.text else ())
        begin = stop + 1
    return GridRow(tuple(cells), line)


def _is_open(cell: Sequence[Piece]) -> bool:
    return cell[0].text.startswith('"') and sum(piece.text.count('"') for piece in cell) % 2 == 1


def _unquoted(cell: list[Piece]) -> tuple[Piece, ...]:
    if len(cell) > 1:
        cell[0] = cell[0].part(1)
        cell[-1] = cell[-1].part(0, len(cell[-1].text.rstrip()) - 1)
    return tuple(piece for piece in (piece.trimmed() for piece in cell) if piece.text)
