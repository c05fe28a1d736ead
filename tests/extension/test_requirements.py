"""Each guard and the proof refuses something, and without it that passes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from engine.definition import Moment, Transition
from engine.machine import Workflow
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.extension.world import DUE, LIMIT, bundle, days, facts
from tests.rectification.world import NOW, actor, propose, sign
from workflows.extension.definition import built_in
from workflows.extension.guards import GUARDS
from workflows.rectification.vocabulary import Role, State

HANDLER, OFFICE = Role.HANDLER, Role.PERFORMANCE_OFFICE
LATE = DUE + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A proposal that one requirement alone refuses, with what the reason says."""

    needs: str
    trigger: str
    code: str
    values: dict[str, object] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    said: dict[str, object] = field(default_factory=dict)
    role: Role = HANDLER


CASES = (
    *(
        Case(
            "task_under_way", "grant", "extension_too_late_for_state", {"state": state}, {"task_state": state}
        )
        for state in (State.COMPLETED, State.VERIFIED, State.PUBLICIZED, State.WITHHELD, State.CANCELLED)
    ),
    Case("task_under_way", "grant", "extension_without_day", {}, {"due_on": None}),
    Case("asked_in_time", "grant", "extension_asked_late", {"due_on": DUE}, {"today": LATE}),
    Case("asked_in_time", "grant", "extension_not_late", {"due_on": DUE}, {"today": DUE}, role=OFFICE),
    Case("category_given", "grant", "extension_category_missing", said={"references": ()}),
    Case(
        "category_given", "grant", "extension_category_missing", said={"references": (("category", "rain"),)}
    ),
    Case("text_given", "grant", "text_missing", said={"text": " "}),
    Case(
        "day_as_shown",
        "grant",
        "extension_day_moved",
        {"due_on": DUE},
        said={"dates": days(DUE + timedelta(days=9), due=DUE - timedelta(days=1))},
    ),
    Case("new_day_later", "grant", "extension_not_later", {"due_on": DUE}, said={"dates": days(DUE)}),
    Case("new_day_later", "grant", "day_missing", {"day": "new_due_on"}, said={"dates": days(None)}),
    Case(
        "new_day_ahead",
        "grant",
        "day_passed",
        {"day": LATE},
        {"today": LATE + timedelta(days=1)},
        {"dates": days(LATE)},
        role=OFFICE,
    ),
    Case(
        "within_limit",
        "grant",
        "extension_beyond_limit",
        {"latest_on": LIMIT},
        said={"dates": days(LIMIT + timedelta(days=1))},
    ),
    Case("extension_proof", "grant", "evidence_missing", {"kind": "extension_proof"}, said={"evidence": ()}),
    Case("asked_for", "refuse", "extension_not_asked", {}, {"stored": False}, role=OFFICE),
    Case("text_given", "refuse", "text_missing", said={"text": ""}, role=OFFICE),
    Case("asked_for", "give_up", "extension_not_asked", {}, {"stored": False}),
)


def answer(workflow: Workflow, case: Case) -> tuple[tuple[str, dict[str, object]], ...]:
    rig = Rig(workflow, facts(**{"stored": True, **case.facts}))
    given = rig.try_to(propose(bundle(case.trigger, **case.said), 1), actor(case.role), NOW)
    if isinstance(given, Refusal):
        return tuple((reason.code, reason.values()) for reason in given.reasons)
    return ()


def _without(case: Case) -> Workflow:
    definition = built_in().definition
    weaker = tuple(_weaker(t, case.needs) if t.trigger == case.trigger else t for t in definition.transitions)
    assert weaker != definition.transitions, f"{case.trigger} has no {case.needs}"
    return Workflow(replace(definition, transitions=weaker), GUARDS)


def _weaker(transition: Transition, needs: str) -> Transition:
    return replace(
        transition,
        guards=tuple(use for use in transition.guards if use.name != needs),
        evidence=tuple(kind for kind in transition.evidence if kind != needs),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.trigger}-{c.needs}-{c.code}-{c.role}")
def test_a_requirement_refuses_alone_and_without_it_the_same_proposal_passes(case: Case) -> None:
    assert answer(built_in(), case) == ((case.code, case.values),)
    assert answer(_without(case), case) == ()


def test_every_requirement_of_the_definition_has_a_case() -> None:
    held = {(case.trigger, case.needs) for case in CASES}
    found = {
        (transition.trigger, name)
        for transition in built_in().definition.transitions
        for name in (*(use.name for use in transition.guards), *transition.evidence)
    }
    assert found == held


def test_both_ways_to_ask_ask_the_same() -> None:
    short, long = (t for t in built_in().definition.transitions if t.trigger == "grant")
    assert (short.guards, short.evidence, short.tells) == (long.guards, long.evidence, long.tells)


def test_being_in_time_and_a_day_to_come_are_asked_only_when_it_is_proposed() -> None:
    first = built_in().definition.transitions[0]
    assert {use.name for use in first.guards if use.at is Moment.PROPOSE} == {
        "asked_in_time",
        "new_day_ahead",
    }


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"task_state": "completed"}, "extension_too_late_for_state"),
        ({"due_on": DUE + timedelta(days=5)}, "extension_day_moved"),
        ({"latest_on": DUE + timedelta(days=2)}, "extension_beyond_limit"),
    ],
)
def test_what_changed_meanwhile_refuses_the_signature_and_leaves_it_open(
    changed: dict[str, Any], code: str
) -> None:
    rig = Rig(built_in(), facts())
    rig.do(propose(bundle("grant"), 1), actor(HANDLER), NOW)
    rig.facts = replace(rig.facts, details=facts(**changed).details)
    assert rig.refuse(sign(rig.open), actor(Role.DEPARTMENT_HEAD), NOW) == (code,)
    rig.facts = replace(rig.facts, details=facts(today=LATE + timedelta(days=90)).details)
    rig.do(sign(rig.open), actor(Role.DEPARTMENT_HEAD), NOW)
