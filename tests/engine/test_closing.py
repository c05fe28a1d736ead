"""A proposal ends without a step: sent back, withdrawn, or superseded by a weightier move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands import SendBack, Withdraw
from engine.decision import Outcome, Telling
from engine.facts import LatestChange
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    HEAD,
    NOW,
    OTHER_CLERK,
    REGISTRAR,
    STRANGER,
    YESTERDAY,
    actor,
    facts,
    propose,
    send_back,
    sign,
    withdraw,
    workflow,
)


def _rig(*signers: int) -> Rig:
    rig = Rig(workflow(), facts(), {"send_by": "running", "stamp_by": "running"})
    rig.do(propose(), actor(CLERK), YESTERDAY)
    for signer in signers:
        rig.do(sign(rig.open), actor(signer), YESTERDAY)
    return rig


def test_a_signer_sends_back_with_a_reason_and_the_clocks_run_on() -> None:
    rig = _rig(HEAD)
    assert rig.clocks["send_by"] == "held"
    decision = rig.do(send_back(rig.open, "  Not yet  "), actor(CHIEF), NOW)
    assert (decision.action, decision.trigger, decision.role) == ("send_back", "send", "chief")
    assert [(closed.outcome, closed.reason) for closed in rig.closed] == [(Outcome.SENT_BACK, "Not yet")]
    assert rig.facts.proposal is None
    assert rig.clocks == {"send_by": "running", "stamp_by": "running"}
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.SENT_BACK, (CLERK, HEAD))
    assert (rig.facts.state, rig.facts.version) == ("draft", 5)


def test_after_it_was_sent_back_the_move_can_be_proposed_again() -> None:
    rig = _rig()
    rig.do(send_back(rig.open), actor(HEAD), NOW)
    rig.do(propose(), actor(OTHER_CLERK), NOW)
    assert rig.open.proposer == OTHER_CLERK


@pytest.mark.parametrize(
    ("person", "reason", "codes"),
    [
        (HEAD, " \n", ("reason_missing",)),
        (CHIEF, "why", ("not_your_turn",)),
        (CLERK, "why", ("own_proposal",)),
        (STRANGER, "", ("not_a_signer", "reason_missing")),
    ],
)
def test_only_whose_turn_it_is_sends_back_and_never_without_a_reason(
    person: int, reason: str, codes: tuple[str, ...]
) -> None:
    rig = _rig()
    assert rig.refuse(send_back(rig.open, reason), actor(person), NOW) == codes


def test_the_proposer_withdraws_until_somebody_signed() -> None:
    rig = _rig()
    decision = rig.do(withdraw(rig.open), actor(CLERK), NOW)
    assert (decision.action, decision.role) == ("withdraw", "proposer")
    assert [closed.outcome for closed in rig.closed] == [Outcome.WITHDRAWN]
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.WITHDRAWN, (HEAD,))
    assert rig.clocks == {"send_by": "running", "stamp_by": "running"}


def test_after_a_signature_withdrawing_is_refused_with_who_signed_and_when() -> None:
    rig = _rig(HEAD)
    answer = rig.try_to(withdraw(rig.open), actor(CLERK), NOW)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.reasons[0].values()) == (
        "signed_by_somebody",
        {"person": HEAD, "at": YESTERDAY},
    )


def test_nobody_withdraws_what_another_proposed() -> None:
    rig = _rig()
    assert rig.refuse(withdraw(rig.open), actor(OTHER_CLERK), NOW) == ("not_your_proposal",)


@pytest.mark.parametrize("command", [SendBack(1, 1, "why"), Withdraw(1, 1)])
def test_what_ended_already_says_who_ended_it_and_when(command: SendBack | Withdraw) -> None:
    latest = LatestChange(HEAD, YESTERDAY, "send_back")
    answer = Rig(workflow(), facts(latest=latest)).try_to(command, actor(CLERK), NOW)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.reasons[0].values()) == (
        "proposal_closed",
        {"person": HEAD, "at": YESTERDAY, "action": "send_back"},
    )


def test_a_superseding_proposal_closes_the_open_one_and_its_signers_are_told() -> None:
    rig = _rig(HEAD)
    rig.do(propose("recall"), actor(REGISTRAR), NOW)
    assert [(closed.proposal, closed.outcome, closed.reason) for closed in rig.closed] == [
        (1, Outcome.SUPERSEDED, "recall")
    ]
    assert rig.open.bundle.trigger == "recall"
    assert rig.clocks["send_by"] == "running"
    assert rig.clocks["sign_by"] == "running"
    superseded, owed = rig.told[-2:]
    assert (superseded.telling, superseded.people) == (Telling.SUPERSEDED, (CLERK, HEAD, CHIEF))
    assert superseded.params == (("trigger", "send"), ("by", "recall"))
    assert (owed.telling, owed.people) == (Telling.SIGNATURE_OWED, (HEAD,))


def test_a_superseding_move_without_signatures_closes_and_moves_at_once() -> None:
    rig = _rig(HEAD)
    rig.do(propose("shred"), actor(REGISTRAR), NOW)
    assert (rig.facts.state, rig.facts.proposal, rig.clocks) == ("shredded", None, {})
    assert rig.told[-1].people == (REGISTRAR, CLERK, OTHER_CLERK, HEAD)


def test_the_same_superseding_move_pressed_twice_is_one_proposal() -> None:
    colleagues = facts(holders={"registrar": ((REGISTRAR, STRANGER),)})
    rig = Rig(workflow(), colleagues)
    rig.do(propose("recall"), actor(REGISTRAR), YESTERDAY)
    answer = rig.try_to(propose("recall"), actor(STRANGER), NOW)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.reasons[0].values()["person"]) == ("proposal_open", REGISTRAR)


def test_without_an_open_proposal_a_superseding_one_simply_opens() -> None:
    rig = Rig(workflow(), facts())
    rig.do(propose("recall"), actor(REGISTRAR), NOW)
    assert rig.closed == []


def test_stopping_everything_leaves_the_signature_clock_to_its_proposal() -> None:
    rig = Rig(workflow(), facts(), {"send_by": "running", "answer_by": "held", "stamp_by": "running"})
    decision = rig.do(propose("shred"), actor(REGISTRAR), NOW)
    assert rig.clocks == {}
    stopped = [getattr(effect, "kind", None) for effect in decision.effects]
    assert "sign_by" not in stopped


def test_nothing_is_remembered_between_two_decisions() -> None:
    rig = _rig()
    before = rig.facts
    first = rig.try_to(sign(rig.open), actor(HEAD), NOW)
    second = rig.try_to(sign(rig.open), actor(HEAD), NOW)
    assert first == second
    assert rig.facts == before == replace(before)
