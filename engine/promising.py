"""Reading what a definition promises and what is known about its guards and people, and refusing nonsense.

Whether a promise holds is not asked here: that takes an exploration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from engine import reading
from engine.definition import Definition
from engine.errors import DefinitionError
from engine.promises import Apart, Known, Need, NeverAlone, OnlyAfter, Promises, Related
from engine.reading import Table

_Item = TypeVar("_Item")


def read_promises(data: Table) -> Promises:
    """Read the section ``promises``; without it nothing is promised.

    Raises:
        DefinitionError: A key is unknown, or a value of the wrong kind.
    """
    section = reading.table(data, "promises")
    reading.only(section, {"never_alone", "needs"}, "promises")
    return Promises(
        _all(section, "never_alone", "promises", _never_alone), _all(section, "needs", "promises", _need)
    )


def read_known(data: Table) -> Known:
    """Read the section ``known``; without it nothing is known.

    Raises:
        DefinitionError: A key is unknown, or a value of the wrong kind.
    """
    section = reading.table(data, "known")
    reading.only(section, {"opposites", "only_after", "related", "apart"}, "known")
    return Known(
        _all(section, "opposites", "known", _opposites),
        _all(section, "only_after", "known", _only_after),
        _all(section, "related", "known", _related),
        _all(section, "apart", "known", _apart),
    )


def _all(section: Table, key: str, name: str, read: Callable[[Table, str], _Item]) -> tuple[_Item, ...]:
    found = reading.tables(section, key, name) if key in section else []
    return tuple(read(item, f"{name}, {key} {number}") for number, item in enumerate(found, 1))


def _never_alone(data: Table, place: str) -> NeverAlone:
    reading.only(data, {"from", "to"}, place)
    return NeverAlone(reading.text(data, "from", place), reading.text(data, "to", place))


def _need(data: Table, place: str) -> Need:
    reading.only(data, {"to", "guard", "signed_by"}, place)
    guard, role = (reading.text(data, key, place) if key in data else "" for key in ("guard", "signed_by"))
    if not guard and not role:
        raise DefinitionError("need_of_nothing", place=place)
    return Need(_some(data, "to", place), guard, role)


def _opposites(data: Table, place: str) -> tuple[str, str]:
    reading.only(data, {"yes", "no"}, place)
    return reading.text(data, "yes", place), reading.text(data, "no", place)


def _only_after(data: Table, place: str) -> OnlyAfter:
    reading.only(data, {"guard", "triggers"}, place)
    return OnlyAfter(reading.text(data, "guard", place), _some(data, "triggers", place))


def _related(data: Table, place: str) -> Related:
    reading.only(data, {"relation", "roles", "triggers"}, place)
    roles, triggers = reading.texts(data, "roles", place), reading.texts(data, "triggers", place)
    return Related(reading.text(data, "relation", place), roles, triggers)


def _apart(data: Table, place: str) -> Apart:
    reading.only(data, {"roles", "others"}, place)
    return Apart(_some(data, "roles", place), _some(data, "others", place))


def _some(data: Table, key: str, place: str) -> tuple[str, ...]:
    found = reading.texts(data, key, place)
    if not found:
        raise DefinitionError("definition_key_missing", place=place, key=key)
    return found


def check_promises(definition: Definition, guards: Collection[str]) -> None:
    """Refuse promises about what the definition does not have.

    Raises:
        DefinitionError: Names the first unknown state, role, guard, relation or trigger and its place.
    """
    states = [state.name for state in definition.states]
    for key, names, known, code in _names(definition, states, guards):
        for number, group in enumerate(names, 1):
            for name in group:
                if name not in known:
                    raise DefinitionError(code, place=f"{key} {number}", name=name)


def _names(
    definition: Definition, states: Collection[str], guards: Collection[str]
) -> Iterator[tuple[str, Iterable[Iterable[str]], Collection[str], str]]:
    """Every list of the two sections with the names in each of its items, and where they must be known."""
    promises, facts, triggers = definition.promises, definition.known, definition.triggers
    alone, needs = "promises, never_alone", "promises, needs"
    yield alone, [(p.origin, p.target) for p in promises.never_alone], states, "state_unknown"
    yield needs, [need.states for need in promises.needs], states, "state_unknown"
    yield needs, [filter(None, [need.guard]) for need in promises.needs], guards, "guard_unknown"
    yield needs, [filter(None, [need.signed_by]) for need in promises.needs], definition.roles, "role_unknown"
    yield "known, opposites", facts.opposites, guards, "guard_unknown"
    yield "known, only_after", [[rule.guard] for rule in facts.only_after], guards, "guard_unknown"
    yield "known, only_after", [rule.triggers for rule in facts.only_after], triggers, "move_unknown"
    yield "known, related", [[r.relation] for r in facts.related], definition.relations, "relation_unknown"
    yield "known, related", [r.roles for r in facts.related], definition.roles, "role_unknown"
    yield "known, related", [r.triggers for r in facts.related], triggers, "move_unknown"
    yield "known, apart", [(*a.roles, *a.others) for a in facts.apart], definition.roles, "role_unknown"
