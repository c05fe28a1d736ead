"""Writes the ledger (台账) as .xlsx.

Loads openpyxl; import it only where tables are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workflows.documents.records import Ledger, LedgerRow
from workflows.documents.sheet import Column, Table, write_sheet
from workflows.documents.wording import day, listed, say

_COLUMNS = {
    "number": 6,
    "section": 14,
    "objective": 28,
    "measures": 44,
    "criteria": 44,
    "leaders": 12,
    "lead": 18,
    "supporting": 20,
    "due_text": 18,
    "due_on": 12,
    "original_due_on": 12,
    "state": 14,
    "light": 10,
    "remark": 24,
    "extensions": 8,
    "extended_days": 10,
    "on_original": 12,
    "on_extended": 12,
}


def write_ledger(ledger: Ledger, language: str = "zh") -> bytes:
    """Write the ledger as it was filtered; the same record gives the same bytes.

    Args:
        ledger: What it shows.
        language: ``zh`` or ``en``, for headings and lists.
    """
    table = Table(
        name=say("ledger.sheet", language),
        title=ledger.title,
        remark=say(
            "ledger.filtered" if ledger.filters else "ledger.made",
            language,
            day=day(ledger.made_on, language),
            total=len(ledger.rows),
            filters=ledger.filters,
        ),
        columns=[Column(say(f"ledger.{name}", language), width) for name, width in _COLUMNS.items()],
        rows=[_row(row, language) for row in ledger.rows],
    )
    return write_sheet(table, ledger.made_on)


def _row(row: LedgerRow, language: str) -> tuple[str | int | date | None, ...]:
    return (
        row.number,
        row.section,
        row.objective,
        _numbered(row.measures),
        _numbered(row.criteria),
        listed(row.leaders, language),
        row.lead_department,
        listed(row.supporting_departments, language),
        row.due_text,
        row.due_on,
        row.original_due_on,
        row.state,
        row.light,
        row.remark,
        row.extensions or None,
        row.extended_days or None,
        row.on_original,
        row.on_extended,
    )


def _numbered(texts: Sequence[str]) -> str:
    """Put several texts into one cell, one a line with its number; one alone needs none."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
