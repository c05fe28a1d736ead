"""A table as .xlsx: a title, headings that stay in sight, and rows whose texts stay texts.

Must not know what the table is about. Loads openpyxl, which takes about a fifth of a second: import it only
where tables are made.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from workflows.documents.package import frozen
from workflows.documents.wording import writable

LONGEST_TEXT = 32_767
"""Characters that a cell can hold; the format's own limit."""

_TITLE_ROW, _REMARK_ROW, _HEADING_ROW = 1, 2, 3
_A4 = 9
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\n")
_FACE = "宋体"
_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TEXT = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands above it, and its width in characters of Latin writing."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet shows.

    Attributes:
        name: Name of the sheet, at most 31 characters.
        title: Title above the table.
        remark: The line below the title.
        columns: The columns from left to right.
        rows: The values, one for each column; a day stays a day, a number a number.
    """

    name: str
    title: str
    remark: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str | int | date | None]]


def write_sheet(table: Table, made_on: date) -> bytes:
    """Write a workbook with one sheet; the same table and day give the same bytes."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = table.name
    _write_head(sheet, table)
    last = _HEADING_ROW
    for last, row in enumerate(table.rows, _HEADING_ROW + 1):
        for column, value in enumerate(row, 1):
            _write_value(sheet, last, column, value)
    _set_view(sheet, f"{get_column_letter(len(table.columns))}{last}")
    book.properties.title, book.properties.creator = writable(table.title), "zhenggai"
    book.properties.created = book.properties.modified = datetime.combine(made_on, time())
    out = io.BytesIO()
    # The library's own way of saving writes the present moment into the file.
    ExcelWriter(book, zipfile.ZipFile(out, "w")).save()
    return frozen(out.getvalue(), made_on)


def _write_head(sheet: Worksheet, table: Table) -> None:
    width = len(table.columns)
    for row, text, font in (
        (_TITLE_ROW, table.title, Font(name=_FACE, size=18, bold=True)),
        (_REMARK_ROW, table.remark, Font(name=_FACE, size=11)),
    ):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        cell = _text_cell(sheet, row, 1, text)
        cell.font, cell.alignment = font, _MIDDLE
    sheet.row_dimensions[_TITLE_ROW].height = 36
    for number, column in enumerate(table.columns, 1):
        cell = _text_cell(sheet, _HEADING_ROW, number, column.heading)
        cell.font, cell.alignment, cell.border = Font(name=_FACE, size=11, bold=True), _MIDDLE, _BORDER
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _write_value(sheet: Worksheet, row: int, column: int, value: str | int | date | None) -> None:
    if isinstance(value, str):
        cell = _text_cell(sheet, row, column, value)
    else:
        cell = _cell(sheet, row, column)
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    cell.font, cell.border = Font(name=_FACE, size=11), _BORDER
    cell.alignment = _TEXT if isinstance(value, str) else _MIDDLE


def _text_cell(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text that stays one: it is never reckoned, neither now nor after somebody edits the cell."""
    clean = writable(text)
    if len(clean) > LONGEST_TEXT:
        clean = clean[: LONGEST_TEXT - 1] + "…"
    cell = _cell(sheet, row, column)
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True
    return cell


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise TypeError("a cell behind a merged one shows nothing")
    return cell


def _set_view(sheet: Worksheet, last_cell: str) -> None:
    """Keep the headings in sight and on every printed page, and fit the columns to the paper's width."""
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last_cell}"
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
