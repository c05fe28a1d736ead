"""Values out of TOML tables: each of the kind that is wanted, or refused with its place and key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import DefinitionError

Table = Mapping[str, Any]


def only(data: Table, known: set[str], place: str) -> None:
    """Refuse keys that nobody would read."""
    for key in data:
        if key not in known:
            raise DefinitionError("definition_key_unknown", place=place, key=key)


def tables(data: Table, key: str, place: str = "definition") -> list[Table]:
    """Give a list of tables that has to be there."""
    if key not in data:
        raise DefinitionError("definition_key_missing", place=place, key=key)
    found = [item for item in items(data, key, place) if isinstance(item, Mapping)]
    if len(found) < len(data[key]):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return found


def table(data: Table, key: str) -> Table:
    """Give a table of the definition; where it is not there, an empty one."""
    value = data.get(key, {})
    if not isinstance(value, Mapping):
        raise DefinitionError("definition_kind_wrong", place="definition", key=key)
    return value


def text(data: Table, key: str, place: str) -> str:
    """Give a text that has to be there and say something."""
    if key not in data:
        raise DefinitionError("definition_key_missing", place=place, key=key)
    if not isinstance(data[key], str) or not data[key]:
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return str(data[key])


def number(data: Table, key: str, place: str) -> int:
    """Give a whole number from 1 that has to be there."""
    if key not in data:
        raise DefinitionError("definition_key_missing", place=place, key=key)
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return value


def items(data: Table, key: str, place: str) -> list[object]:
    """Give a list; where it is not there, an empty one."""
    value = data.get(key, [])
    if not isinstance(value, list):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return value


def texts(data: Table, key: str, place: str) -> tuple[str, ...]:
    """Give a list of texts; where it is not there, an empty one."""
    found = [item for item in items(data, key, place) if isinstance(item, str)]
    if len(found) < len(data.get(key, [])):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return tuple(found)


def flag(data: Table, key: str, place: str) -> bool:
    """Give yes or no; where it is not there, no."""
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return value
