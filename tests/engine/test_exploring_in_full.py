"""An exploration takes a move as one step; played in full, with proposals left open, it comes to the same."""

from __future__ import annotations

import pytest

from engine.loading import load_definition
from tests.engine.full_play import check_that_both_agree, plain
from tests.engine.zoo import GUARDS, HERE


@pytest.mark.parametrize(
    ("name", "every"),
    [
        ("broken/deep/stuck_where_nobody_is_left_to_sign", 1),
        ("broken/deep/locked_in_by_two_in_one", 1),
        ("broken/deep/signature_that_falls_away", 1),
        ("machines/petition", 8),
        ("machines/letter", 1),
    ],
)
def test_the_same_states_are_reached_and_the_same_lock_a_subject_in(name: str, every: int) -> None:
    text = (HERE / f"{name}.toml").read_text(encoding="utf-8")
    check_that_both_agree(plain(load_definition(text, GUARDS)), every)
