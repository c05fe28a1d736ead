"""The words of a diagram, and how much room they take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_WIDE, _NARROW = 1.0, 0.6
"""Width of a full-width sign and of any other, in heights of the letter; on the safe side."""

_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Labels:
    """What states and moves are called; where a word is missing its name is shown.

    Attributes:
        title: What the whole diagram is called, for who does not see it.
        states: The word for each state.
        triggers: The word for each trigger.
    """

    title: str
    states: Mapping[str, str] = field(default_factory=dict)
    triggers: Mapping[str, str] = field(default_factory=dict)

    def state(self, name: str) -> str:
        """Give the word for a state."""
        return self.states.get(name, name)

    def move(self, trigger: str) -> str:
        """Give the word for a trigger."""
        return self.triggers.get(trigger, trigger)

    def moves(self, triggers: tuple[str, ...]) -> str:
        """Give the words for several triggers that share one edge or box."""
        return _BETWEEN.join(map(self.move, triggers))


def width(text: str, size: float) -> float:
    """Estimate how wide a text is in letters of ``size``."""
    return sum(_WIDE if unicodedata.east_asian_width(sign) in "WF" else _NARROW for sign in text) * size


def wrapped(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a text into lines that fit.

    What stands in brackets begins a line of its own; then it breaks at blanks, and between any two full-width
    signs where even that leaves a line too long. A single word of other signs keeps its length.
    """
    if width(text, size) <= room:
        return (text,) if text else ()
    lines: list[str] = []
    for piece in re.split(r"(?=[（(])", text):
        lines.extend(_joined(_words(piece, size, room), size, room))
    return tuple(lines)


def listed(texts: Iterable[str], size: float, room: float) -> tuple[str, ...]:
    """Put several short texts into lines that fit, as many side by side as there is room for."""
    lines: list[str] = []
    for text in texts:
        joined = f"{lines[-1]}{_BETWEEN}{text}" if lines else text
        if lines and width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.extend(wrapped(text, size, room))
    return tuple(lines)


def _words(text: str, size: float, room: float) -> list[str]:
    """What may be told apart: words with the blank behind them, or single signs of a long full-width one."""
    words = re.findall(r"\S+\s*", text)
    return [
        part for word in words for part in (word if _is_long_and_wide(word.strip(), size, room) else [word])
    ]


def _is_long_and_wide(word: str, size: float, room: float) -> bool:
    return width(word, size) > room and all(unicodedata.east_asian_width(sign) in "WF" for sign in word)


def _joined(words: list[str], size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width((lines[-1] + word).strip(), size) <= room:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.strip() for line in lines]
