"""An official paper that is written from top to bottom and then taken as .docx.

Must not know what any document says. Loads python-docx, which takes about a tenth of a second: import it only
where documents are made.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

import docx
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from workflows.documents.package import frozen
from workflows.documents.template import empty_paper
from workflows.documents.wording import day, say, writable

TEXT_WIDTH = 156
"""Millimetres between the margins."""

_LONGEST_PROPERTY = 255
_SPACE_BEFORE_CLOSING = Pt(28)


class OfficialPaper:
    """One paper; what is called first stands first."""

    def __init__(self, title: str, made_on: date, author: str) -> None:
        """Begin a paper with its title.

        Args:
            title: The title as it stands on the paper.
            made_on: The paper's day; also the only time that its file tells.
            author: Who writes it, for the file's properties.
        """
        self._made_on = made_on
        self._document = docx.Document(io.BytesIO(empty_paper()))
        self._write(title, "Title")
        properties = self._document.core_properties
        properties.title = writable(title)[:_LONGEST_PROPERTY]
        properties.author = properties.last_modified_by = writable(author)[:_LONGEST_PROPERTY]
        properties.created = properties.modified = datetime.combine(made_on, time(), UTC)

    def addressee(self, name: str) -> None:
        """Say to whom the paper goes."""
        self._write(say("common.addressee", addressee=name), "addressee")

    def heading(self, text: str, level: int = 1) -> None:
        """Begin a part (level 1) or a part of it (level 2)."""
        self._write(" ".join(text.split()), f"Heading {level}")

    def text(self, text: str, label: str = "") -> None:
        """Write what a person typed, one paragraph a line, a label in bold before the first."""
        for number, line in enumerate(_lines(text)):
            paragraph = self._document.add_paragraph()
            if label and number == 0:
                paragraph.add_run(label).bold = True
            paragraph.add_run(line)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
        """Draw a table whose headings stand on every page it reaches.

        Args:
            headings: One for each column.
            rows: The cells of each row.
            widths: Millimetres of each column, together :data:`TEXT_WIDTH`.
        """
        table = self._document.add_table(rows=0, cols=len(headings), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, row in enumerate([headings, *rows]):
            added = table.add_row()
            _mark(added, heading=number == 0)
            for cell, text, width in zip(added.cells, row, widths, strict=True):
                cell.width = Mm(width)
                _fill(cell, text, "table text" if number else "table heading")
        # A line between the table and what follows.
        self._document.add_paragraph()

    def sign(self, department: str) -> None:
        """Close the paper with who signs it and its day, on one page."""
        closing = self._write(department, "closing").paragraph_format
        closing.keep_with_next, closing.space_before = True, _SPACE_BEFORE_CLOSING
        self._write(day(self._made_on), "closing")

    def to_bytes(self) -> bytes:
        """Give the file; the same paper gives the same bytes."""
        out = io.BytesIO()
        self._document.save(out)
        return frozen(out.getvalue(), self._made_on)

    def _write(self, text: str, style: str) -> Paragraph:
        return self._document.add_paragraph(writable(text), style=style)


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in writable(text).split("\n")]
    return [line for line in lines if line] or [say("common.missing")]


def _mark(row: _Row, *, heading: bool) -> None:
    """Keep a row on one page, and repeat the first one on each; the library has no words for either."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  the only way to the row's own XML
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, text: str, style: str) -> None:
    """Write a cell, one paragraph a line."""
    for number, line in enumerate(writable(text).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(line.strip())
