"""Reading a definition from TOML text. Refuses what it does not understand, naming the place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from engine import reading
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
from engine.reading import Table

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
    reading.only(data, _TOP, "definition")
    definition = Definition(
        name=reading.text(data, "name", "definition"),
        version=reading.number(data, "version", "definition"),
        initial=reading.text(data, "initial", "definition"),
        roles=reading.texts(data, "roles", "definition"),
        evidence_kinds=reading.texts(data, "evidence_kinds", "definition"),
        relations=reading.texts(data, "relations", "definition"),
        states=tuple(_state(item) for item in reading.tables(data, "states")),
        transitions=tuple(_transition(*item) for item in enumerate(reading.tables(data, "transitions"), 1)),
        deadlines=tuple(_deadline(item) for item in reading.tables(data, "deadlines")),
        promises=read_promises(data),
        known=read_known(data),
        text=text,
    )
    check(definition, guards)
    check_promises(definition, guards.names())
    return definition


def _state(data: Table) -> State:
    place = f"state {data.get('name', '?')}"
    reading.only(data, {"name", "end"}, place)
    return State(reading.text(data, "name", place), reading.flag(data, "end", place))


def _transition(number: int, data: Table) -> Transition:
    place = place_of(number, data.get("trigger", "?"))
    reading.only(data, _TRANSITION, place)
    origins = reading.texts(data, "from", place)
    if not origins:
        raise DefinitionError("transition_without_origin", place=place)
    return Transition(
        trigger=reading.text(data, "trigger", place),
        origins=origins,
        target=reading.text(data, "to", place) if "to" in data else None,
        proposed_by=reading.texts(data, "proposed_by", place),
        stages=tuple(_stage(item, place) for item in reading.items(data, "signed_by", place)),
        evidence=reading.texts(data, "evidence", place),
        guards=tuple(_guard(item, place, "guards") for item in reading.items(data, "guards", place)),
        when=_guard(data["when"], place, "when") if "when" in data else None,
        supersedes=reading.flag(data, "supersedes", place),
        beside=reading.flag(data, "beside", place),
        new_round=reading.flag(data, "new_round", place),
        starts=reading.texts(data, "starts", place),
        stops=reading.texts(data, "stops", place),
        stops_all=reading.flag(data, "stops_all", place),
        tells=reading.texts(data, "tells", place),
        independent_of=reading.texts(data, "independent_of", place),
        independent_unless_alone=reading.texts(data, "independent_unless_alone", place),
    )


def _stage(data: object, place: str) -> Stage:
    if isinstance(data, str):
        return Stage(data)
    if not isinstance(data, Mapping):
        raise DefinitionError("definition_kind_wrong", place=place, key="signed_by")
    inside = f"{place}, signed_by"
    reading.only(data, _STAGE, inside)
    rule = _rule(data, inside)
    return Stage(
        role=reading.text(data, "role", inside),
        reports=reading.flag(data, "reports", inside),
        rule=rule,
        need=reading.number(data, "need", inside) if rule is Rule.SOME else 1,
        within=reading.number(data, "within", inside) if "within" in data else None,
        independent_of=reading.texts(data, "independent_of", inside),
    )


def _rule(data: Table, place: str) -> Rule:
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
    name = reading.text(data, "name", f"{place}, {key}")
    inside = f"{place}, guard {name}"
    try:
        moment = Moment(data.get("at", Moment.BOTH))
    except ValueError as error:
        raise DefinitionError("guard_moment_unknown", place=inside) from error
    values = tuple((each, reading.text(data, each, inside)) for each in data if each not in {"name", "at"})
    return GuardUse(name, moment, values)


def _deadline(data: Table) -> DeadlineKind:
    place = f"deadline {data.get('kind', '?')}"
    reading.only(data, {"kind", "started_by", "stopped_by"}, place)
    return DeadlineKind(
        reading.text(data, "kind", place),
        reading.texts(data, "started_by", place),
        reading.texts(data, "stopped_by", place),
    )
