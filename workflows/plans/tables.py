"""Tells ledgers, forms and mere layout apart, and gives the tasks of the first two.

A table that is neither is read as the paragraphs in its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.plans import form, ledger
from workflows.plans.document import Paragraph, Table
from workflows.plans.ledger import Columns, Found


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table whose cells are understood.

    Attributes:
        table: The table.
        columns: What its columns hold; ``None`` where it is a form with labels beside their values.
    """

    table: Table
    columns: Columns | None


def recognise(blocks: Iterable[Paragraph | Table]) -> list[Paragraph | Recognised]:
    """Give the blocks of a document with its tables understood, or as paragraphs."""
    found: list[Paragraph | Recognised] = []
    before: Columns | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        columns = ledger.columns_of(block, before)
        before = columns or before
        if columns is not None or form.is_form(block):
            found.append(Recognised(block, columns))
        else:
            found += _paragraphs(block)
    return found


def rows(recognised: Recognised) -> Iterator[Found]:
    """Give the tasks of a table."""
    if recognised.columns is None:
        return form.entries(recognised.table)
    return ledger.rows(recognised.table, recognised.columns)


def _paragraphs(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        pieces = [row.line] if row.line else [piece for cell in row.cells for piece in cell.pieces]
        yield from (Paragraph(piece) for piece in pieces)
