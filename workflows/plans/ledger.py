"""Reads tables that have one task per row: which column is what, which row goes on with the row above.

It must not know what a value means. Where the file says which cells are merged, that counts; in text an empty
类别 means "as above" and every other empty cell means that nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workflows.plans import labels, marks
from workflows.plans.document import Cell, Row, Table
from workflows.plans.entries import CONTENT, OPENERS, Entry
from workflows.plans.label_words import Field
from workflows.plans.marks import MarkKind
from workflows.plans.pieces import Piece, fold

_HEADER_WITHIN = 6
_DIVIDER = re.compile(r"[/、及和与\n]")
_AS_ABOVE = re.compile(r"(?:同上|同前|如上|同上栏|同上行|[〃″\"“”'']{1,2})[。]?")
_NO_TASK = re.compile(r"(?:注|备注|说明|合计|小计|总计|填报|填表|审核|联系人|单位负责人)")
_DATED = re.compile(r"\s*\d{1,2}(?:[-~至到]\d{1,2})?月")
_TWO_TASKS = {Field.DEPARTMENTS, Field.LEAD}
_PEOPLE = {Field.PERSON, Field.LEADERS, Field.HANDLERS}


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a ledger holds.

    Attributes:
        fields: Per column; empty where its head says nothing known.
        heads: Per column, the words of its head.
        tolerated: Per column, the right word where its head has one wrong character.
        first: Index of the first row below the heads.
    """

    fields: tuple[tuple[Field, ...], ...]
    heads: tuple[Piece | None, ...]
    tolerated: tuple[str, ...]
    first: int

    def having(self, *fields: Field) -> list[int]:
        """Give the columns that hold any of these fields."""
        return [index for index, held in enumerate(self.fields) if any(one in fields for one in held)]


@dataclass(slots=True)
class Found:
    """One task of a table.

    Attributes:
        entries: Its values.
        section: The row above that only carries a heading.
        shifted: The row's words where its cells may have slipped.
    """

    entries: list[Entry] = field(default_factory=list)
    section: Piece | None = None
    shifted: Piece | None = None


def columns_of(table: Table, before: Columns | None = None) -> Columns | None:
    """Give the columns of a table that is a ledger; ``None`` where it is none.

    Args:
        table: The table.
        before: The columns of the ledger before it, which goes on here where this table has no heads.
    """
    for index, row in enumerate(table.rows[:_HEADER_WITHIN]):
        head = _head(row)
        if _is_head(head):
            return _with_second_row(table, index, head)
    if before is not None and _goes_on(table, before):
        return Columns(before.fields, before.heads, before.tolerated, 0)
    return None


def _goes_on(table: Table, before: Columns) -> bool:
    """Tell whether a table without heads is the rest of the ledger before it: as wide, and numbered."""
    wide = {sum(cell.columns for cell in row.cells) for row in table.rows}
    numbers = before.having(Field.NUMBER)
    if wide != {len(before.fields)} or not numbers:
        return False
    return all(fold(_grid(table.rows[0], 0)[at].text).isdecimal() for at in numbers)


_Head = list[tuple[tuple[Field, ...], Piece | None, str]]


def _head(row: Row) -> _Head:
    found: _Head = []
    for cell in row.cells:
        fields, tolerated = _fields(fold(cell.text))
        found.append((fields, cell.pieces[0] if cell.pieces else None, tolerated))
        found += [((), None, "")] * (cell.columns - 1)
    return found


def _fields(text: str) -> tuple[tuple[Field, ...], str]:
    label = labels.known(text) if text else None
    if label is not None:
        return (label.field,), label.tolerated
    parts = [
        labels.known(part, tolerant=False) for part in _DIVIDER.split(text.replace("(", "/").replace(")", ""))
    ]
    fields = tuple(dict.fromkeys(part.field for part in parts if part is not None))
    if not fields[1:] or None in parts:
        return (), ""
    if _TWO_TASKS & set(fields) and _PEOPLE & set(fields):
        return (Field.OWNER,), ""
    if Field.MEASURES in fields and {Field.DEADLINE, Field.SCHEDULE} & set(fields):
        return (Field.MEASURES, Field.SCHEDULE), ""
    return fields[:1], ""


def _is_head(head: _Head) -> bool:
    known = [bool(fields) for fields, _, _ in head]
    filled = [piece is not None and bool(piece.text.strip()) for _, piece, _ in head]
    # 责任领导 | 张三 | 责任部门 | 办公室 is a row of a form, not a head.
    alternating = len(known) % 2 == 0 and all(known[0::2]) and not any(known[1::2])
    content = any(set(fields) & CONTENT for fields, _, _ in head)
    return content and sum(known) > 1 and 2 * sum(known) >= sum(filled) and not alternating


def _with_second_row(table: Table, index: int, head: _Head) -> Columns:
    first = index + 1
    if first < len(table.rows):
        second = _head(table.rows[first])
        own = [at for at, (_, piece, _) in enumerate(second) if piece is not None and piece.text.strip()]
        merged = _grid(table.rows[first], len(head))
        own = [at for at in own if at < len(merged) and not merged[at].above]
        if own and len(second) == len(head) and all(second[at][0] for at in own):
            head = [second[at] if at in own else one for at, one in enumerate(head)]
            first += 1
    fields, heads, tolerated = zip(*head, strict=True)
    return Columns(fields, heads, tolerated, first)


