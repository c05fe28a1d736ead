"""The one way records become bytes that are hashed or signed.

The text is JSON with sorted keys, no blanks and unescaped UTF-8; numbers are integers only, moments are
aware and end in ``Z`` with six decimals. The same record gives the same bytes for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any


def moment(value: datetime) -> str:
    """Write an aware moment in UTC with microseconds.

    Raises:
        ValueError: The moment carries no time zone.
    """
    if value.tzinfo is None:
        message = "a moment without a time zone cannot be recorded"
        raise ValueError(message)
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(record: object) -> str:
    """Write plain data and dataclasses of it as canonical JSON.

    Raises:
        TypeError: A value has no canonical form, for example a float.
    """
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:  # One return per kind of value reads best; the commonest come first.
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return moment(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=str)
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)


@cache
def _names(record: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(record))


def sha256(text: str) -> str:
    """Give the SHA-256 of a text's UTF-8 bytes in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def sm3(text: str) -> str:
    """Give the SM3 (GB/T 32905-2016) of a text's UTF-8 bytes in hexadecimal."""
    return hashlib.new("sm3", text.encode()).hexdigest()
