"""Reads the ladders from their data and refuses a wrong one, naming the place.

Owns the form of ``ladder.toml``. Must not know when a rung fires.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import DefinitionError
from workflows.deadlines.ladder import SWITCHES, Ladders
from workflows.deadlines.records import Addressee, DayUnit, Light, Rung, ToDo
from workflows.rectification.vocabulary import DeadlineKind

_WORD = TypeVar("_WORD", bound=StrEnum)
_VALUE = TypeVar("_VALUE")
_TOP = {"rest_while_suspended", "ladders"}
_LADDER = {"name", "kinds", "rungs"}
_RUNG = {"id", "offset", "unit", "recipients", "urgent", "to_do", "switched", "light"}


@cache
def standard_ladders() -> Ladders:
    """Give the ladders that come with the product."""
    return load_ladders(Path(__file__).with_name("ladder.toml").read_text(encoding="utf-8"))


def load_ladders(text: str) -> Ladders:
    """Read ladders from TOML text as in ``ladder.toml``.

    Raises:
        DefinitionError: The text is no TOML, a key is unknown or missing, a word is none of its vocabulary, a
            rung's name occurs twice in its ladder, rungs are out of order, a rung could never tell anybody,
            or a kind has no ladder or two; ``place`` in its parameters names where.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("ladder_unreadable", place=str(error)) from error
    _only(data, _TOP, "ladders")
    by_kind: dict[DeadlineKind, tuple[Rung, ...]] = {}
    for position, table in enumerate(_tables(data, "ladders", "ladders"), start=1):
        _only(table, _LADDER, f"ladders[{position}]")
        place = str(table.get("name", f"ladders[{position}]"))
        rungs = _rungs(table, place)
        for kind in _words(table, "kinds", DeadlineKind, place):
            if kind in by_kind:
                raise DefinitionError("ladder_kind_twice", place=place, kind=kind)
            by_kind[kind] = rungs
    for kind in DeadlineKind:
        if kind not in by_kind:
            raise DefinitionError("ladder_kind_missing", place="ladders", kind=kind)
    return Ladders(by_kind, frozenset(_words(data, "rest_while_suspended", DeadlineKind, "ladders")))


def _rungs(table: Mapping[str, Any], ladder: str) -> tuple[Rung, ...]:
    rungs = tuple(
        _rung(item, f"{ladder}.rungs[{n}]") for n, item in enumerate(_tables(table, "rungs", ladder), 1)
    )
    names = [rung.id for rung in rungs]
    for name in names:
        if names.count(name) > 1:
            raise DefinitionError("ladder_rung_twice", place=ladder, rung=name)
    for lower, higher in pairwise(rungs):
        if higher.offset <= lower.offset:
            raise DefinitionError("ladder_out_of_order", place=ladder, rung=higher.id, before=lower.id)
    return rungs


def _rung(table: Mapping[str, Any], place: str) -> Rung:
    _only(table, _RUNG, place)
    name = _value(table, "id", str, place)
    place = f"{place} {name}"
    rung = Rung(
        id=name,
        offset=_value(table, "offset", int, place),
        recipients=_words(table, "recipients", Addressee, place),
        unit=_word(DayUnit, table.get("unit", DayUnit.WORKING), place),
        urgent=_value(table, "urgent", bool, place) if "urgent" in table else False,
        to_do=_word(ToDo, table["to_do"], place) if "to_do" in table else None,
        switched=tuple(
            (_word(Addressee, who, place), _switch(switch, place))
            for who, switch in _value({"switched": {}, **table}, "switched", dict, place).items()
        ),
        light=_word(Light, table["light"], place) if "light" in table else None,
    )
    if not rung.recipients and not rung.switched:
        raise DefinitionError("ladder_tells_nobody", place=place)
    return rung


def _switch(value: object, place: str) -> str:
    if value not in SWITCHES:
        raise DefinitionError("ladder_word_unknown", place=place, word=value, known=_listed(SWITCHES))
    return str(value)


def _words(table: Mapping[str, Any], key: str, words: type[_WORD], place: str) -> tuple[_WORD, ...]:
    return tuple(_word(words, value, place) for value in _value(table, key, list, place))


def _word(words: type[_WORD], value: object, place: str) -> _WORD:
    if not isinstance(value, str) or value not in list(words):
        raise DefinitionError("ladder_word_unknown", place=place, word=value, known=_listed(words))
    return words(value)


def _listed(words: Collection[str] | type[StrEnum]) -> str:
    return ", ".join(sorted(words))


def _tables(table: Mapping[str, Any], key: str, place: str) -> list[Mapping[str, Any]]:
    tables = _value(table, key, list, place)
    for item in tables:
        if not isinstance(item, dict):
            raise DefinitionError("ladder_value_wrong", place=place, key=key)
    return tables


def _value(table: Mapping[str, Any], key: str, kind: type[_VALUE], place: str) -> _VALUE:
    if key not in table:
        raise DefinitionError("ladder_key_missing", place=place, key=key)
    value = table[key]
    # TOML's true is an int to Python; an offset of true is a slip, not a day.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise DefinitionError("ladder_value_wrong", place=place, key=key)
    return value


def _only(table: Mapping[str, Any], keys: set[str], place: str) -> None:
    for key in table:
        if key not in keys:
            raise DefinitionError("ladder_key_unknown", place=place, key=key)
