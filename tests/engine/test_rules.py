"""How many of those who hold a role sign: all groups, any one, the one, or some of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.definition import Rule, Stage, Transition
from engine.facts import Facts, FellAway, Seat
from engine.reasons import Reason, deny
from engine.seats import resolve_seats

PROPOSER, A, B, C, D, E = 1, 2, 3, 4, 5, 6

Groups = tuple[tuple[int, ...], ...]


def _resolve(
    stages: tuple[Stage, ...],
    holders: Mapping[str, Groups],
    substitutes: Mapping[str, int] | None = None,
    relations: Mapping[str, frozenset[int]] | None = None,
) -> tuple[tuple[Seat, ...], tuple[Reason, ...]]:
    given = Facts("letter:7", 1, "draft", 1, 1, holders, substitutes or {}, relations or {})
    return resolve_seats(Transition("send", ("draft",), "sent", ("clerk",), stages), given, PROPOSER)


def _seats(
    stages: tuple[Stage, ...], holders: Mapping[str, Groups], substitutes: Mapping[str, int] | None = None
) -> list[tuple[str, tuple[int, ...], str | None]]:
    seats, reasons = _resolve(stages, holders, substitutes)
    assert reasons == ()
    return [(seat.role, seat.candidates, seat.fell_away) for seat in seats]


def _any(role: str) -> Stage:
    return Stage(role, rule=Rule.ANY)


def _some(role: str, need: int) -> Stage:
    return Stage(role, rule=Rule.SOME, need=need)


def test_any_one_of_several_groups_signs_in_one_seat() -> None:
    assert _seats((_any("head"),), {"head": ((A, B), (C,))}) == [("head", (A, B, C), None)]


def test_any_one_leaves_the_proposer_out_and_a_substitute_stands_in_for_nobody() -> None:
    assert _seats((_any("head"),), {"head": ((PROPOSER,), (C,))}) == [("head", (C,), None)]
    assert _seats((_any("head"),), {}, {"head": D}) == [("head", (D,), None)]


def test_the_one_who_holds_a_role_signs() -> None:
    assert _seats((Stage("head", rule=Rule.ONE),), {"head": ((A,), (A,))}) == [("head", (A,), None)]


def test_two_who_hold_what_one_should_hold_are_refused_by_name() -> None:
    seats, reasons = _resolve((Stage("head", rule=Rule.ONE),), {"head": ((A,), (B,))})
    assert (seats, reasons) == ((), (deny("seat_ambiguous", role="head", candidates=(A, B)),))


def test_some_of_several_have_a_seat_each_over_the_same_people() -> None:
    seats, _ = _resolve((Stage("board", reports=True, rule=Rule.SOME, need=2),), {"board": ((A, B), (C,))})
    owed = Seat(0, "board", (A, B, C), reports=True, rule=Rule.SOME)
    assert seats == (owed, owed)


@pytest.mark.parametrize("groups", [((A,),), ((A, PROPOSER),), ((PROPOSER,),), ((),), ()])
def test_fewer_people_than_signatures_leave_a_seat_vacant_whoever_stands_in(groups: Groups) -> None:
    seats, reasons = _resolve((_some("board", 2),), {"board": groups}, {"board": D})
    assert (seats, reasons) == ((), (deny("seat_vacant", role="board"),))


def test_of_some_who_stand_higher_the_others_sign_below() -> None:
    stages = (_some("board", 2), Stage("chief"))
    assert _seats(stages, {"board": ((A, B, C),), "chief": ((C,),)}) == [
        ("board", (A, B), None),
        ("board", (A, B), None),
        ("chief", (C,), None),
    ]


def test_where_too_few_are_left_below_one_signature_counts_higher() -> None:
    stages = (_some("board", 2), Stage("chief"))
    assert _seats(stages, {"board": ((A, B),), "chief": ((B, C),)}) == [
        ("board", (A,), None),
        ("board", (), "signs_higher"),
        ("chief", (B,), None),
    ]


def test_two_seats_below_are_not_covered_by_one_signature_above() -> None:
    seats, reasons = _resolve((_some("board", 2), _any("chief")), {"board": ((A, B),), "chief": ((A, B),)})
    assert (seats, reasons) == ((), (deny("seat_vacant", role="board"),))


def test_two_seats_below_are_covered_by_two_leaders_who_both_sign() -> None:
    stages = (_some("board", 2), Stage("chief"))
    assert _seats(stages, {"board": ((A, B),), "chief": ((A,), (B,))}) == [
        ("board", (), "signs_higher"),
        ("board", (), "signs_higher"),
        ("chief", (A,), None),
        ("chief", (B,), None),
    ]


def test_two_seats_below_are_covered_by_two_seats_over_the_same_people() -> None:
    stages = (_some("board", 2), _some("chief", 2))
    assert [shown[2] for shown in _seats(stages, {"board": ((A, B),), "chief": ((A, B),)})] == [
        "signs_higher",
        "signs_higher",
        None,
        None,
    ]


def test_a_head_of_the_board_has_a_seat_of_it_for_sure_where_no_other_head_is_left() -> None:
    stages = (Stage("head"), _some("board", 2))
    assert _seats(stages, {"head": ((A,),), "board": ((A, B, C),)}) == [
        ("head", (), "signs_higher"),
        ("board", (A,), None),
        ("board", (B, C), None),
    ]


def test_a_stages_limit_and_independence_stand_in_each_of_its_seats() -> None:
    stage = Stage("head", within=3, independent_of=("author",))
    seats, _ = _resolve((stage,), {"head": ((A,), (B,))})
    assert [(seat.within, seat.independent_of) for seat in seats] == [(3, ("author",))] * 2


def test_whom_a_stage_excludes_is_no_candidate_of_it() -> None:
    stage, author = Stage("head", independent_of=("author",)), {"author": frozenset({A})}
    seats, _ = _resolve((stage,), {"head": ((A, B),)}, relations=author)
    assert [seat.candidates for seat in seats] == [(B,)]
    seats, _ = _resolve((stage,), {"head": ((A,),)}, {"head": D}, author)
    assert [(seat.candidates, seat.substitute) for seat in seats] == [((D,), True)]


@pytest.mark.parametrize("stand_in", [None, A])
def test_a_stage_whose_people_are_all_excluded_says_so(stand_in: int | None) -> None:
    stage, author = Stage("head", independent_of=("author",)), {"author": frozenset({A})}
    substitutes = {} if stand_in is None else {"head": stand_in}
    seats, reasons = _resolve((stage,), {"head": ((A,),)}, substitutes, author)
    assert (seats, reasons) == ((), (deny("seat_not_independent", role="head"),))


def test_a_stage_does_not_fall_away_for_a_proposer_who_could_not_have_signed_it() -> None:
    stages = (Stage("head", independent_of=("author",)), Stage("chief"))
    holders = {"head": ((PROPOSER,),), "chief": ((A,),)}
    seats, _ = _resolve(stages, holders)
    assert seats[0].fell_away is FellAway.PROPOSER
    _, reasons = _resolve(stages, holders, relations={"author": frozenset({PROPOSER})})
    assert reasons == (deny("seat_not_independent", role="head"),)


_GROUPS = some.lists(
    some.lists(some.sampled_from([PROPOSER, A, B, C, D]), min_size=1, max_size=4, unique=True).map(tuple),
    min_size=1,
    max_size=2,
).map(tuple)
_RULES = some.sampled_from([(Rule.ALL, 1), (Rule.ANY, 1), (Rule.SOME, 2), (Rule.SOME, 3)])


@given(groups=some.tuples(_GROUPS, _GROUPS, _GROUPS), rules=some.tuples(_RULES, _RULES, _RULES))
def test_whoever_signs_first_all_owed_seats_can_be_signed_by_different_people(
    groups: tuple[Groups, ...], rules: tuple[tuple[Rule, int], ...]
) -> None:
    roles = ("head", "board", "chief")
    stages = tuple(Stage(role, rule=rule, need=need) for role, (rule, need) in zip(roles, rules, strict=True))
    seats, reasons = _resolve(stages, dict(zip(roles, groups, strict=True)), {"board": E})
    if reasons:
        assert {reason.code for reason in reasons} <= {"seat_vacant", "nobody_above_proposer"}
        return
    owed = [seat for seat in seats if seat.owed]
    for one, other in product(owed, owed):
        alike = (one.stage, one.candidates) == (other.stage, other.candidates)
        assert alike or not set(one.candidates) & set(other.candidates)
    for seat in owed:
        same = [other for other in owed if (other.stage, other.candidates) == (seat.stage, seat.candidates)]
        assert len(same) <= len(seat.candidates)
        assert PROPOSER not in seat.candidates
    assert [seat.stage for seat in seats] == sorted(seat.stage for seat in seats)
    for index, (rule, need) in enumerate(rules):
        assert rule is not Rule.SOME or sum(seat.stage == index for seat in seats) == need
