"""The way back from canonical text: records that were written as plain data become records again.

Owns how a field's declared kind says what is to be read. Must not know any record of its own; ``canonical``
writes what is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Record = TypeVar("_Record")
_Reader = Callable[[Any], Any]


def _same(value: object) -> object:
    return value


_PLAIN: Mapping[Any, _Reader] = {
    str: _same,
    int: _same,
    bool: _same,
    object: _same,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}


def revive(kind: type[_Record], plain: Mapping[str, object]) -> _Record:
    """Read a dataclass back from what ``canonical`` made of it and ``json.loads`` gave.

    A field that an older text lacks has its default; one that a newer text has besides is left out.

    Args:
        kind: The dataclass; its fields are texts, whole numbers, truth values, days, moments, enums, and
            tuples, frozen sets, mappings and dataclasses of these.
        plain: The data.

    Raises:
        TypeError: A field is of a kind that is not read here, or one without a default is missing.
        ValueError: A value is none of its field's kind.
    """
    hashed: Any = kind
    found: _Record = reader(hashed)(plain)
    return found


@cache
def reader(kind: Any) -> _Reader:  # noqa: ANN401 - What a field is declared as has no type of its own.
    """Give the function that reads values of a declared kind; the same kind gives the same function.

    Raises:
        TypeError: See :func:`revive`.
    """
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _or_none(inside)
    if origin is not None:
        return _several(origin, inside)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    message = f"{kind} is not read back"
    raise TypeError(message)


def _or_none(kinds: tuple[Any, ...]) -> _Reader:
    others = [kind for kind in kinds if kind is not NoneType]
    if len(others) != 1:
        message = f"a value of one of {len(others)} kinds cannot be told"
        raise TypeError(message)
    read = reader(others[0])
    return lambda value: None if value is None else read(value)


def _several(origin: Any, inside: tuple[Any, ...]) -> _Reader:  # noqa: ANN401 - As above.
    if origin is tuple and inside[1:] == (...,):
        each = reader(inside[0])
        return tuple if each is _same else lambda values: tuple(map(each, values))
    if origin is tuple:
        places = tuple(map(reader, inside))
        return lambda values: tuple(read(value) for read, value in zip(places, values, strict=True))
    if origin is frozenset:
        each = reader(inside[0])
        return lambda values: frozenset(map(each, values))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        # The names of a JSON object are texts, whatever they were before.
        name = int if inside[0] is int else reader(inside[0])
        value = reader(inside[1])
        return lambda values: {name(key): value(item) for key, item in values.items()}
    message = f"{origin} is not read back"
    raise TypeError(message)


def _record(kind: type[Any]) -> _Reader:
    hints = get_type_hints(kind)
    ways = {each.name: reader(hints[each.name]) for each in fields(kind) if each.init}
    # Most fields stand as they are; not to call a function for each of them is worth two loops.
    same = tuple(name for name, way in ways.items() if way is _same)
    others = tuple((name, way) for name, way in ways.items() if way is not _same)

    def read(plain: Mapping[str, Any]) -> object:
        found = {name: plain[name] for name in same if name in plain}
        for name, way in others:
            if name in plain:
                found[name] = way(plain[name])
        return kind(**found)

    return read
