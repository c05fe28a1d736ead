"""Reads .docx files: paragraphs with their automatic numbers, heading styles, tables with merged cells.

Text that a reader of the printed page would not see (deleted by a tracked change, a picture's fallback) is
left out. Nothing that the file refers to outside itself is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.xmlchemy import BaseOxmlElement

from workflows.plans.document import Cell, Document, Paragraph, Row, Table
from workflows.plans.errors import UnreadablePlanError
from workflows.plans.pieces import Piece
from workflows.plans.sources.numbering import NAMESPACE as W
from workflows.plans.sources.numbering import Numbering

_MOST_UNPACKED: Final = 200 * 1024 * 1024
_MOST_XML: Final = 16 * 1024 * 1024
_MOST_PARTS: Final = 5_000
_MOST_COLUMNS: Final = 63  # Word itself allows no more.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HIDDEN = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", _FALLBACK, f"{W}pPr", f"{W}instrText"})
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read(data: bytes) -> Document:
    """Read a .docx file.

    Raises:
        UnreadablePlanError: ``plan_damaged``: the file is none or is broken; ``plan_too_large``: it unpacks
            to more than any plan has.
    """
    _refuse_bombs(data)
    try:
        package = docx.Document(io.BytesIO(data))
        return _Reader(package).document()
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        # What python-docx and lxml raise for a broken file has no common parent; SyntaxError is lxml's.
        raise UnreadablePlanError("plan_damaged", name="docx") from error


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadablePlanError("plan_damaged", name="docx") from error
    texts = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    if whole > _MOST_UNPACKED or texts > _MOST_XML or len(parts) > _MOST_PARTS:
        raise UnreadablePlanError("plan_too_large", limit_mb=_MOST_UNPACKED // 2**20)


class _Reader:
    """Goes through a document once; counts lines and list numbers on the way."""

    def __init__(self, package: WordDocument) -> None:
        self._body = package.element.body
        self._lines: list[str] = []
        parts = {relation.reltype.rsplit("/", 1)[-1]: relation for relation in package.part.rels.values()}
        numbering = parts["numbering"].target_part.element if "numbering" in parts else None
        self._numbering = Numbering(numbering, package.styles.element)
        self._levels = {style.style_id: _level(style.name or "") for style in package.styles}

    def document(self) -> Document:
        """Give the whole document."""
        blocks = tuple(self._blocks(self._body))
        return Document(blocks, tuple(self._lines))

    def _blocks(self, parent: BaseOxmlElement) -> Iterator[Paragraph | Table]:
        for element in parent.iterchildren():
            if element.tag == f"{W}p":
                level = self._heading_level(element)
                yield from (Paragraph(piece, level) for piece in self._pieces(element))
                yield from self._boxes(element)
            elif element.tag == f"{W}tbl":
                yield self._table(element)
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}:
                yield from self._blocks(element)

    def _boxes(self, paragraph: BaseOxmlElement) -> Iterator[Paragraph | Table]:
        """Give what stands in text boxes; the older twin of each box is passed over."""
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
                yield from self._blocks(box)

    def _pieces(self, paragraph: BaseOxmlElement) -> list[Piece]:
        """Give the lines of a paragraph that say something; a line break in it begins a new one."""
        text = self._numbering.prefix(paragraph) + "".join(_text(paragraph))
        found: list[Piece] = []
        for line in text.split("\n"):
            if line.strip():
                self._lines.append(line)
                found.append(Piece(line, len(self._lines)).trimmed())
        return found

    def _heading_level(self, paragraph: BaseOxmlElement) -> int:
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self._levels.get(style.get(f"{W}val"), 0) if style is not None else 0

    def _table(self, table: BaseOxmlElement) -> Table:
        return Table(tuple(self._row(row) for row in table.iterchildren(f"{W}tr")), ruled=True)

    def _row(self, row: BaseOxmlElement) -> Row:
        properties = row.find(f"{W}trPr")
        skipped = properties.find(f"{W}gridBefore") if properties is not None else None
        cells = [Cell(columns=_columns(skipped))] if skipped is not None else []
        return Row((*cells, *(self._cell(cell) for cell in _cells(row))))

    def _cell(self, cell: BaseOxmlElement) -> Cell:
        properties = cell.find(f"{W}tcPr")
        span = properties.find(f"{W}gridSpan") if properties is not None else None
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        above = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        pieces = [piece for paragraph in _paragraphs(cell) for piece in self._pieces(paragraph)]
        return Cell(() if above else tuple(pieces), _columns(span), above)


def _columns(span: BaseOxmlElement | None) -> int:
    written = 1 if span is None else int(span.get(f"{W}val", "1"))
    return min(max(1, written), _MOST_COLUMNS)


def _cells(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for element in row.iterchildren():
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent"}:
            yield from _cells(element)


def _paragraphs(cell: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Give the paragraphs of a cell, those of tables inside it included."""
    return (
        element
        for element in cell.iter(f"{W}p")
        if not any(a.tag in _HIDDEN for a in element.iterancestors())
    )


def _level(style: str) -> int:
    match = _HEADING.match(style)
    return int(match.group(1)) if match else 0


def _text(element: BaseOxmlElement) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{W}t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag not in _HIDDEN and isinstance(child.tag, str):
            yield from _text(child)
