"""A petition on its way through stages of every rule, each with its own limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.actor import system
from engine.commands import Reseat
from engine.decision import DeadlineStarted, Telling
from tests.engine.petitions import ANNA, BORIS, CLARA, Groups, ask, asked, petition
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    HEAD,
    NOW,
    OTHER_CHIEF,
    OTHER_HEAD,
    REGISTRAR,
    STRANGER,
    actor,
    sign,
)

SYSTEM = system(1, "tick")


def _at_the_board() -> Rig:
    rig = asked()
    rig.do(sign(rig.open), actor(OTHER_HEAD), NOW)
    return rig


def _changed(rig: Rig, **holders: Groups) -> None:
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, **holders})


def test_each_stage_starts_its_own_limit_and_one_without_has_the_usual_one() -> None:
    rig = asked()
    within: list[int | None] = []
    for signer in (OTHER_HEAD, ANNA, CLARA):
        effects = rig.do(sign(rig.open), actor(signer), NOW).effects
        within += [effect.within for effect in effects if isinstance(effect, DeadlineStarted)]
    assert within == [7, None]


@pytest.mark.parametrize(("signers", "clock"), [((), "running"), ((HEAD,), "held")])
def test_a_clock_that_starts_beside_a_proposal_stands_once_the_department_has_reported(
    signers: tuple[int, ...], clock: str
) -> None:
    rig = asked()
    for signer in signers:
        rig.do(sign(rig.open), actor(signer), NOW)
    rig.do(ask("allow_longer"), actor(REGISTRAR), NOW)
    assert rig.clocks["ask_by"] == clock


def test_any_head_signs_for_all_and_the_others_come_too_late() -> None:
    rig = asked()
    assert rig.open.waiting() == (HEAD, OTHER_HEAD)
    shown = sign(rig.open)
    rig.do(shown, actor(OTHER_HEAD), NOW)
    assert rig.clocks["ask_by"] == "held"
    assert rig.refuse(shown, actor(HEAD), NOW) == ("seat_signed",)


def test_the_last_of_some_passes_the_turn_and_nobody_counts_twice() -> None:
    rig = _at_the_board()
    assert rig.open.waiting() == (ANNA, BORIS, CLARA)
    told = len(rig.told)
    rig.do(sign(rig.open), actor(BORIS), NOW)
    assert rig.open.waiting() == (ANNA, CLARA)
    assert len(rig.told) == told
    assert rig.refuse(sign(rig.open), actor(BORIS), NOW) == ("already_signed",)
    shown = sign(rig.open)
    rig.do(shown, actor(ANNA), NOW)
    assert rig.refuse(shown, actor(CLARA), NOW) == ("seat_signed",)
    assert rig.do(sign(rig.open), actor(CHIEF), NOW).moved is not None


def test_seats_of_some_stand_while_enough_of_their_people_do() -> None:
    rig = _at_the_board()
    _changed(rig, board=((ANNA, BORIS),))
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    rig.do(sign(rig.open), actor(ANNA), NOW)
    _changed(rig, board=((BORIS, STRANGER),))
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)


def test_where_too_few_of_some_are_left_newcomers_stand_in_every_open_seat() -> None:
    rig = _at_the_board()
    _changed(rig, board=((ANNA, STRANGER),))
    rig.do(Reseat(1), SYSTEM, NOW)
    assert [seat.candidates for seat in rig.open.seats[1:3]] == [(ANNA, STRANGER)] * 2
    assert (rig.told[-1].telling, rig.told[-1].people) == (Telling.SIGNATURE_OWED, (STRANGER,))
    rig.do(sign(rig.open), actor(ANNA), NOW)
    _changed(rig, board=((ANNA, BORIS),))
    rig.do(sign(rig.open), actor(BORIS), NOW)
    assert rig.open.waiting() == (CHIEF,)


def test_where_nobody_of_some_is_left_their_seats_wait() -> None:
    rig = _at_the_board()
    _changed(rig, board=())
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    assert rig.refuse(sign(rig.open), actor(ANNA), NOW) == ("role_lost",)


def test_who_has_to_sign_on_the_board_lets_a_lower_seat_fall_away() -> None:
    rig = asked(petition({"board": ((ANNA, BORIS),)}))
    _changed(rig, head=((ANNA,),))
    rig.do(Reseat(1), SYSTEM, NOW)
    assert (rig.open.seats[0].fell_away, rig.open.waiting()) == ("signs_higher", (ANNA, BORIS))


def test_who_may_but_need_not_sign_on_the_board_takes_the_lower_seat() -> None:
    rig = asked()
    _changed(rig, head=((ANNA,),))
    rig.do(sign(rig.open), actor(ANNA), NOW)
    assert rig.open.waiting() == (BORIS, CLARA)
    rig.do(sign(rig.open), actor(BORIS), NOW)
    rig.do(sign(rig.open), actor(CLARA), NOW)


def test_the_only_holder_is_followed_by_the_next_and_never_by_two() -> None:
    rig = asked()
    _changed(rig, chief=((OTHER_CHIEF,), (STRANGER,)))
    assert rig.refuse(Reseat(1), SYSTEM, NOW) == ("seats_stand",)
    _changed(rig, chief=((OTHER_CHIEF,),))
    rig.do(Reseat(1), SYSTEM, NOW)
    assert rig.open.seats[-1].candidates == (OTHER_CHIEF,)


@pytest.mark.parametrize(("substitutes", "people"), [({}, (CHIEF,)), ({"chief": STRANGER}, (STRANGER,))])
def test_whom_a_stage_came_to_exclude_is_replaced_by_the_substitute_or_learns_why(
    substitutes: dict[str, int], people: tuple[int, ...]
) -> None:
    rig = asked(petition(substitutes=substitutes))
    for signer in (HEAD, ANNA, BORIS):
        rig.do(sign(rig.open), actor(signer), NOW)
    rig.facts = replace(rig.facts, relations={"author": frozenset({CHIEF})})
    assert rig.refuse(sign(rig.open), actor(CHIEF), NOW) == (
        ("not_a_signer",) if substitutes else ("not_independent",)
    )
    assert rig.refuse(sign(rig.open), actor(CLERK), NOW) == ("own_proposal",)
    if substitutes:
        rig.do(sign(rig.open), actor(people[0]), NOW)
        assert rig.facts.state == "sent"
