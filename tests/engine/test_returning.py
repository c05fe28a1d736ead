"""A proposal sent back to an earlier stage stays open; what was signed from there on is void and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands import SendBack
from engine.decision import (
    DeadlineResumed,
    DeadlineStarted,
    DeadlineStopped,
    SeatResolvedAgain,
    SignaturesVoided,
    Telling,
    Told,
)
from engine.options import proposal_options
from engine.reasons import Refusal, deny
from tests.engine.petitions import ANNA, BORIS, CLARA, asked
from tests.engine.rig import Rig
from tests.engine.zoo import CHIEF, CLERK, HEAD, NOW, OTHER_HEAD, STRANGER, YESTERDAY, actor, sign, withdraw


def _rig(*signers: int) -> Rig:
    rig = asked()
    for signer in signers:
        rig.do(sign(rig.open), actor(signer), YESTERDAY)
    return rig


def _back(rig: Rig, stage: int | None, reason: str = " Figures ") -> SendBack:
    return SendBack(rig.open.identifier, rig.open.revision, reason, stage)


def test_signatures_of_that_stage_and_the_later_ones_are_void_and_the_digest_stands() -> None:
    rig = _rig(HEAD, ANNA, BORIS)
    digest = rig.open.bundle.digest
    decision = rig.do(_back(rig, 1), actor(CHIEF), NOW)
    assert (decision.action, decision.role, decision.digest) == ("send_back", "chief", digest)
    voided = decision.effects[0]
    assert isinstance(voided, SignaturesVoided)
    assert (voided.proposal, voided.stage, voided.reason) == (1, 1, "Figures")
    assert [seat.signed_by for seat in voided.seats] == [ANNA, BORIS]
    assert decision.effects[1:] == (
        DeadlineStopped("sign_by"),
        Told(Telling.VOIDED, (ANNA, BORIS), (("trigger", "ask"),)),
        DeadlineStarted("sign_by", 7),
        Told(Telling.SIGNATURE_OWED, (ANNA, BORIS, CLARA), (("trigger", "ask"),)),
    )
    assert [seat.signed_by for seat in rig.open.seats] == [HEAD, None, None, None]
    assert rig.clocks == {"ask_by": "held", "sign_by": "running"}
    assert (rig.open.revision, rig.open.returned, rig.facts.state) == (1, 1, "draft")


def test_where_the_reporting_stage_is_void_the_departments_clock_runs_on() -> None:
    rig = _rig(HEAD, ANNA)
    decision = rig.do(_back(rig, 0), actor(BORIS), NOW)
    assert DeadlineResumed("ask_by") in decision.effects
    assert rig.clocks == {"ask_by": "running", "sign_by": "running"}
    assert [told.people for told in rig.told[-2:]] == [(HEAD, ANNA), (HEAD, OTHER_HEAD)]
    assert rig.open.first_signature() is None


def test_whose_signature_is_void_signs_again_and_the_move_goes_on() -> None:
    rig = _rig(HEAD, ANNA, BORIS)
    rig.do(_back(rig, 0), actor(CHIEF), NOW)
    for signer in (HEAD, BORIS, ANNA):
        rig.do(sign(rig.open), actor(signer), NOW)
    assert rig.do(sign(rig.open), actor(CHIEF), NOW).moved is not None


def test_after_it_came_back_without_a_signature_the_proposer_may_withdraw() -> None:
    rig = _rig(HEAD)
    rig.do(_back(rig, 0), actor(ANNA), NOW)
    rig.do(withdraw(rig.open), actor(CLERK), NOW)
    assert rig.facts.proposal is None


@pytest.mark.parametrize("stage", [-1, 2, 3, 99])
def test_only_a_stage_before_ones_own_signs_anew(stage: int) -> None:
    rig = _rig(HEAD, ANNA, BORIS)
    answer = rig.try_to(_back(rig, stage), actor(CHIEF), NOW)
    assert isinstance(answer, Refusal)
    assert answer.reasons == (deny("stage_not_before", stages=(0, 1)),)


def test_a_stage_that_nobody_signed_cannot_sign_anew() -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((CLERK,),)})
    assert rig.refuse(_back(rig, 0), actor(ANNA), NOW) == ("stage_not_before",)


def test_going_back_a_stage_needs_the_turn_and_a_reason_too() -> None:
    rig = _rig(HEAD)
    assert rig.refuse(_back(rig, 0), actor(CHIEF), NOW) == ("not_your_turn",)
    assert rig.refuse(_back(rig, 0, " "), actor(ANNA), NOW) == ("reason_missing",)


def test_whoever_took_over_since_is_asked_to_sign_anew() -> None:
    rig = _rig(HEAD)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((STRANGER,),)})
    decision = rig.do(_back(rig, 0), actor(ANNA), NOW)
    assert [type(effect) for effect in decision.effects[:2]] == [SignaturesVoided, SeatResolvedAgain]
    assert rig.open.waiting() == (STRANGER,)
    assert [told.people for told in rig.told[-2:]] == [(HEAD,), (STRANGER,)]


def test_the_page_offers_the_stages_that_signed_before() -> None:
    rig = _rig(HEAD, ANNA, BORIS)
    stages = {
        person: next(
            option.stages
            for option in proposal_options(rig.workflow, rig.facts, actor(person))
            if option.action == "send_back"
        )
        for person in (CHIEF, HEAD)
    }
    assert stages == {CHIEF: (0, 1), HEAD: ()}


def test_a_page_from_before_a_stage_was_given_back_is_stale_although_the_text_stands() -> None:
    rig = _rig(HEAD, ANNA)
    shown = replace(sign(rig.open), returned=rig.open.returned)
    back = replace(_back(rig, None), returned=rig.open.returned)
    rig.do(_back(rig, 0), actor(BORIS), NOW)
    assert rig.refuse(shown, actor(HEAD), NOW) == ("proposal_returned",)
    assert rig.refuse(back, actor(HEAD), NOW) == ("proposal_returned",)
    rig.do(replace(shown, returned=rig.open.returned), actor(HEAD), NOW)


def test_a_page_from_before_it_went_back_neither_signs_nor_sends_back() -> None:
    rig = _rig(HEAD)
    signature, again = sign(rig.open), replace(_back(rig, None), returned=0)
    rig.do(replace(_back(rig, 0), returned=0), actor(ANNA), NOW)
    for command, person in ((replace(signature, returned=0), HEAD), (again, HEAD)):
        answer = rig.try_to(command, actor(person), NOW)
        assert isinstance(answer, Refusal)
        assert [reason.code for reason in answer.reasons] == ["proposal_returned"]
    rig.do(replace(signature, returned=1), actor(HEAD), NOW)
