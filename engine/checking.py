"""What a definition must fulfil before it loads: it can lock no subject in and names nothing unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.definition import Clock, Definition, Transition
from engine.errors import DefinitionError
from engine.guards import GuardRegistry


def check(definition: Definition, guards: GuardRegistry) -> None:
    """Refuse a definition that must not load.

    Raises:
        DefinitionError: Names the first fault found and its place.
    """
    _check_states(definition)
    for transition in definition.transitions:
        _check_names(definition, transition, guards)
        _check_people(transition)
    _check_doubles(definition)
    _check_reachable(definition)
    _check_ways_out(definition)
    _check_deadlines(definition)


def _refuse_doubles(names: Iterable[str], code: str, place: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DefinitionError(code, place=place, name=name)
        seen.add(name)


def _check_states(definition: Definition) -> None:
    _refuse_doubles((state.name for state in definition.states), "state_twice", "states")
    _refuse_doubles((kind.kind for kind in definition.deadlines), "deadline_twice", "deadlines")
    if definition.initial not in {state.name for state in definition.states}:
        raise DefinitionError("state_unknown", place="initial", name=definition.initial)


def _check_names(definition: Definition, transition: Transition, guards: GuardRegistry) -> None:
    place = f"transition {transition.trigger}"
    states = {state.name for state in definition.states}
    roles = (*transition.proposed_by, *(stage.role for stage in transition.stages), *transition.tells)
    uses = (*transition.guards, *([transition.when] if transition.when else []))
    targets = (*transition.origins, *([transition.target] if transition.target else []))
    _refuse_unknown(targets, states, "state", place)
    _refuse_unknown(roles, definition.roles, "role", place)
    _refuse_unknown((use.name for use in uses), guards.names(), "guard", place)
    _refuse_unknown(transition.evidence, definition.evidence_kinds, "evidence_kind", place)
    kinds = [deadline.kind for deadline in definition.deadlines]
    _refuse_unknown((*transition.starts, *transition.stops), kinds, "deadline", place)
    _refuse_unknown(transition.independent_of, definition.relations, "relation", place)


def _refuse_unknown(names: Iterable[str], known: Collection[str], what: str, place: str) -> None:
    for name in names:
        if name not in known:
            raise DefinitionError(f"{what}_unknown", place=place, name=name)


def _check_people(transition: Transition) -> None:
    place = f"transition {transition.trigger}"
    if not transition.proposed_by:
        raise DefinitionError("transition_without_proposer", place=place)
    _refuse_doubles((stage.role for stage in transition.stages), "stage_twice", place)
    signers = {stage.role for stage in transition.stages}
    if signers and signers <= set(transition.proposed_by):
        raise DefinitionError("only_proposer_could_sign", place=place, role=min(signers))


def _check_doubles(definition: Definition) -> None:
    """Refuse two transitions of one trigger and origin that nothing tells apart."""
    seen: set[tuple[str, str]] = set()
    for transition in definition.transitions:
        for origin in transition.origins:
            if (transition.trigger, origin) in seen:
                raise DefinitionError(
                    "transition_ambiguous", place=f"transition {transition.trigger}", state=origin
                )
            if transition.when is None:
                seen.add((transition.trigger, origin))


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
        _refuse_unknown((*deadline.started_by, *deadline.stopped_by), list(Clock), "deadline_event", place)
        if not deadline.started_by and not any(deadline.kind in t.starts for t in definition.transitions):
            raise DefinitionError("deadline_without_start", place=place)
        if not deadline.stopped_by and not any(deadline.kind in t.stops for t in definition.transitions):
            raise DefinitionError("deadline_without_stop", place=place)
