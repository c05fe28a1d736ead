"""Reading a definition from TOML text. Refuses what it does not understand, naming the place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from engine.checking import check, place_of
from engine.definition import (
    DeadlineKind,
    Definition,
    GuardUse,
    Moment,
    Rule,
    Stage,
    State,
    Transition,
)
from engine.errors import DefinitionError
from engine.guards import GuardRegistry
from engine.promising import check_promises, read_known, read_promises

_TOP = {
    "name", "version", "initial", "roles", "evidence_kinds", "relations",
    "states", "transitions", "deadlines", "promises", "known",
}  # fmt: skip
_TRANSITION = {
    "trigger", "from", "to", "proposed_by", "signed_by", "evidence", "guards", "when", "supersedes",
    "beside", "new_round", "starts", "stops", "stops_all", "tells", "independent_of",
    "independent_unless_alone",
}  # fmt: skip
_STAGE = {"role", "reports", "rule", "need", "within", "independent_of"}


def load_definition(text: str, guards: GuardRegistry) -> Definition:
    """Read a definition and check it.

    Args:
        text: TOML as in ``workflows/rectification/definition.toml``.
        guards: The guards the definition may name.

    Raises:
        DefinitionError: The text is no TOML, has an unknown or missing key, or fails one of the checks.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise DefinitionError("definition_unreadable", place=str(error)) from error
    _only(data, _TOP, "definition")
    definition = Definition(
        name=_text(data, "name", "definition"),
        version=_number(data, "version", "definition"),
        initial=_text(data, "initial", "definition"),
        roles=_texts(data, "roles", "definition"),
        evidence_kinds=_texts(data, "evidence_kinds", "definition"),
        relations=_texts(data, "relations", "definition"),
        states=tuple(_state(item) for item in _tables(data, "states")),
        transitions=tuple(_transition(*item) for item in enumerate(_tables(data, "transitions"), 1)),
        deadlines=tuple(_deadline(item) for item in _tables(data, "deadlines")),
        promises=read_promises(data),
        known=read_known(data),
        text=text,
    )
    check(definition, guards)
    check_promises(definition, guards.names())
    return definition


def _state(data: Mapping[str, Any]) -> State:
    place = f"state {data.get('name', '?')}"
    _only(data, {"name", "end"}, place)
    return State(_text(data, "name", place), _flag(data, "end", place))


def _transition(number: int, data: Mapping[str, Any]) -> Transition:
    place = place_of(number, data.get("trigger", "?"))
    _only(data, _TRANSITION, place)
    origins = _texts(data, "from", place)
    if not origins:
        raise DefinitionError("transition_without_origin", place=place)
    return Transition(
        trigger=_text(data, "trigger", place),
        origins=origins,
        target=_text(data, "to", place) if "to" in data else None,
        proposed_by=_texts(data, "proposed_by", place),
        stages=tuple(_stage(item, place) for item in _list(data, "signed_by", place)),
        evidence=_texts(data, "evidence", place),
        guards=tuple(_guard(item, place, "guards") for item in _list(data, "guards", place)),
        when=_guard(data["when"], place, "when") if "when" in data else None,
        supersedes=_flag(data, "supersedes", place),
        beside=_flag(data, "beside", place),
        new_round=_flag(data, "new_round", place),
        starts=_texts(data, "starts", place),
        stops=_texts(data, "stops", place),
        stops_all=_flag(data, "stops_all", place),
        tells=_texts(data, "tells", place),
        independent_of=_texts(data, "independent_of", place),
        independent_unless_alone=_texts(data, "independent_unless_alone", place),
    )


def _stage(data: object, place: str) -> Stage:
    if isinstance(data, str):
        return Stage(data)
    if not isinstance(data, Mapping):
        raise DefinitionError("definition_kind_wrong", place=place, key="signed_by")
    inside = f"{place}, signed_by"
    _only(data, _STAGE, inside)
    rule = _rule(data, inside)
    return Stage(
        role=_text(data, "role", inside),
        reports=_flag(data, "reports", inside),
        rule=rule,
        need=_number(data, "need", inside) if rule is Rule.SOME else 1,
        within=_number(data, "within", inside) if "within" in data else None,
        independent_of=_texts(data, "independent_of", inside),
    )


def _rule(data: Mapping[str, Any], place: str) -> Rule:
    try:
        rule = Rule(data.get("rule", Rule.ALL))
    except ValueError as error:
        raise DefinitionError("rule_unknown", place=place, name=str(data["rule"])) from error
    if "need" in data and rule is not Rule.SOME:
        raise DefinitionError("need_without_some", place=place)
    return rule


def _guard(data: object, place: str, key: str) -> GuardUse:
    if isinstance(data, str):
        return GuardUse(data)
    if not isinstance(data, Mapping):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    name = _text(data, "name", f"{place}, {key}")
    inside = f"{place}, guard {name}"
    try:
        moment = Moment(data.get("at", Moment.BOTH))
    except ValueError as error:
        raise DefinitionError("guard_moment_unknown", place=inside) from error
    values = tuple((each, _text(data, each, inside)) for each in data if each not in {"name", "at"})
    return GuardUse(name, moment, values)


def _deadline(data: Mapping[str, Any]) -> DeadlineKind:
    place = f"deadline {data.get('kind', '?')}"
    _only(data, {"kind", "started_by", "stopped_by"}, place)
    return DeadlineKind(
        _text(data, "kind", place), _texts(data, "started_by", place), _texts(data, "stopped_by", place)
    )


def _only(data: Mapping[str, Any], known: set[str], place: str) -> None:
    for key in data:
        if key not in known:
            raise DefinitionError("definition_key_unknown", place=place, key=key)


def _tables(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    if key not in data:
        raise DefinitionError("definition_key_missing", place="definition", key=key)
    found = [item for item in _list(data, key, "definition") if isinstance(item, Mapping)]
    if len(found) < len(data[key]):
        raise DefinitionError("definition_kind_wrong", place="definition", key=key)
    return found


def _text(data: Mapping[str, Any], key: str, place: str) -> str:
    if key not in data:
        raise DefinitionError("definition_key_missing", place=place, key=key)
    if not isinstance(data[key], str) or not data[key]:
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return str(data[key])


def _number(data: Mapping[str, Any], key: str, place: str) -> int:
    if key not in data:
        raise DefinitionError("definition_key_missing", place=place, key=key)
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return value


def _list(data: Mapping[str, Any], key: str, place: str) -> list[object]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return value


def _texts(data: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    found = [item for item in _list(data, key, place) if isinstance(item, str)]
    if len(found) < len(data.get(key, [])):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return tuple(found)


def _flag(data: Mapping[str, Any], key: str, place: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise DefinitionError("definition_kind_wrong", place=place, key=key)
    return value
