"""A verifier judges what he examined: one criterion sends a task back, all of them are needed to close it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bundle import Claim, Entry
from engine.commands import Revise
from tests.rectification.cases import entries
from tests.rectification.world import CRITERIA, PEOPLE, actor
from tests.rectification.year import Year
from workflows.rectification.vocabulary import Role

HANDLER, HEAD, LEADER = Role.HANDLER, Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER
OFFICE, OFFICE_HEAD = Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD
PERFORMANCE_LEADER, GROUP = Role.PERFORMANCE_LEADER, Role.VERIFICATION_GROUP

FIRST, SECOND = (f"criterion:{criterion}" for criterion in CRITERIA)


def _completed() -> Year:
    year = Year()
    year.on(1, 13).move("acknowledge", HANDLER)
    year.on(1, 20).move("start", HANDLER, HEAD, LEADER)
    year.on(8, 10).move("complete", HANDLER, HEAD, LEADER)
    return year


@pytest.mark.parametrize(
    "judged",
    [
        (),
        entries((FIRST, {"verdict": "met"})),
        entries((FIRST, {"verdict": "not_met"})),
        entries((SECOND, {"verdict": "partly"})),
        entries((FIRST, {"verdict": "met"}), (SECOND, {"note": "No time to see it"})),
    ],
    ids=["none", "one met", "one not met", "one partly", "one only with a note"],
)
def test_a_task_goes_back_although_not_every_criterion_was_examined(judged: tuple[Entry, ...]) -> None:
    year = _completed()
    year.on(9, 10).propose("rework", GROUP, entries=judged)
    assert year.open.bundle.entries == judged, "what nobody examined is not written in"
    year.signed_by(OFFICE_HEAD, PERFORMANCE_LEADER)
    assert (year.facts.state, year.facts.round) == ("in_progress", 2)


def test_a_task_whose_every_criterion_was_judged_met_does_not_go_back() -> None:
    year = _completed()
    judged = entries((FIRST, {"verdict": "met"}), (SECOND, {"verdict": "met"}))
    assert year.on(9, 10).refused("rework", GROUP, entries=judged) == ("every_criterion_met",)


def test_a_task_is_verified_only_when_every_criterion_was_examined() -> None:
    year = _completed()
    assert year.on(9, 10).refused("verify", GROUP, entries=()) == ("criterion_unjudged", "criterion_unjudged")
    judged = entries((SECOND, {"verdict": "partly"}))
    assert year.refused("verify", GROUP, entries=judged) == ("criterion_unjudged", "criterion_not_met")


def test_the_leader_signs_the_verdicts_as_they_are_and_nobody_but_the_verifier_changes_them() -> None:
    year = _completed()
    year.on(9, 10).propose("verify", GROUP)
    other = replace(year.open.bundle, text="Better than it was")
    for role in (OFFICE, OFFICE_HEAD, LEADER):
        command = Revise(year.open.identifier, year.open.revision, other)
        assert year.refuse(command, actor(role), year.now) == ("not_your_proposal",)


def test_a_verdict_on_another_tasks_criterion_is_refused() -> None:
    year = _completed()
    stranger = entries((FIRST, {"verdict": "not_met"}), ("criterion:77", {"verdict": "not_met"}))
    assert year.on(9, 10).refused("rework", GROUP, entries=stranger) == ("part_unknown",)


def test_evidence_that_is_said_to_prove_another_tasks_criterion_is_refused() -> None:
    year = Year()
    year.on(1, 13).move("acknowledge", HANDLER)
    plan = Claim("work_plan", "Plan", ("criterion:77",), sha256="c" * 64)
    assert year.refused("start", HANDLER, evidence=(plan,)) == ("part_unknown",)


def test_who_supports_a_task_or_handed_in_evidence_for_it_judges_nothing_of_it() -> None:
    year = _completed()
    everywhere = frozenset({PEOPLE[GROUP]})
    year.facts = replace(
        year.facts, relations={"supporting_department": everywhere, "evidence_submitter": everywhere}
    )
    for trigger in ("verify", "rework"):
        assert year.on(9, 10).refused(trigger, GROUP) == ("not_independent", "not_independent")
    year.move("verify", OFFICE, OFFICE_HEAD, LEADER)


def test_the_leader_answers_a_finding_while_it_is_signed_and_afterwards_and_stops_nothing() -> None:
    year = _completed()
    year.on(9, 10).move("verify", GROUP, OFFICE_HEAD, LEADER)
    assert year.refused("answer_finding", LEADER) == ("no_finding",)
    year.on(10, 8).propose("reopen", OFFICE)
    year.move("answer_finding", LEADER)
    assert year.told[-1].people == tuple(PEOPLE[r] for r in (LEADER, OFFICE, OFFICE_HEAD, PERFORMANCE_LEADER))
    assert year.facts.state == "verified"
    year.signed_by(OFFICE_HEAD, PERFORMANCE_LEADER)
    assert (year.facts.state, year.facts.round) == ("in_progress", 2)
    clocks = dict(year.clocks)
    year.on(10, 9).move("answer_finding", LEADER)
    assert (year.facts.state, year.clocks) == ("in_progress", clocks)
    assert year.refused("answer_finding", HANDLER) == ("not_proposer",)
