"""Each guard, piece of evidence and independence rule refuses something, and without it that passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.admission import admit_proposal
from engine.definition import Transition
from engine.facts import Facts
from engine.machine import Workflow
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.rectification import refusals_to_departments, refusals_to_offices
from tests.rectification.cases import Case
from tests.rectification.world import NOW, PEOPLE, actor, bundle, facts, propose
from workflows.rectification.definition import built_in
from workflows.rectification.guards import GUARDS
from workflows.rectification.vocabulary import Relation

CASES = (*refusals_to_departments.CASES, *refusals_to_offices.CASES)


def _facts(case: Case) -> Facts:
    given = facts(case.state, case.round, **case.facts)
    if case.needs in set(Relation):
        given = replace(given, relations={case.needs: frozenset({PEOPLE[case.role]})})
    return given


def answer(workflow: Workflow, case: Case) -> tuple[tuple[str, dict[str, object]], ...]:
    rig = Rig(workflow, _facts(case))
    given = rig.try_to(propose(bundle(case.trigger, case.round, **case.said)), actor(case.role), NOW)
    if isinstance(given, Refusal):
        return tuple((reason.code, reason.values()) for reason in given.reasons)
    return ()


def _without(case: Case) -> Workflow:
    """The built-in workflow with one requirement taken out of one trigger."""
    definition = built_in().definition
    weaker = tuple(_weaker(t, case.needs) if t.trigger == case.trigger else t for t in definition.transitions)
    assert weaker != definition.transitions, f"{case.trigger} has no {case.needs}"
    return Workflow(replace(definition, transitions=weaker), GUARDS)


def _weaker(transition: Transition, needs: str) -> Transition:
    return replace(
        transition,
        guards=tuple(use for use in transition.guards if use.name != needs),
        evidence=tuple(kind for kind in transition.evidence if kind != needs),
        independent_of=tuple(relation for relation in transition.independent_of if relation != needs),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.trigger}-{c.state}-{c.needs}-{c.code}")
def test_a_requirement_refuses_alone_and_without_it_the_same_proposal_passes(case: Case) -> None:
    assert answer(built_in(), case) == ((case.code, dict(case.values)),)
    assert answer(_without(case), case) == ()


def test_every_requirement_of_every_transition_has_a_refusing_case() -> None:
    asked = set()
    for case in CASES:
        said = bundle(case.trigger, case.round, **case.said)
        picked, _ = admit_proposal(built_in(), _facts(case), case.trigger, actor(case.role), said)
        assert picked is not None
        asked.add((picked, case.needs))
    required = {
        (transition, needs)
        for transition in built_in().definition.transitions
        for needs in (
            *(use.name for use in transition.guards),
            *transition.evidence,
            *transition.independent_of,
        )
    }
    assert {(t.trigger, t.origins, needs) for t, needs in required - asked} == set()


def test_every_guard_that_is_registered_is_used() -> None:
    uses = {use.name for transition in built_in().definition.transitions for use in transition.guards}
    choices = {t.when.name for t in built_in().definition.transitions if t.when is not None}
    assert GUARDS.names() == uses | choices