def _grid(row: Row, width: int) -> list[Cell]:
    """Give one cell per column; a cell over several columns stands in the first of them."""
    cells: list[Cell] = []
    for cell in row.cells:
        cells += [cell, *[Cell(above=cell.above)] * (cell.columns - 1)]
    return [*cells, *[Cell()] * (width - len(cells))]


def rows(table: Table, columns: Columns) -> Iterator[Found]:
    """Give the tasks of a ledger; a row that names no task of its own goes on with the one above."""
    reader = _Rows(table, columns)
    for row in table.rows[columns.first :]:
        done = reader.row(row)
        if done is not None:
            yield done
    if reader.task is not None:
        yield reader.task


class _Rows:
    """Where in a ledger the reading stands."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self.table = table
        self.columns = columns
        self.identity = columns.having(*OPENERS)
        self.last: dict[int, Cell] = {}
        self.section: Piece | None = None
        self.task: Found | None = None

    def row(self, row: Row) -> Found | None:
        """Take one row; give the task that it ends."""
        cells, shifted = self._cells(row)
        filled = [index for index, cell in enumerate(cells) if cell.text]
        if not filled or self._is_head_again(row):
            return None
        if self._is_heading(row, cells, filled):
            piece = cells[filled[0]].pieces[0].trimmed()
            mark = marks.leading(piece.folded)
            if not _NO_TASK.match(piece.folded):
                self.section = piece.part(mark.end).trimmed() if mark else piece
                self.last.clear()
            return None
        own = [index for index in self.identity if cells[index].text and not cells[index].above]
        goes_on = self.task is not None and bool(self.identity) and not own
        ended = None if goes_on else self.task
        if not goes_on:
            self.task = Found(section=self.section)
        if self.task is not None:
            self._enter(self.task, cells, goes_on=goes_on)
            self.task.shifted = self.task.shifted or shifted
        return ended

    def _enter(self, task: Found, cells: list[Cell], *, goes_on: bool) -> None:
        for index, fields in enumerate(self.columns.fields):
            cell = self._effective(index, cells[index], goes_on=goes_on)
            if not cell.text:
                continue
            for one in fields:
                task.entries.append(
                    Entry(one, list(cell.pieces), self.columns.heads[index], self.columns.tolerated[index])
                )

    def _effective(self, index: int, cell: Cell, *, goes_on: bool) -> Cell:
        as_above = _AS_ABOVE.fullmatch(fold(cell.text)) is not None
        inherits = cell.above or as_above or (not cell.text and Field.CATEGORY in self.columns.fields[index])
        if inherits:
            return Cell() if goes_on else self.last.get(index, Cell())
        if cell.text:
            self.last[index] = cell
        elif not goes_on:
            self.last.pop(index, None)
        return cell

    def _is_head_again(self, row: Row) -> bool:
        head = _head(row)
        return _is_head(head) and all(fields for fields, piece, _ in head if piece is not None)

    def _is_heading(self, row: Row, cells: list[Cell], filled: list[int]) -> bool:
        """Tell whether a row only carries a heading for those below."""
        if len(filled) != 1:
            return False
        cell = cells[filled[0]]
        if len(row.cells) == 1 or 2 * cell.columns > len(self.columns.fields):
            return True
        mark = marks.leading(fold(cell.text))
        return filled[0] == 0 and mark is not None and mark.kind in {MarkKind.CHAPTER, MarkKind.BRACKET}

    def _cells(self, row: Row) -> tuple[list[Cell], Piece | None]:
        """Give one cell per column, and the row's words where nobody can be sure which cell is which."""
        width = len(self.columns.fields)
        cells = _grid(row, 0)
        if self.table.ruled or len(cells) == width or len(row.cells) == 1:
            return _grid(row, width)[:width], None
        words = next((cell.pieces[0] for cell in row.cells if cell.pieces), None)
        if len(cells) > width:
            return cells[:width], words if any(cell.text for cell in cells[width:]) else None
        missing = width - len(cells)
        left, right = [*cells, *[Cell()] * missing], [*[Cell()] * missing, *cells]
        sure_left, sure_right = self._fits(left), self._fits(right)
        if sure_left > sure_right:
            return left, None
        return right, None if sure_right > sure_left else words

    def _fits(self, cells: list[Cell]) -> int:
        """Count what speaks for an alignment: numbers, dates and dated measures where the column has such."""
        score = 0
        for index in self.columns.having(Field.NUMBER):
            score += 1 if re.fullmatch(r"\d{1,3}", fold(cells[index].text)) else -1
        for index in self.columns.having(Field.DEADLINE):
            score += 1 if re.search(r"[年月日]|立行|长期|持续", cells[index].text) else 0
        for index in self.columns.having(Field.SCHEDULE):
            score += 1 if _DATED.match(fold(cells[index].text)) else -1
        return score
