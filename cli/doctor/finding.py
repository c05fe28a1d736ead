"""What the doctor finds: one line per thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a thing is."""

    GOOD = "good"
    """As it should be."""
    MIND = "mind"
    """It works, and somebody should know."""
    BAD = "bad"
    """Something will fail until it is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that was looked at, how it is, and what to do about it; in the reader's language.

    Attributes:
        name: What was looked at, as scripts know it.
        title: The same in words.
        level: How it is.
        detail: What was seen.
        advice: What to do; empty where nothing has to be done.
    """

    name: str
    title: str
    level: Level
    detail: str
    advice: str = ""
