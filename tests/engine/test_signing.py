"""The people named sign the digest, in stages; with the last signature the move happens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands import Method, Proof, Sign
from engine.decision import (
    DeadlineHeld,
    DeadlineStarted,
    DeadlineStopped,
    Outcome,
    SignatureGiven,
    Telling,
    Told,
)
from engine.facts import Facts, LatestChange, Seat
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    DEPUTY,
    HEAD,
    NOW,
    OTHER_CHIEF,
    OTHER_HEAD,
    REGISTRAR,
    STRANGER,
    YESTERDAY,
    Letter,
    actor,
    facts,
    propose,
    sign,
    workflow,
)


def _rig(given: Facts | None = None) -> Rig:
    rig = Rig(workflow(), given or facts(), {"send_by": "running", "stamp_by": "running"})
    rig.do(propose(), actor(CLERK), YESTERDAY)
    return rig


def _reason(rig: Rig, command: Sign, person: int | None) -> tuple[str, dict[str, object]]:
    answer = rig.try_to(command, actor(person), NOW)
    assert isinstance(answer, Refusal)
    return answer.code, answer.reasons[0].values()


def test_the_last_signature_moves_in_the_same_decision() -> None:
    rig = _rig()
    first = rig.do(sign(rig.open), actor(HEAD), NOW)
    assert (first.action, first.role, first.moved) == ("sign", "head", None)
    assert rig.facts.state == "draft"
    last = rig.do(sign(rig.open), actor(CHIEF), NOW)
    assert last.role == "chief"
    assert last.moved is not None
    assert (first.deed, last.deed) == ("sign", "sign")
    assert (last.moved.proposal, last.moved.proposer, last.moved.version) == (1, CLERK, 6)
    assert (rig.facts.state, rig.facts.version, rig.facts.proposal) == ("sent", 6, None)
    assert rig.clocks == {"stamp_by": "running", "answer_by": "running"}
    assert [closed.outcome for closed in rig.closed] == [Outcome.MOVED]
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.MOVED, (CLERK, REGISTRAR))


def test_a_signature_carries_digest_proof_and_opinion() -> None:
    rig = _rig()
    command = sign(rig.open, "Seen")
    effect = rig.do(command, actor(HEAD), NOW).effects[0]
    seat = Seat(0, "head", (HEAD,), reports=True, identifier=1)
    assert effect == SignatureGiven(1, 1, seat, HEAD, command.digest, command.proof, "Seen")


def test_the_clock_is_held_from_the_reporting_signature_and_the_next_stage_is_told() -> None:
    rig = _rig()
    decision = rig.do(sign(rig.open), actor(HEAD), NOW)
    assert decision.effects[1:] == (
        DeadlineStopped("sign_by"),
        DeadlineHeld("send_by"),
        DeadlineStarted("sign_by"),
        Told(Telling.SIGNATURE_OWED, (CHIEF,), (("trigger", "send"),)),
    )
    assert rig.clocks == {"send_by": "held", "stamp_by": "running", "sign_by": "running"}
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.SIGNATURE_OWED, (CHIEF,))


def test_of_several_departments_the_first_ones_signature_holds_the_clock() -> None:
    rig = _rig(facts(holders={"head": ((HEAD,), (OTHER_HEAD,))}))
    rig.do(sign(rig.open), actor(OTHER_HEAD), NOW)
    assert rig.clocks["send_by"] == "running"
    rig.do(sign(rig.open), actor(HEAD), NOW)
    assert rig.clocks["send_by"] == "held"
    assert rig.open.waiting() == (CHIEF,)
    early = _rig(facts(holders={"head": ((HEAD,), (OTHER_HEAD,))}))
    early.do(sign(early.open), actor(HEAD), NOW)
    assert early.clocks["send_by"] == "held"
    assert early.open.waiting() == (OTHER_HEAD,)


def test_joint_leaders_sign_in_any_order_and_only_the_last_one_moves() -> None:
    rig = _rig(facts(holders={"chief": ((CHIEF,), (OTHER_CHIEF,))}))
    rig.do(sign(rig.open), actor(HEAD), NOW)
    assert rig.open.waiting() == (CHIEF, OTHER_CHIEF)
    told = len(rig.told)
    assert rig.do(sign(rig.open), actor(OTHER_CHIEF), NOW).moved is None
    assert len(rig.told) == told
    assert rig.open.waiting() == (CHIEF,)
    assert rig.do(sign(rig.open), actor(CHIEF), NOW).moved is not None


def test_the_lower_stage_signs_first() -> None:
    assert _reason(_rig(), sign(_rig().open), CHIEF) == ("not_your_turn", {"waiting": (HEAD,)})


@pytest.mark.parametrize("person", [STRANGER, None])
def test_whoever_has_no_seat_learns_who_is_waited_for(person: int | None) -> None:
    rig = _rig()
    assert _reason(rig, sign(rig.open), person) == ("not_a_signer", {"waiting": (HEAD,)})


def test_nobody_signs_what_they_proposed() -> None:
    rig = _rig()
    assert _reason(rig, sign(rig.open), CLERK) == ("own_proposal", {})


def test_nobody_signs_twice() -> None:
    rig = _rig()
    rig.do(sign(rig.open), actor(HEAD), YESTERDAY)
    assert _reason(rig, sign(rig.open), HEAD) == ("already_signed", {"at": YESTERDAY})


def test_a_colleague_who_comes_second_learns_who_signed_and_when() -> None:
    rig = _rig(facts(holders={"head": ((HEAD, OTHER_HEAD),)}))
    shown = sign(rig.open)
    rig.do(shown, actor(OTHER_HEAD), YESTERDAY)
    assert _reason(rig, shown, HEAD) == ("seat_signed", {"person": OTHER_HEAD, "at": YESTERDAY})


def test_whoever_comes_after_the_last_signature_learns_who_gave_it_and_when() -> None:
    rig = _rig(facts(holders={"chief": ((CHIEF, OTHER_CHIEF),)}))
    rig.do(sign(rig.open), actor(HEAD), YESTERDAY)
    shown = sign(rig.open)
    rig.do(shown, actor(CHIEF), NOW)
    assert _reason(rig, shown, OTHER_CHIEF) == (
        "proposal_closed",
        {"person": CHIEF, "at": NOW, "action": "sign"},
    )


def test_a_proposal_that_never_was_is_unknown() -> None:
    rig = Rig(workflow(), facts())
    other = sign(_rig().open)
    assert rig.refuse(other, actor(HEAD), NOW) == ("proposal_unknown",)


def test_a_newer_revision_is_told_with_who_made_it_and_when() -> None:
    rig = _rig()
    shown = sign(rig.open)
    rig.facts = replace(rig.facts, proposal=replace(rig.open, revision=2))
    assert _reason(rig, shown, HEAD) == (
        "revision_changed",
        {"revision": 2, "person": CLERK, "at": YESTERDAY},
    )
    rig.facts = replace(rig.facts, latest=LatestChange(CLERK, NOW, "revise"))
    assert _reason(rig, shown, HEAD)[1]["at"] == NOW
    # What another did beside the proposal since is not when it was revised.
    rig.facts = replace(rig.facts, latest=LatestChange(REGISTRAR, NOW, "propose"))
    assert _reason(rig, shown, HEAD)[1]["at"] == YESTERDAY


def test_another_text_than_the_one_shown_is_not_signed() -> None:
    rig = _rig()
    other = replace(sign(rig.open), digest="0" * 64)
    assert _reason(rig, other, HEAD) == ("digest_changed", {"person": CLERK, "at": YESTERDAY})


def test_a_proof_covers_the_selection_that_was_shown_and_nothing_else() -> None:
    rig = _rig()
    elsewhere = replace(sign(rig.open), proof=Proof(Method.PASSWORD, ("1" * 64,), "f" * 64))
    assert rig.refuse(elsewhere, actor(HEAD), NOW) == ("not_in_selection",)
    together = Proof(Method.PASSWORD, ("1" * 64, rig.open.bundle.digest), "f" * 64)
    rig.do(replace(sign(rig.open), proof=together), actor(HEAD), NOW)


def test_nobody_signs_at_the_screen_for_somebody_else() -> None:
    rig = _rig()
    assert rig.refuse(replace(sign(rig.open), signer=HEAD), actor(STRANGER), NOW) == ("signature_not_own",)
    rig.do(replace(sign(rig.open), signer=HEAD), actor(HEAD), NOW)


def _paper(rig: Rig, registered_by: int | None, signer: int | None = HEAD) -> Sign:
    proof = Proof(Method.PAPER, (rig.open.bundle.digest,), "e" * 64, registered_by)
    return replace(sign(rig.open), proof=proof, signer=signer)


def test_a_signature_on_paper_is_registered_by_one_and_confirmed_by_another() -> None:
    rig = _rig()
    assert rig.refuse(_paper(rig, None), actor(DEPUTY), NOW) == ("paper_not_registered",)
    assert rig.refuse(_paper(rig, REGISTRAR, None), actor(DEPUTY), NOW) == ("paper_not_registered",)
    assert rig.refuse(_paper(rig, DEPUTY), actor(DEPUTY), NOW) == ("paper_confirmed_by_registrar",)
    decision = rig.do(_paper(rig, REGISTRAR), actor(DEPUTY), NOW)
    given = decision.effects[0]
    assert isinstance(given, SignatureGiven)
    assert (given.signer, given.proof.registered_by, decision.role) == (HEAD, REGISTRAR, "head")
    assert rig.open.seats[0].signed_by == HEAD


def test_a_signature_on_paper_is_owed_like_any_other() -> None:
    rig = _rig()
    assert rig.refuse(_paper(rig, REGISTRAR, CHIEF), actor(DEPUTY), NOW) == ("not_your_turn",)
    assert rig.refuse(_paper(rig, REGISTRAR, CLERK), actor(DEPUTY), NOW) == ("own_proposal",)


def test_a_guard_that_fails_at_signing_refuses_the_signature_and_leaves_the_proposal_open() -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, details=Letter(wanted=False))
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("unwanted",)
    assert rig.open.waiting() == (HEAD,)


def test_each_guard_is_asked_at_its_moment() -> None:
    late = Rig(workflow(), facts(details=Letter(in_time=False)))
    assert late.refuse(propose(), actor(CLERK), NOW) == ("too_late",)
    rig = _rig(facts(details=Letter(wanted=False)))  # What is asked at signing alone stops no proposal.
    rig.facts = replace(rig.facts, details=Letter(in_time=False))
    rig.do(sign(rig.open), actor(HEAD), NOW)  # What is about being in time is not asked again.


def test_a_state_that_changed_beside_the_proposal_refuses_the_signature() -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, state="answered")
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("wrong_state",)


def test_a_proposer_who_became_related_meanwhile_stops_the_move() -> None:
    rig = Rig(workflow(), facts())
    rig.do(propose("review"), actor(REGISTRAR), YESTERDAY)
    rig.facts = replace(rig.facts, relations={"author": frozenset({REGISTRAR})})
    assert rig.refuse(sign(rig.open), actor(CHIEF), NOW) == ("not_independent",)
