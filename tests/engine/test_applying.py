"""Which of the moves of one name applies, whatever its guards say."""

from __future__ import annotations

from engine.guards import Question
from tests.engine.zoo import CLERK, Letter, actor, bundle, facts, workflow


def _target(trigger: str, state: str, letter: Letter) -> str | None:
    question = Question(facts(state, letter), bundle(trigger), actor(CLERK))
    found = workflow().applying(trigger, question)
    return None if found is None else found.leads_to(state)


def test_the_move_whose_choice_says_yes_applies() -> None:
    assert _target("answer", "sent", Letter(tone="kind")) == "answered"
    assert _target("answer", "sent", Letter(tone="angry")) == "draft"
    assert _target("file", "sent", Letter(tone="angry")) == "sent"


def test_a_move_applies_although_a_guard_refuses_it() -> None:
    assert _target("file", "sent", Letter(stamped=True)) == "answered"


def test_no_move_applies_where_no_choice_says_yes_or_none_leaves_the_state() -> None:
    assert _target("answer", "sent", Letter(tone="neutral")) is None
    assert _target("answer", "draft", Letter()) is None
