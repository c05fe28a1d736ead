"""Turns the bytes of a text file into text: UTF-8, GB18030 and UTF-16, with or without a byte order mark."""

from __future__ import annotations

import codecs
import unicodedata

from workflows.plans.errors import UnreadablePlanError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_STRANGE_IN = 50


def decode(data: bytes) -> str:
    """Give the text of a file.

    Raises:
        UnreadablePlanError: ``plan_encoding``: the bytes are text in none of these encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(data, "gb18030")
    _refuse_noise(text)
    return text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadablePlanError("plan_encoding") from error


def _refuse_noise(text: str) -> None:
    """Refuse what decodes but is no text: GB18030 gives a character to almost any bytes."""
    sample = text[:_SAMPLE]
    strange = sum(
        unicodedata.category(sign) in {"Cc", "Co", "Cn"} and sign not in "\t\r\n\f\v\x1a" for sign in sample
    )
    if "\0" in sample or strange * _STRANGE_IN > len(sample):
        raise UnreadablePlanError("plan_encoding")
