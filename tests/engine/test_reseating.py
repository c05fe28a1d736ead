"""Somebody lost a role while a proposal waits: the seat is resolved again, and that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.actor import system
from engine.commands import Reseat
from engine.decision import SeatResolvedAgain, Telling
from engine.facts import Facts
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    DEPUTY,
    HEAD,
    NOW,
    OTHER_CHIEF,
    OTHER_CLERK,
    OTHER_HEAD,
    STRANGER,
    YESTERDAY,
    actor,
    facts,
    propose,
    send_back,
    sign,
    workflow,
)

Groups = tuple[tuple[int, ...], ...]
SYSTEM = system(1, "tick")


def _rig(*signers: int, given: Facts | None = None) -> Rig:
    rig = Rig(workflow(), given or facts(), {"send_by": "running"})
    rig.do(propose(), actor(CLERK), YESTERDAY)
    for signer in signers:
        rig.do(sign(rig.open), actor(signer), YESTERDAY)
    return rig


def _now(
    rig: Rig, holders: Mapping[str, Groups], substitutes: Mapping[str, int] | None = None
) -> list[tuple[tuple[int, ...], str | None]]:
    """Let the roles change, reseat, and show the seats."""
    rig.facts = replace(
        rig.facts, holders={**rig.facts.holders, **holders}, substitutes=substitutes or rig.facts.substitutes
    )
    rig.do(Reseat(1), SYSTEM, NOW)
    return [(seat.candidates, seat.fell_away) for seat in rig.open.seats]


def test_whoever_holds_the_role_now_owes_the_signature_and_is_told() -> None:
    rig = _rig()
    assert _now(rig, {"head": ((OTHER_HEAD,),)}) == [((OTHER_HEAD,), None), ((CHIEF,), None)]
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.SIGNATURE_OWED, (OTHER_HEAD,))
    assert rig.clocks["sign_by"] == "running"
    rig.do(sign(rig.open), actor(OTHER_HEAD), NOW)


def test_a_seat_of_a_later_stage_changes_without_a_word_until_its_turn() -> None:
    rig = _rig()
    told = len(rig.told)
    assert _now(rig, {"chief": ((OTHER_CHIEF,),)}) == [((HEAD,), None), ((OTHER_CHIEF,), None)]
    assert len(rig.told) == told


def test_the_decision_to_reseat_names_no_role_and_says_what_changed() -> None:
    rig = _rig()
    before = rig.open.seats[0]
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    decision = rig.do(Reseat(1), SYSTEM, NOW)
    assert (decision.action, decision.trigger, decision.role) == ("reseat", "send", "")
    assert decision.digest == rig.open.bundle.digest
    change = decision.effects[0]
    assert change == SeatResolvedAgain(before, replace(before, candidates=(OTHER_HEAD,)))
    assert isinstance(change, SeatResolvedAgain)
    assert change.candidates == (OTHER_HEAD,)


def test_where_nothing_changed_nothing_is_recorded() -> None:
    assert _rig().refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert _rig().refuse(Reseat(2), SYSTEM, NOW) == ("proposal_unknown",)
    assert Rig(workflow(), facts()).refuse(Reseat(1), SYSTEM, NOW) == ("proposal_unknown",)


def test_while_one_of_several_candidates_still_holds_the_role_the_seat_stands() -> None:
    rig = _rig(given=facts(holders={"head": ((HEAD, OTHER_HEAD),)}))
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("role_lost",)
    rig.do(sign(rig.open), actor(OTHER_HEAD), NOW)


def test_the_new_holder_signs_although_nobody_reseated_before() -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("not_a_signer",)
    decision = rig.do(sign(rig.open), actor(OTHER_HEAD), NOW)
    assert isinstance(decision.effects[0], SeatResolvedAgain)
    assert rig.open.seats[0].signed_by == OTHER_HEAD
    assert rig.clocks["send_by"] == "held"


def test_the_new_holder_sends_back_although_nobody_reseated_before() -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    decision = rig.do(send_back(rig.open), actor(OTHER_HEAD), NOW)
    assert isinstance(decision.effects[0], SeatResolvedAgain)
    assert rig.facts.proposal is None


def test_a_signature_given_stays_given_when_its_signer_loses_the_role() -> None:
    rig = _rig(HEAD)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert rig.open.seats[0].signed_by == HEAD


def test_the_substitute_takes_a_seat_whose_role_nobody_holds_any_more() -> None:
    rig = _rig()
    assert _now(rig, {"head": ()}, {"head": DEPUTY})[0] == ((DEPUTY,), None)
    assert rig.open.seats[0].substitute
    rig.do(sign(rig.open), actor(DEPUTY), NOW)


def test_a_new_holder_comes_before_the_substitute() -> None:
    rig = _rig()
    assert _now(rig, {"head": ((OTHER_HEAD,),)}, {"head": DEPUTY})[0] == ((OTHER_HEAD,), None)
    assert not rig.open.seats[0].substitute


def test_a_vacant_seat_without_a_substitute_waits_for_somebody_to_be_named() -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ()})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("role_lost",)
    assert _now(rig, {"head": ((OTHER_HEAD,),)})[0] == ((OTHER_HEAD,), None)


def test_another_substitute_takes_over_when_the_settings_name_another() -> None:
    rig = _rig(given=facts(holders={"head": ()}, substitutes={"head": DEPUTY}))
    rig.facts = replace(rig.facts, substitutes={"head": STRANGER})
    assert rig.refuse(sign(rig.open), actor(DEPUTY), NOW) == ("not_a_signer",)
    rig.do(Reseat(1), SYSTEM, NOW)
    assert rig.open.waiting() == (STRANGER,)


def test_a_substitute_keeps_the_seat_when_the_role_is_filled_again() -> None:
    rig = _rig(given=facts(holders={"head": ()}, substitutes={"head": DEPUTY}))
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)


def test_a_new_holder_who_signs_higher_lets_the_lower_seat_fall_away() -> None:
    rig = _rig()
    assert _now(rig, {"head": ((CHIEF,),)}) == [((), "signs_higher"), ((CHIEF,), None)]
    assert rig.clocks == {"send_by": "held", "sign_by": "running"}
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.SIGNATURE_OWED, (CHIEF,))
    assert rig.do(sign(rig.open), actor(CHIEF), NOW).moved is not None


def test_a_proposer_who_came_to_hold_the_role_lets_the_seat_fall_away_upwards() -> None:
    rig = _rig()
    assert _now(rig, {"head": ((CLERK,),)})[0] == ((), "proposer")
    assert rig.open.waiting() == (CHIEF,)


def test_nobody_signs_alone_what_they_proposed_after_coming_to_hold_the_highest_role() -> None:
    rig = _rig(HEAD)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "chief": ((CLERK,),)})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert rig.refuse(sign(rig.open), actor(CLERK), NOW) == ("own_proposal",)
    assert _now(rig, {}, {"chief": DEPUTY})[1] == ((DEPUTY,), None)


def test_whoever_signed_lower_does_not_sign_again_higher() -> None:
    rig = _rig(HEAD)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "chief": ((HEAD,),)})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("already_signed",)


def test_a_joint_leader_is_replaced_by_who_stands_nowhere_yet() -> None:
    rig = _rig(HEAD, given=facts(holders={"chief": ((CHIEF,), (OTHER_CHIEF,))}))
    assert _now(rig, {"chief": ((OTHER_CHIEF,), (STRANGER,))}) == [
        ((HEAD,), None),
        ((STRANGER,), None),
        ((OTHER_CHIEF,), None),
    ]


def test_each_department_keeps_its_own_seat() -> None:
    rig = _rig(given=facts(holders={"head": ((HEAD,), (DEPUTY, OTHER_CHIEF))}))
    # A newcomer of the second department is no candidate for the first one's seat.
    assert _now(rig, {"head": ((OTHER_HEAD,), (DEPUTY, OTHER_CHIEF, STRANGER))})[:2] == [
        ((OTHER_HEAD,), None),
        ((DEPUTY, OTHER_CHIEF), None),
    ]


def test_where_a_colleague_took_over_the_second_department_too_the_first_seat_falls_away() -> None:
    rig = _rig(given=facts(holders={"head": ((HEAD,), (OTHER_HEAD,))}))
    assert _now(rig, {"head": ((OTHER_HEAD,),)})[:2] == [((), "signs_beside"), ((OTHER_HEAD,), None)]
    assert rig.clocks["send_by"] == "held"
    assert rig.open.waiting() == (OTHER_HEAD,)


@pytest.mark.parametrize("people", [(CLERK,), (CLERK, OTHER_CLERK)])
def test_whoever_else_holds_the_proposers_role_does_not_matter(people: tuple[int, ...]) -> None:
    rig = _rig()
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "clerk": (people,)})
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
