"""A department proposes; a proposal waits for its seats, or the move happens at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.actor import Actor, Holding, system
from engine.bundle import Bundle, Claim, Entry
from engine.commands import Propose
from engine.decision import (
    DeadlineHeld,
    ProposalOpened,
    SubjectMoved,
    Telling,
    Told,
)
from engine.errors import ZhenggaiError
from engine.facts import Facts, LatestChange
from engine.reasons import Refusal, RefusedError, deny
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    HEAD,
    NOW,
    OTHER_CLERK,
    PAGE,
    REGISTRAR,
    STRANGER,
    YESTERDAY,
    Letter,
    actor,
    bundle,
    facts,
    propose,
    workflow,
)


def _rig(given: Facts | None = None) -> Rig:
    return Rig(workflow(), given or facts(), {"send_by": "running", "stamp_by": "running"})


def _reason(rig: Rig, command: Propose, person: int | None) -> tuple[str, dict[str, object]]:
    answer = rig.try_to(command, actor(person), NOW)
    assert isinstance(answer, Refusal)
    assert answer.code == answer.reasons[0].code
    return answer.code, answer.reasons[0].values()


def test_a_proposal_waits_for_its_first_stage_and_moves_nothing() -> None:
    rig = _rig()
    decision = rig.do(propose(), actor(CLERK), NOW)
    assert (decision.action, decision.trigger, decision.role) == ("propose", "send", "clerk")
    assert decision.digest == bundle().digest
    assert decision.moved is None
    assert (rig.facts.state, rig.facts.version) == ("draft", 5)
    assert rig.open.waiting() == (HEAD,)
    assert rig.told == [Told(Telling.SIGNATURE_OWED, (HEAD,), (("trigger", "send"),))]
    assert rig.clocks == {"send_by": "running", "stamp_by": "running", "sign_by": "running"}
    opened = next(effect for effect in decision.effects if isinstance(effect, ProposalOpened))
    assert opened.key == "k1"


def test_a_move_that_asks_for_no_signature_happens_at_once_under_its_key() -> None:
    rig = _rig()
    decision = rig.do(propose("stamp"), actor(HEAD), NOW)
    assert (decision.role, decision.deed) == ("head", "stamp")
    assert decision.moved == SubjectMoved(
        "stamp", "draft", "draft", 6, 2, bundle("stamp"), HEAD, proposal=None, key="k1"
    )
    assert rig.facts.proposal is None
    assert "stamp_by" not in rig.clocks
    assert rig.told == [Told(Telling.MOVED, (HEAD,), (("trigger", "stamp"),))]


def test_the_clocks_are_held_at_once_where_nobody_needs_to_report() -> None:
    holders = {"head": ((CLERK,),)}
    rig = _rig(facts(holders=holders))
    decision = rig.do(propose(), actor(CLERK), NOW)
    assert DeadlineHeld("send_by") in decision.effects
    assert rig.clocks["send_by"] == "held"
    assert rig.open.waiting() == (CHIEF,)


def test_whoever_holds_no_proposing_role_learns_that_first_of_all() -> None:
    rig = _rig(facts(state="shredded"))
    stale = replace(propose(), version=1)
    assert _reason(rig, stale, STRANGER) == ("not_proposer", {"trigger": "send"})
    assert _reason(rig, stale, None) == ("not_proposer", {"trigger": "send"})


def test_a_trigger_that_does_not_exist_is_named() -> None:
    assert _reason(_rig(), propose("sing"), CLERK) == ("trigger_unknown", {"trigger": "sing"})


def test_a_move_from_another_state_is_refused_with_that_state() -> None:
    assert _reason(_rig(facts(state="sent")), propose(), CLERK) == (
        "wrong_state",
        {"trigger": "send", "state": "sent"},
    )


def test_the_system_proposes_nothing() -> None:
    assert _rig().refuse(propose(), system(1, "tick"), NOW) == ("not_proposer",)


def test_a_stale_page_learns_who_was_faster_and_when() -> None:
    latest = LatestChange(OTHER_CLERK, YESTERDAY, "propose")
    late = replace(propose(), version=4)
    assert _reason(_rig(facts(state="sent", latest=latest)), late, CLERK) == (
        "stale",
        {"person": OTHER_CLERK, "at": YESTERDAY, "action": "propose"},
    )
    assert _reason(_rig(), late, CLERK) == ("stale_without_trace", {})


def test_a_second_proposal_learns_who_was_first_and_when() -> None:
    rig = _rig()
    rig.do(propose(), actor(OTHER_CLERK), YESTERDAY)
    assert _reason(rig, propose(), CLERK) == (
        "proposal_open",
        {"person": OTHER_CLERK, "at": YESTERDAY, "trigger": "send"},
    )


def test_what_may_happen_beside_does_although_something_is_open() -> None:
    rig = _rig()
    rig.do(propose(), actor(CLERK), NOW)
    rig.do(propose("stamp"), actor(CLERK), NOW)
    assert rig.open.bundle.trigger == "send"
    assert [step.trigger for step in rig.steps] == ["stamp"]


def test_missing_evidence_and_failing_guards_are_all_named_at_once() -> None:
    rig = _rig(facts(details=Letter(in_time=False)))
    assert rig.refuse(propose(text="", evidence=()), actor(CLERK), NOW) == (
        "evidence_missing",
        "unsealed",
        "too_late",
    )


@pytest.mark.parametrize("other", [replace(bundle(), subject="letter:8"), replace(bundle(), round=1)])
def test_a_bundle_made_for_another_subject_or_round_is_refused(other: Bundle) -> None:
    assert _reason(_rig(), Propose(other, 5, "k"), CLERK) == ("bundle_foreign", {"subject": "letter:7"})


def test_a_bundle_made_by_another_version_of_the_rules_is_refused_with_the_one_that_counts() -> None:
    other = replace(bundle(), definition="letter@2")
    assert _reason(_rig(), Propose(other, 5, "k"), CLERK) == ("rules_changed", {"definition": "letter@1"})


@pytest.mark.parametrize(
    ("said", "code", "value"),
    [
        ({"evidence": (PAGE, Claim("photo", "A", sha256="a"))}, "claim_of_unknown_kind", 2),
        ({"evidence": (replace(PAGE, title=" "),)}, "claim_without_title", 1),
        ({"evidence": (Claim("page", "A"),)}, "claim_without_content", 1),
        ({"evidence": (Claim("page", "A", document_number="1", place="B"),)}, "claim_without_content", 1),
        ({"entries": (Entry("part:1", ()), Entry("part:1", ()))}, "said_twice", "part:1"),
        ({"entries": (Entry("part:1", (("why", "a"), ("why", "b"))),)}, "said_twice", "why"),
        ({"dates": (("due", date(2026, 1, 1)), ("due", date(2026, 1, 2)))}, "said_twice", "due"),
        ({"references": (("basis", "1"), ("basis", "2"))}, "said_twice", "basis"),
    ],
)
def test_a_bundle_that_says_something_twice_or_about_nothing_is_not_signed(
    said: dict[str, object], code: str, value: object
) -> None:
    command = Propose(replace(bundle(), **said), 5, "k")  # type: ignore[arg-type]  # The table is typed by eye.
    found, params = _reason(_rig(), command, CLERK)
    assert (found, *params.values()) == (code, value)


@pytest.mark.parametrize(
    "claim",
    [
        Claim("page", "A", sha256="a" * 64),
        Claim("page", "A", address="https://court.example/notice"),
        Claim("page", "A", document_number="2026-1", place="Archive", custodian="Somebody"),
    ],
)
def test_a_file_an_address_or_a_document_seen_on_site_is_evidence(claim: Claim) -> None:
    _rig().do(propose(evidence=(claim,)), actor(CLERK), NOW)


def test_a_seat_that_nobody_can_fill_refuses_the_proposal() -> None:
    assert _reason(_rig(facts(holders={"chief": ()})), propose(), CLERK) == ("seat_vacant", {"role": "chief"})


def test_whoever_is_related_to_the_subject_does_not_judge_it() -> None:
    related = facts(relations={"author": frozenset({REGISTRAR})})
    assert _reason(_rig(related), propose("review"), REGISTRAR) == (
        "not_independent",
        {"relation": "author"},
    )
    _rig(facts(relations={"author": frozenset({CLERK})})).do(propose("review"), actor(REGISTRAR), NOW)


def test_of_two_transitions_of_one_trigger_each_has_its_own_proposers() -> None:
    kind, angry = facts(state="sent"), facts(state="sent", details=Letter(tone="angry"))
    assert _reason(_rig(kind), propose("answer"), CHIEF) == ("not_proposer", {"trigger": "answer"})
    assert _rig(kind).do(propose("answer"), actor(REGISTRAR), NOW).moved is not None
    moved = _rig(angry).do(propose("answer"), actor(CHIEF), NOW).moved
    assert moved is not None
    assert (moved.state, moved.round) == ("draft", 3)


def test_where_no_transition_of_a_trigger_applies_that_is_said() -> None:
    odd = facts(state="sent", details=Letter(tone="silent"))
    assert _reason(_rig(odd), propose("answer"), CHIEF) == ("not_applicable", {"trigger": "answer"})


def test_a_transition_that_was_picked_and_refused_leaves_no_second_one() -> None:
    stamped = facts(state="sent", details=Letter(stamped=True))
    assert _rig(stamped).refuse(propose("file"), actor(REGISTRAR), NOW) == ("stamped",)
    other = facts(state="sent", details=Letter(stamped=True, tone="angry"))
    moved = _rig(other).do(propose("file"), actor(REGISTRAR), NOW).moved
    assert moved is not None
    assert moved.state == "sent"


def test_a_refusal_can_leave_a_unit_of_work_as_an_error_with_all_its_reasons() -> None:
    refusal = Refusal((deny("criterion_unproven", criterion=2), deny("text_missing")))
    error = RefusedError(refusal)
    assert isinstance(error, ZhenggaiError)
    assert (error.code, error.params, error.refusal) == ("criterion_unproven", {"criterion": 2}, refusal)
    assert str(error) == "criterion_unproven(criterion=2)"
    assert str(RefusedError(Refusal((deny("text_missing"),)))) == "text_missing"


def test_an_actor_answers_for_roles_and_departments() -> None:
    somebody = Actor(1, 1, frozenset({Holding("clerk", 4), Holding("head", 5)}))
    assert somebody.has_role("head", "chief")
    assert not somebody.has_role("chief")
    assert somebody.departments("clerk") == {4}
    assert somebody.departments() == {4, 5}
    assert system(3, "tick") == Actor(None, 3, request_id="tick")
