"""Reads tables in which labels stand beside their values, one table or part of a table per task."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.plans import labels
from workflows.plans.document import Cell, Row, Table
from workflows.plans.entries import Entry, groups
from workflows.plans.ledger import Found
from workflows.plans.pieces import Piece, fold

_ENOUGH = 2


def is_form(table: Table) -> bool:
    """Tell whether at least two rows begin with a label, and no more rows without one than with one."""
    pairs = [bool(_pairs(row)) for row in table.rows if any(cell.text for cell in row.cells)]
    return sum(pairs) >= _ENOUGH and 2 * sum(pairs) >= len(pairs)


def entries(table: Table) -> Iterator[Found]:
    """Give the tasks of a form."""
    found: list[Entry] = []
    section: Piece | None = None
    for row in table.rows:
        pairs = _pairs(row)
        filled = [cell for cell in row.cells if cell.text]
        if pairs:
            found += pairs
        elif found and filled and len(filled) == len([cell for cell in row.cells if not cell.above]):
            # A row without a label goes on with the value above it (the label's cell is merged downwards).
            found[-1].pieces += [piece for cell in filled for piece in cell.pieces]
        elif not found and len(filled) == 1:
            section = filled[0].pieces[0].trimmed()
    for group in groups(found):
        yield Found(group, section)


def _pairs(row: Row) -> list[Entry]:
    cells = [cell for cell in row.cells if not cell.above]
    found: list[Entry] = []
    while len(cells) > 1:
        head, value, *cells = cells
        label = labels.known(fold(head.text), tolerant=bool(found)) if head.text else None
        if label is None:
            return found or []
        found.append(Entry(label.field, list(value.pieces), _first(head), label.tolerated, label.counted))
    return found


def _first(cell: Cell) -> Piece | None:
    return cell.pieces[0].trimmed() if cell.pieces else None
