"""What a definition must fulfil before it loads: it can lock no subject in and names nothing unknown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from engine.definition import Clock, Definition, GuardUse, Moment, Transition
from engine.errors import DefinitionError
from engine.guards import GuardRegistry

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = "state"
"""The machine's library keeps this name for the subject's attribute; no trigger may bear it."""


def check(definition: Definition, guards: GuardRegistry) -> None:
    """Refuse a definition that must not load.

    Raises:
        DefinitionError: Names the first fault found and its place.
    """
    _check_vocabulary(definition)
    for number, transition in enumerate(definition.transitions, 1):
        place = place_of(number, transition.trigger)
        _check_names(definition, transition, place)
        _check_guards(transition, guards, place)
        _check_people(transition, place)
        _check_flags(transition, place)
    _check_ambiguity(definition)
    _check_reachable(definition)
    _check_ways_out(definition)
    _check_deadlines(definition)


def place_of(number: int, trigger: object) -> str:
    """Name a transition's place: several may share a trigger, so its number in the text is told too."""
    return f"transition {number} ({trigger})"


def _check_vocabulary(definition: Definition) -> None:
    lists: dict[str, Iterable[str]] = {
        "roles": definition.roles,
        "evidence_kinds": definition.evidence_kinds,
        "relations": definition.relations,
        "states": (state.name for state in definition.states),
        "deadlines": (deadline.kind for deadline in definition.deadlines),
    }
    for place, names in lists.items():
        _refuse_doubles(names, "name_twice", place)
    for name in (definition.name, *definition.triggers):
        _refuse_malformed(name, "definition")
    if definition.initial not in {state.name for state in definition.states}:
        raise DefinitionError("state_unknown", place="initial", name=definition.initial)


def _refuse_doubles(names: Iterable[str], code: str, place: str) -> None:
    seen: set[str] = set()
    for name in names:
        _refuse_malformed(name, place)
        if name in seen:
            raise DefinitionError(code, place=place, name=name)
        seen.add(name)


def _refuse_malformed(name: str, place: str) -> None:
    if not _NAME.fullmatch(name) or name == _RESERVED:
        raise DefinitionError("name_malformed", place=place, name=name)


def _check_names(definition: Definition, transition: Transition, place: str) -> None:
    states = {state.name for state in definition.states}
    targets = (*transition.origins, *([transition.target] if transition.target else []))
    roles = (*transition.proposed_by, *(stage.role for stage in transition.stages), *transition.tells)
    kinds = {deadline.kind for deadline in definition.deadlines}
    _refuse_unknown(targets, states, "state_unknown", place)
    _refuse_unknown(roles, definition.roles, "role_unknown", place)
    _refuse_unknown(transition.evidence, definition.evidence_kinds, "evidence_kind_unknown", place)
    _refuse_unknown((*transition.starts, *transition.stops), kinds, "deadline_unknown", place)
    relations = (
        *transition.independent_of,
        *transition.independent_unless_alone,
        *(relation for stage in transition.stages for relation in stage.independent_of),
    )
    _refuse_unknown(relations, definition.relations, "relation_unknown", place)


def _refuse_unknown(names: Iterable[str], known: Collection[str], code: str, place: str) -> None:
    for name in names:
        if name not in known:
            raise DefinitionError(code, place=place, name=name)


def _check_guards(transition: Transition, guards: GuardRegistry, place: str) -> None:
    for use in transition.guards:
        _check_guard(use, guards, place)
    if transition.when is not None:
        _check_guard(transition.when, guards, place)
        if transition.when.at is not Moment.BOTH:
            raise DefinitionError("when_has_no_moment", place=place, name=transition.when.name)


def _check_guard(use: GuardUse, guards: GuardRegistry, place: str) -> None:
    _refuse_unknown([use.name], guards.names(), "guard_unknown", place)
    inside, takes, given = f"{place}, guard {use.name}", guards.takes(use.name), dict(use.values)
    _refuse_unknown(takes, given, "guard_value_missing", inside)
    _refuse_unknown(given, takes, "guard_value_unknown", inside)
    for name, value in use.values:
        _refuse_unknown([value], takes[name], "guard_value_refused", inside)


def _check_people(transition: Transition, place: str) -> None:
    if not transition.proposed_by:
        raise DefinitionError("transition_without_proposer", place=place)
    _refuse_doubles((stage.role for stage in transition.stages), "stage_twice", place)
    # What excludes always cannot be excused where nobody else is left.
    _refuse_doubles(
        (*transition.independent_of, *transition.independent_unless_alone), "relation_twice", place
    )
    if sum(stage.reports for stage in transition.stages) > 1:
        raise DefinitionError("reports_twice", place=place)
    for stage in transition.stages:
        # Whoever proposes with the highest signer's role would leave nobody above to sign; and where one
        # role alone may propose, a signature of that role is its own.
        highest = stage is transition.stages[-1]
        if {stage.role} == set(transition.proposed_by) or (highest and stage.role in transition.proposed_by):
            raise DefinitionError("only_proposer_could_sign", place=place, role=stage.role)


def _check_flags(transition: Transition, place: str) -> None:
    """Refuse what would put two proposals beside each other, or one into a round it was not made for."""
    if not transition.beside:
        return
    if transition.stages:
        raise DefinitionError("beside_contradicted", place=place, key="signed_by")
    for key in ("supersedes", "new_round"):
        if getattr(transition, key):
            raise DefinitionError("beside_contradicted", place=place, key=key)


def _check_ambiguity(definition: Definition) -> None:
    """Refuse two transitions of one trigger and origin that nothing tells apart."""
    chosen: set[tuple[str, str, GuardUse | None]] = set()
    for number, transition in enumerate(definition.transitions, 1):
        for origin in transition.origins:
            always, here = (transition.trigger, origin, None), (transition.trigger, origin, transition.when)
            if always in chosen or here in chosen:
                place = place_of(number, transition.trigger)
                raise DefinitionError("transition_ambiguous", place=place, state=origin)
            chosen.add(here)


def _check_reachable(definition: Definition) -> None:
    reached, frontier = {definition.initial}, [definition.initial]
    while frontier:
        state = frontier.pop()
        for transition in definition.transitions:
            following = transition.leads_to(state)
            if state in transition.origins and following not in reached:
                reached.add(following)
                frontier.append(following)
    for declared in definition.states:
        if declared.name not in reached:
            raise DefinitionError("state_unreachable", place=f"state {declared.name}", state=declared.name)


def _check_ways_out(definition: Definition) -> None:
    leading = {state.name for state in definition.states if state.end}
    grown = True
    while grown:
        before = len(leading)
        leading |= {origin for t in definition.transitions if t.target in leading for origin in t.origins}
        grown = len(leading) > before
    for state in definition.states:
        if state.name not in leading:
            raise DefinitionError("state_without_end", place=f"state {state.name}", state=state.name)


def _check_deadlines(definition: Definition) -> None:
    for deadline in definition.deadlines:
        place = f"deadline {deadline.kind}"
        events = (*deadline.started_by, *deadline.stopped_by)
        _refuse_unknown(events, list(Clock), "deadline_event_unknown", place)
        if not deadline.started_by and not any(deadline.kind in t.starts for t in definition.transitions):
            raise DefinitionError("deadline_without_start", place=place)
        if not deadline.stopped_by and not any(deadline.kind in t.stops for t in definition.transitions):
            raise DefinitionError("deadline_without_stop", place=place)
