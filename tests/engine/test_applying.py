"""Which transition a trigger takes is told without asking whether it may happen."""

from __future__ import annotations

import pytest

from engine.facts import Facts
from engine.guards import Question
from tests.engine.zoo import Letter, actor, bundle, facts, workflow


def _target(trigger: str, given: Facts) -> str | None:
    taken = workflow().applying(trigger, Question(given, bundle(trigger), actor(None)))
    return taken.leads_to(given.state) if taken else None


@pytest.mark.parametrize(("tone", "target"), [("kind", "answered"), ("angry", "draft"), ("bored", None)])
def test_of_several_transitions_the_facts_pick_one(tone: str, target: str | None) -> None:
    assert _target("answer", facts("sent", Letter(tone=tone))) == target


def test_guards_that_refuse_a_move_do_not_hide_it() -> None:
    refusing = Letter(stamped=True)
    assert _target("file", facts("sent", refusing)) == "answered"


def test_a_trigger_that_does_not_leave_from_here_takes_no_transition() -> None:
    assert _target("answer", facts("draft")) is None
    assert _target("nonsense", facts("draft")) is None
