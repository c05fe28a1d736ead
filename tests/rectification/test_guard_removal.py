"""Each guard of the built-in definition is missed: without it, the hand-written tables say something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from engine.definition import GuardUse, Transition
from engine.machine import Workflow
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.rectification.test_matrix import SIGNERS
from tests.rectification.test_requirements import CASES, answer
from tests.rectification.world import NOW, about_report, actor, bundle, facts, propose, report, sign
from workflows.rectification.definition import built_in
from workflows.rectification.guards import GUARDS
from workflows.rectification.vocabulary import ReportKind, Role, State

TRANSITIONS = built_in().definition.transitions
ASKED = [(number, use) for number, transition in enumerate(TRANSITIONS) for use in transition.guards]
CHOOSING = [number for number, transition in enumerate(TRANSITIONS) if transition.when is not None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A proposal to which several moves of one trigger could answer, and what comes of it, by hand."""

    trigger: str
    state: State
    leads_to: str
    facts: Mapping[str, object]
    said: Mapping[str, object] = field(default_factory=dict)
    role: Role = Role.HANDLER


def _returned(state: State, kind: ReportKind, leads_to: str) -> Choice:
    said = {"references": about_report(kind)}
    return Choice(
        "return_report", state, leads_to, {"reports": (report(kind),)}, said, Role.PERFORMANCE_OFFICE
    )


def _resumed(origin: State | None, leads_to: str, **more: object) -> Choice:
    return Choice("resume", State.SUSPENDED, leads_to, {"suspended_from": origin, **more})


CHOICES = (
    _returned(State.MID_TERM_REPORTED, ReportKind.MID_TERM, "in_progress mid_term_report"),
    _returned(State.MID_TERM_REPORTED, ReportKind.YEAR_END, "mid_term_reported year_end_report"),
    _returned(State.IN_PROGRESS, ReportKind.MID_TERM, "in_progress mid_term_report"),
    _returned(State.IN_PROGRESS, ReportKind.YEAR_END, "in_progress year_end_report"),
    _returned(State.SUSPENDED, ReportKind.MID_TERM, "suspended mid_term_report"),
    _returned(State.SUSPENDED, ReportKind.YEAR_END, "suspended year_end_report"),
    _resumed(State.PLANNED, "planned"),
    _resumed(State.IN_PROGRESS, "in_progress"),
    _resumed(State.MID_TERM_REPORTED, "in_progress"),
    _resumed(
        State.MID_TERM_REPORTED, "mid_term_reported", reports=(report(ReportKind.MID_TERM, received=True),)
    ),
    _resumed(None, "not_applicable"),
)


def _with(number: int, transition: Transition) -> Workflow:
    """The built-in workflow with one transition in another form."""
    definition = built_in().definition
    changed = (*TRANSITIONS[:number], transition, *TRANSITIONS[number + 1 :])
    return Workflow(replace(definition, transitions=changed), GUARDS)


def _outcome(workflow: Workflow, choice: Choice) -> str:
    """Where a choice leads once all have signed, and the clocks that run then; or why it is refused."""
    rig = Rig(workflow, facts(choice.state, 1, **choice.facts))
    said = bundle(choice.trigger, 1, **choice.said)
    given = rig.try_to(propose(said), actor(choice.role), NOW)
    if isinstance(given, Refusal):
        return given.code
    rig.do(propose(said), actor(choice.role), NOW)
    for role in SIGNERS[choice.trigger]:
        rig.do(sign(rig.open), actor(Role(role.rstrip("*"))), NOW)
    return " ".join((rig.facts.state, *sorted(rig.clocks)))


@pytest.mark.parametrize(
    ("number", "use"), ASKED, ids=[f"{n + 1}-{TRANSITIONS[n].trigger}-{use.name}" for n, use in ASKED]
)
def test_a_guard_that_is_taken_out_lets_something_through_that_the_table_refuses(
    number: int, use: GuardUse
) -> None:
    old = TRANSITIONS[number]
    weaker = _with(number, replace(old, guards=tuple(each for each in old.guards if each != use)))
    cases = [case for case in CASES if (case.trigger, case.needs) == (old.trigger, use.name)]
    assert any(answer(weaker, case) != ((case.code, dict(case.values)),) for case in cases)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: f"{c.trigger}-{c.state}-{c.leads_to}")
def test_of_several_moves_of_one_name_the_right_one_is_chosen(choice: Choice) -> None:
    assert _outcome(built_in(), choice) == choice.leads_to


@pytest.mark.parametrize(
    "number", CHOOSING, ids=[f"{number + 1}-{TRANSITIONS[number].trigger}" for number in CHOOSING]
)
def test_a_choice_that_is_always_made_leads_elsewhere_than_the_table_says(number: int) -> None:
    greedy = _with(number, replace(TRANSITIONS[number], when=None))
    choices = [choice for choice in CHOICES if choice.trigger == TRANSITIONS[number].trigger]
    assert any(_outcome(greedy, choice) != choice.leads_to for choice in choices)
