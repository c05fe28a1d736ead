"""Stages become people: once each, in the higher seat, and never who proposed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.definition import Stage, Transition
from engine.facts import Facts, Seat
from engine.seats import resolve_seats

PROPOSER, A, B, C, D, E = 1, 2, 3, 4, 5, 6

Groups = tuple[tuple[int, ...], ...]
Shown = tuple[str, tuple[int, ...], str | None]


def _facts(holders: Mapping[str, Groups], substitutes: Mapping[str, int] | None = None) -> Facts:
    return Facts("letter:7", 1, "draft", 1, 1, holders, substitutes or {})


def _move(*roles: str) -> Transition:
    stages = tuple(Stage(role, reports=role == "head") for role in roles)
    return Transition("send", ("draft",), "sent", ("clerk",), stages)


def _resolve(
    roles: str, holders: Mapping[str, Groups], substitutes: Mapping[str, int] | None = None
) -> tuple[Seat, ...]:
    seats, reasons = resolve_seats(_move(*roles.split()), _facts(holders, substitutes), PROPOSER)
    assert reasons == ()
    return seats


def _shown(seats: tuple[Seat, ...]) -> list[Shown]:
    return [(seat.role, seat.candidates, seat.fell_away) for seat in seats]


def _refused(
    roles: str, holders: Mapping[str, Groups], substitutes: Mapping[str, int] | None = None
) -> tuple[str, object]:
    seats, reasons = resolve_seats(_move(*roles.split()), _facts(holders, substitutes), PROPOSER)
    assert seats == ()
    return reasons[0].code, reasons[0].values()["role"]


def test_each_stage_is_owed_by_those_who_hold_its_role() -> None:
    seats = _resolve("head chief", {"head": ((A, B),), "chief": ((C,),)})
    assert seats == (Seat(0, "head", (A, B), reports=True), Seat(1, "chief", (C,)))


def test_a_move_without_stages_needs_nobody() -> None:
    assert _resolve("", {}) == ()


def test_several_leaders_each_owe_a_signature_in_one_stage() -> None:
    seats = _resolve("head chief", {"head": ((A,),), "chief": ((B,), (C,))})
    assert [(seat.stage, seat.candidates) for seat in seats] == [(0, (A,)), (1, (B,)), (1, (C,))]


def test_of_several_departments_the_first_reports_and_the_others_co_sign() -> None:
    seats = _resolve("head chief", {"head": ((A,), (B,)), "chief": ((C,),)})
    assert [(seat.candidates, seat.reports) for seat in seats] == [((A,), True), ((B,), False), ((C,), False)]


def test_who_would_stand_in_two_stages_signs_once_in_the_higher() -> None:
    seats = _resolve("head chief", {"head": ((A,),), "chief": ((A,),)})
    assert _shown(seats) == [("head", (), "signs_higher"), ("chief", (A,), None)]


def test_a_colleague_signs_the_lower_stage_where_one_stands_higher() -> None:
    seats = _resolve("head chief", {"head": ((A, B),), "chief": ((A,),)})
    assert _shown(seats) == [("head", (B,), None), ("chief", (A,), None)]


def test_who_stands_for_the_lower_stage_must_be_the_one_who_signs_the_higher() -> None:
    seats = _resolve("head chief", {"head": ((A,),), "chief": ((A, B),)})
    assert _shown(seats) == [("head", (), "signs_higher"), ("chief", (A,), None)]


def test_several_who_stand_for_both_stages_stay_candidates_of_the_higher() -> None:
    seats = _resolve("head chief", {"head": ((A, B),), "chief": ((A, B, C),)})
    assert _shown(seats) == [("head", (), "signs_higher"), ("chief", (A, B), None)]


def test_one_person_in_three_stages_signs_in_the_highest() -> None:
    seats = _resolve("head office chief", {"head": ((A,),), "office": ((A,),), "chief": ((A,),)})
    assert [shown[2] for shown in _shown(seats)] == ["signs_higher", "signs_higher", None]


def test_one_head_of_two_departments_signs_once_in_the_first() -> None:
    seats = _resolve("head chief", {"head": ((A,), (A,)), "chief": ((B,),)})
    assert _shown(seats) == [("head", (A,), None), ("head", (), "signs_beside"), ("chief", (B,), None)]
    assert seats[0].reports


@pytest.mark.parametrize("groups", list(permutations([(A, B), (B,)])))
def test_two_people_of_two_departments_both_sign_although_one_could_for_both(groups: Groups) -> None:
    seats = _resolve("head chief", {"head": groups, "chief": ((C,),)})
    assert {seat.candidates for seat in seats if seat.role == "head"} == {(A,), (B,)}


def test_where_a_colleague_holds_the_role_too_the_proposer_is_left_out() -> None:
    seats = _resolve("head chief", {"head": ((PROPOSER, A),), "chief": ((B,),)})
    assert _shown(seats) == [("head", (A,), None), ("chief", (B,), None)]


def test_the_substitute_signs_where_the_only_holder_proposed() -> None:
    seats = _resolve("head chief", {"head": ((PROPOSER,),), "chief": ((B,),)}, {"head": D})
    assert seats[0] == Seat(0, "head", (D,), reports=True, substitute=True)


def test_a_substitute_who_holds_the_role_towards_this_subject_is_shown_as_one() -> None:
    seats = _resolve("head chief", {"head": ((D,),), "chief": ((B, C),)}, {"head": D, "chief": B})
    assert [seat.substitute for seat in seats] == [True, False]


def test_without_a_substitute_the_stage_of_the_only_holder_falls_away_upwards() -> None:
    seats = _resolve("head chief", {"head": ((PROPOSER,),), "chief": ((B,),)})
    assert _shown(seats) == [("head", (), "proposer"), ("chief", (B,), None)]


def test_a_substitute_who_stands_higher_signs_there_alone() -> None:
    seats = _resolve("head chief", {"head": ((PROPOSER,),), "chief": ((B,),)}, {"head": B})
    assert _shown(seats) == [("head", (), "signs_higher"), ("chief", (B,), None)]


def test_a_substitute_who_proposed_signs_nothing() -> None:
    seats = _resolve("head chief", {"head": (), "chief": ((B,),)}, {"head": PROPOSER})
    assert _shown(seats) == [("head", (), "proposer"), ("chief", (B,), None)]


@pytest.mark.parametrize("vacant", [{}, {"head": ()}, {"head": ((),)}])
def test_the_substitute_signs_where_nobody_holds_the_role(vacant: Mapping[str, Groups]) -> None:
    seats = _resolve("head chief", {**vacant, "chief": ((B,),)}, {"head": D})
    assert (seats[0].candidates, seats[0].substitute) == ((D,), True)


@pytest.mark.parametrize("vacant", [{}, {"head": ()}, {"head": ((),)}, {"head": ((A,), ())}])
def test_a_vacant_seat_without_a_substitute_is_named(vacant: Mapping[str, Groups]) -> None:
    assert _refused("head chief", {**vacant, "chief": ((B,),)}) == ("seat_vacant", "head")


def test_nobody_signs_what_they_alone_proposed() -> None:
    assert _refused("chief", {"chief": ((PROPOSER,),)}) == ("nobody_above_proposer", "chief")
    assert _refused("head chief", {"head": ((A,),), "chief": ((PROPOSER,),)}) == (
        "nobody_above_proposer",
        "chief",
    )


def test_where_one_of_two_leaders_proposed_the_other_signs() -> None:
    seats = _resolve("head chief", {"head": ((A,),), "chief": ((PROPOSER,), (C,))})
    assert _shown(seats) == [("head", (A,), None), ("chief", (), "proposer"), ("chief", (C,), None)]


_GROUPS = some.lists(
    some.lists(some.sampled_from([PROPOSER, A, B, C, D]), min_size=1, max_size=3, unique=True).map(tuple),
    min_size=1,
    max_size=2,
).map(tuple)


@given(
    head=_GROUPS,
    office=_GROUPS,
    chief=_GROUPS,
    substitutes=some.dictionaries(
        some.sampled_from(["head", "office", "chief"]), some.sampled_from([PROPOSER, D, E])
    ),
)
def test_however_the_roles_are_held_nobody_is_lost_or_counted_twice(
    head: Groups, office: Groups, chief: Groups, substitutes: dict[str, int]
) -> None:
    facts = _facts({"head": head, "office": office, "chief": chief}, substitutes)
    seats, reasons = resolve_seats(_move("head", "office", "chief"), facts, PROPOSER)
    if reasons:
        assert {reason.code for reason in reasons} == {"nobody_above_proposer"}
        return
    assert all(seat.candidates for seat in seats if seat.owed)
    assert not any(PROPOSER in seat.candidates for seat in seats)
    assert any(seat.owed for seat in seats if seat.stage == 2)
    standing = [person for seat in seats for person in seat.candidates]
    assert len(standing) == len(set(standing))
    assert [seat.stage for seat in seats] == sorted(seat.stage for seat in seats)
