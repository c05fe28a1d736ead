"""A document as reading needs it: paragraphs and tables in their order, every word with its place.

Owns the shape alone; which file it came from is the business of ``sources``, what it means of the readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workflows.plans.pieces import Piece


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a text, or one paragraph of a word processor.

    Attributes:
        piece: Its words.
        level: Depth of the heading that its style makes it, from 1; 0 where it has no such style.
    """

    piece: Piece
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        pieces: Its lines; empty where the cell is.
        columns: How many columns of the grid it covers.
        above: Whether it only continues the cell above it (merged downwards).
    """

    pieces: tuple[Piece, ...] = ()
    columns: int = 1
    above: bool = False

    @property
    def text(self) -> str:
        """The words of the cell in one line."""
        return "".join(piece.trimmed().text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: From left to right.
        line: The whole line where the row was one, for reading it as prose when the table is none.
    """

    cells: tuple[Cell, ...]
    line: Piece | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells.

    Attributes:
        rows: From top to bottom.
        ruled: Whether the file itself says which cells are merged. Where it does not, a row may lack cells.
    """

    rows: tuple[Row, ...]
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        blocks: Paragraphs and tables in their order.
        lines: The text of every line, so that line ``n`` of a ``Source`` is ``lines[n - 1]``.
    """

    blocks: tuple[Paragraph | Table, ...]
    lines: tuple[str, ...] = field(repr=False)
