"""Numbers and days that come in through addresses and forms: read strictly, or not at all."""

from __future__ import annotations

from datetime import date

from werkzeug.routing import IntegerConverter

IDENTIFIER = 15
"""Digits of the longest identifier; more would not fit into a column."""
SMALL = 9
"""Digits of the longest other number; a column of plain numbers holds no more."""

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def number_in(text: str | None, digits: int = IDENTIFIER) -> int | None:
    """Give the number that a text consists of; None where it is anything else, or longer than ``digits``."""
    fits = text and text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if text and fits else None


def day_in(text: str | None) -> date | None:
    """Give the day that a text names; None where it is none, or so far away that it must be a slip.

    Working days are counted from such days and moments made of them; neither may run out of the calendar.
    """
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None


class IdentifierConverter(IntegerConverter):
    """Numbers in addresses: one that no column can hold leads nowhere, as any other unknown address does."""

    regex = rf"\d{{1,{IDENTIFIER}}}"
