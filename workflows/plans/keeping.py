"""A reading as text that a database keeps, and back: an import that waits shows what was read at first.

Reading the same file again after an upgrade might number its tasks otherwise, and corrections would land in
the wrong place. Must not know where the text is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from workflows.plans.reading import PlanReading


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import keeps of a document: what was read, and the year a person named when handing it in."""

    reading: PlanReading
    year: int | None = None


def to_text(kept: Kept) -> str:
    """Write what was read as JSON text."""
    return json.dumps(_plain(kept), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Kept:
    """Read it back; a field that a later version added has its default, one it dropped is left out."""
    found = _built(Kept, json.loads(text))
    if not isinstance(found, Kept):
        message = "the text is no kept reading"
        raise TypeError(message)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401  # Any record made of records, lists, days and words.
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _built(kind: Any, value: Any) -> Any:  # noqa: ANN401  # As above, the other way round.
    if isinstance(kind, UnionType):
        inner = next(part for part in get_args(kind) if part is not NoneType)
        return None if value is None else _built(inner, value)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        types = get_type_hints(kind)
        return kind(**{f.name: _built(types[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value
