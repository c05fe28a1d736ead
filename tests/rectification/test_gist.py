"""What a proposal comes to in a few words."""

from __future__ import annotations

import pytest

from workflows.rectification.gist import shortened


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("全部办结。", "全部办结"),
        ("先排查。\n再整改； ", "先排查。 再整改"),
        ("长" * 60, "长" * 60),
        ("长" * 61, "长" * 59 + "…"),
        ("长" * 58 + "。长长", "长" * 58 + "…"),
    ],
)
def test_a_text_is_shortened_to_one_line_without_a_closing_mark(text: str, short: str) -> None:
    assert shortened(text) == short
