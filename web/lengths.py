"""How long texts may be: what a form's field takes, and the refusal of what no field of ours had taken."""

from __future__ import annotations

from typing import Final

from engine.reasons import Reason, deny

LONGEST_TEXT: Final = 20_000
"""Characters of one text; more belongs into a file. The fields of the forms take as many."""
LONGEST_OPINION: Final = 500
"""Characters of the opinion beside a signature."""


def unless_short(text: str, most: int = LONGEST_TEXT) -> Reason | None:
    """Say why a text cannot be taken: ``text_too_long``."""
    return deny("text_too_long", longest=most) if len(text) > most else None
