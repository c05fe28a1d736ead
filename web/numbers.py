"""Numbers that come in through addresses and forms: read strictly, or not at all."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter

IDENTIFIER = 15
"""Digits of the longest identifier; more would not fit into a column."""
SMALL = 9
"""Digits of the longest other number; a column of plain numbers holds no more."""


def number_in(text: str | None, digits: int = IDENTIFIER) -> int | None:
    """Give the number that a text consists of; None where it is anything else, or longer than ``digits``."""
    fits = text and text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if text and fits else None


class IdentifierConverter(IntegerConverter):
    """Numbers in addresses: one that no column can hold leads nowhere, as any other unknown address does."""

    regex = rf"\d{{1,{IDENTIFIER}}}"
