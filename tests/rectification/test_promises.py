"""What the built-in definitions promise holds whatever four people do; each promise broken is found out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.actor import Actor
from engine.definition import Definition, GuardUse, Stage, Transition
from engine.exploring import Act, examine
from engine.guards import Question
from engine.loading import load_definition
from engine.promises import OnlyAfter
from storage.gathering.around import REPORTING_TRIGGERS
from tests.engine.full_play import check_that_both_agree, plain
from tests.rectification.test_matrix import MATRIX
from tests.rectification.world import bundle, facts
from workflows.rectification.definition import built_in
from workflows.rectification.gathering import OFFICES
from workflows.rectification.guards import GUARDS
from workflows.rectification.vocabulary import Role
from workflows.versions.known import KINDS, Kind

DEFINITION = built_in().definition
LEADER = Role.RESPONSIBLE_LEADER


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_built_in_definition_cannot_be_broken(kind: Kind) -> None:
    definition = kind.compiled(kind.text()).definition
    assert definition.promises.never_alone
    assert definition.promises.needs
    assert examine(definition).findings == ()


def test_every_built_in_definition_is_explored_in_under_two_seconds() -> None:
    began = time.process_time()
    for kind in KINDS.values():
        examine(load_definition(kind.text(), kind.guards))
    assert time.process_time() - began < 2


def _changed(change: Callable[[Transition], Transition], *triggers: str) -> Definition:
    """The built-in definition with the moves of some triggers in another form."""
    changed = tuple(change(t) if t.trigger in triggers else t for t in DEFINITION.transitions)
    return replace(DEFINITION, transitions=changed)


def _without(*triggers: str, of: Definition = DEFINITION) -> Definition:
    return replace(of, transitions=tuple(t for t in of.transitions if t.trigger not in triggers))


def _signed_by(*roles: str) -> Callable[[Transition], Transition]:
    return lambda t: replace(t, stages=tuple(Stage(role) for role in roles))


def _unproven_from(state: str) -> Callable[[Transition], Transition]:
    def change(transition: Transition) -> Transition:
        if state not in transition.origins:
            return transition
        return replace(transition, guards=tuple(u for u in transition.guards if u.name != "criteria_proven"))

    return change


def _asking_both(transition: Transition) -> Transition:
    return replace(transition, guards=(GuardUse("every_criterion_met"), GuardUse("some_criterion_unmet")))


def _alone(transition: Transition) -> Transition:
    return replace(transition, proposed_by=("handler",), stages=(), independent_of=())


BROKEN = {
    "unproven": (_changed(_unproven_from("in_progress"), "complete"), "reached_without_guard", "completed"),
    "unproven at once": (
        _changed(_unproven_from("planned"), "complete"),
        "reached_without_guard",
        "completed",
    ),
    "no leader": (
        _changed(_signed_by("department_head"), "complete"),
        "reached_without_signature",
        "completed",
    ),
    "somebody above a leader who proposes": (
        _changed(_signed_by(LEADER, "performance_office_head"), "complete"),
        "reached_without_signature",
        "completed",
    ),
    "round the report": (
        _changed(lambda t: replace(t, target="verified"), "start"),
        "reached_without_guard",
        "verified",
    ),
    "no way out of suspension": (_without("resume", "cancel"), "locked_in", "suspended"),
    "no judgement": (_without("verify", "rework"), "locked_in", "completed"),
    "judged by the department": (
        _changed(lambda t: replace(t, proposed_by=("handler",)), "verify", "rework"),
        "locked_in",
        "completed",
    ),
    "acknowledged too late": (
        _without("suspend", of=_changed(lambda t: replace(t, origins=("in_progress",)), "acknowledge")),
        "transition_never_possible",
        "start",
    ),
    "judged in both ways": (_changed(_asking_both, "verify"), "guards_contradict", "verify"),
    "one for all": (
        _changed(_alone, "start", "complete", "verify"),
        "one_person_alone",
        "promises, never_alone",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_promise_that_is_broken_is_found_out(name: str) -> None:
    definition, code, place = BROKEN[name]
    found = [f.reason for f in examine(definition).findings if f.reason.code == code]
    assert any(place in str(reason.values()["place"]) for reason in found)


def test_what_one_person_can_do_alone_is_shown_deed_by_deed() -> None:
    definition, code, _ = BROKEN["one for all"]
    finding = next(f for f in examine(definition).findings if f.reason.code == code)
    assert {(deed.act, deed.person, deed.role) for deed in finding.deeds} == {(Act.MAKE, 1, "handler")}
    assert [deed.trigger for deed in finding.deeds] == ["acknowledge", "complete", "verify"]


def test_the_rectification_workflow_played_in_full_comes_to_the_same_as_explored() -> None:
    check_that_both_agree(plain(DEFINITION), every=150)


def test_opposite_guards_are_opposite_in_every_case_of_the_matrix() -> None:
    for yes, no in DEFINITION.known.opposites:
        for cell in MATRIX:
            question = Question(cell.facts(), cell.bundle(), Actor(1, 1))
            assert bool(GUARDS[yes](question)) != bool(GUARDS[no](question)), (yes, no, cell)


def test_what_is_known_of_people_is_what_gathering_does() -> None:
    (submitter,) = (r for r in DEFINITION.known.related if r.relation == "evidence_submitter")
    assert submitter.triggers == tuple(t for t in REPORTING_TRIGGERS if t in DEFINITION.triggers)
    watching, leading = DEFINITION.known.apart
    assert set(watching.roles) == set(OFFICES)
    assert (leading.roles, leading.others) == ((Role.PERFORMANCE_LEADER,), (LEADER,))


@pytest.mark.parametrize("rule", DEFINITION.known.only_after, ids=lambda rule: rule.guard)
def test_a_guard_that_waits_for_a_move_says_no_before_it(rule: OnlyAfter) -> None:
    fresh = facts(acknowledged=False, reports=())
    assert GUARDS[rule.guard](Question(fresh, bundle("cancel"), Actor(1, 1)))
