"""回避: who is too near proposes only where nobody else could, and everybody signs that exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.bundle import Bundle
from engine.commands import Revise
from engine.options import options
from engine.reasons import Refusal, deny
from tests.engine.petitions import ask, petition
from tests.engine.rig import Rig
from tests.engine.zoo import CHIEF, CLERK, NOW, REGISTRAR, STRANGER, actor, sign, workflow

COUSINS = {"cousin": frozenset({CLERK, REGISTRAR})}


def _rig(relations: Mapping[str, frozenset[int]]) -> Rig:
    return Rig(workflow("petition"), petition(relations=relations))


def _option_of(rig: Rig, person: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = {option.trigger: option for option in options(rig.workflow, rig.facts, actor(person))}
    return tuple(reason.code for reason in found["judge"].reasons), found["judge"].exceptions


def test_while_somebody_else_could_propose_it_who_is_too_near_may_not() -> None:
    rig = _rig({"cousin": frozenset({REGISTRAR})})
    answer = rig.try_to(ask("judge", ("cousin",)), actor(REGISTRAR), NOW)
    assert isinstance(answer, Refusal)
    assert answer.reasons == (deny("others_are_independent", relation="cousin", candidates=(CLERK,)),)
    assert _option_of(rig, REGISTRAR) == (("others_are_independent",), ("cousin",))
    assert _option_of(rig, CLERK) == ((), ())


def test_where_nobody_else_could_it_is_an_exception_that_everybody_signs() -> None:
    rig = _rig(COUSINS)
    assert _option_of(rig, REGISTRAR) == ((), ("cousin",))
    assert rig.refuse(ask("judge"), actor(REGISTRAR), NOW) == ("exception_unsaid",)
    rig.do(ask("judge", ("cousin",)), actor(REGISTRAR), NOW)
    assert rig.open.bundle.exceptions == ("cousin",)
    decision = rig.do(sign(rig.open), actor(CHIEF), NOW)
    assert decision.digest == rig.steps[0].bundle.digest
    assert rig.steps[0].bundle.exceptions == ("cousin",)


def test_one_whom_the_other_rule_excludes_is_nobody_who_could_do_it() -> None:
    rig = _rig({"cousin": frozenset({REGISTRAR}), "author": frozenset({CLERK})})
    rig.do(ask("judge", ("cousin",)), actor(REGISTRAR), NOW)
    assert _rig({"cousin": frozenset({REGISTRAR}), "author": frozenset({REGISTRAR})}).refuse(
        ask("judge", ("cousin",)), actor(REGISTRAR), NOW
    ) == ("not_independent",)


@pytest.mark.parametrize("relations", [{}, {"cousin": frozenset({STRANGER})}])
def test_an_exception_without_ground_is_refused(relations: Mapping[str, frozenset[int]]) -> None:
    rig = _rig(relations)
    assert rig.refuse(ask("judge", ("cousin",)), actor(REGISTRAR), NOW) == ("exception_unfounded",)


def test_who_came_to_be_near_meanwhile_has_to_say_so_before_anybody_signs() -> None:
    rig = _rig({})
    rig.do(ask("judge"), actor(REGISTRAR), NOW)
    rig.facts = replace(rig.facts, relations=COUSINS)
    assert rig.refuse(sign(rig.open), actor(CHIEF), NOW) == ("exception_unsaid",)
    rig.do(Revise(1, 1, ask("judge", ("cousin",)).bundle), actor(REGISTRAR), NOW)
    rig.do(sign(rig.open), actor(CHIEF), NOW)


def test_an_exception_stands_in_the_text_that_is_hashed_and_is_read_back() -> None:
    said = ask("judge", ("cousin",)).bundle
    assert '"exceptions":["cousin"]' in said.canonical_text
    assert Bundle.from_text(said.canonical_text) == said
    assert "exceptions" not in ask("judge").bundle.canonical_text
    assert Bundle.from_text(ask("judge").bundle.canonical_text) == ask("judge").bundle
