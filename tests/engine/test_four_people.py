"""The four people an exploration plays with: every way to share the roles is tried, but for who is who."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, permutations, product

import pytest

from engine.definition import Definition
from engine.exploring.people import PEOPLE, Holders, assignments, playing_roles, relabelled, roles_of
from engine.loading import load_definition
from tests.engine.zoo import GUARDS


def _definition(roles: Iterable[str], signed_by: str, known: str = "") -> Definition:
    names = ", ".join(f'"{role}"' for role in roles)
    return load_definition(
        f"""
        name = "letter"
        version = 1
        initial = "draft"
        roles = [{names}]
        relations = ["author"]
        states = [{{ name = "draft" }}, {{ name = "sent", end = true }}]
        deadlines = []
        [[transitions]]
        trigger = "send"
        from = ["draft"]
        to = "sent"
        proposed_by = ["a"]
        signed_by = {signed_by}
        {known}
        """,
        GUARDS,
    )


def _alike(holders: Holders) -> Holders:
    """The first of all assignments that differ from this one only in who is who."""
    orders = [dict(zip(PEOPLE, order, strict=True)) for order in permutations(PEOPLE)]
    return min(tuple(tuple(sorted(order[p] for p in people)) for people in holders) for order in orders)


# 1, 2, 5, 15 ways to share up to four roles; with a fifth one there are 52, one of which needs five people.
@pytest.mark.parametrize(("roles", "number"), [("ab", 2), ("abc", 5), ("abcd", 15), ("abcde", 51)])
def test_every_way_to_share_roles_among_four_people_is_tried_once(roles: str, number: int) -> None:
    definition = _definition(roles, str([*roles[1:]]).replace("'", '"'))
    assert playing_roles(definition) == tuple(roles)
    found = list(assignments(definition, playing_roles(definition)))
    assert len(found) == len(set(map(_alike, found))) == number
    assert set(map(_alike, found)) == {
        _alike(tuple((person,) for person in people)) for people in product(PEOPLE, repeat=len(roles))
    }


def test_a_role_that_owes_several_signatures_is_held_by_as_many_people_or_more() -> None:
    definition = _definition("ab", '[{ role = "b", rule = "some", need = 2 }]')
    found = list(assignments(definition, ("a", "b")))
    groups = [group for size in (2, 3, 4) for group in combinations(PEOPLE, size)]
    wanted = {_alike(((person,), group)) for person, group in product(PEOPLE, groups)}
    assert set(map(_alike, found)) == wanted


def test_roles_that_lie_apart_are_never_one_persons() -> None:
    apart = '[known]\napart = [{ roles = ["c"], others = ["a", "b"] }]'
    found = list(assignments(_definition("abc", '["b", "c"]', apart), ("a", "b", "c")))
    assert sorted(found) == [((1,), (1,), (2,)), ((1,), (2,), (3,))]


def test_roles_that_only_make_somebody_related_are_shared_too() -> None:
    related = '[known]\nrelated = [{ relation = "author", roles = ["c"] }]'
    assert playing_roles(_definition("abcd", '["b"]', related)) == ("a", "b", "c")


def test_people_are_numbered_as_they_appear_and_their_roles_are_named() -> None:
    holders: Holders = ((3,), (1, 4), (3,))
    assert relabelled(holders) == (((1,), (2, 3), (1,)), (3, 1, 4))
    assert roles_of(("a", "b", "c"), holders) == (("b",), (), ("a", "c"), ("b",))
