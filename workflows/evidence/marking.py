"""The search for a marking of secrecy (密级标志) in text: 秘密★, 机密★ or 绝密★.

The form is that of GB/T 9704: the level, a star, and the years after it; forms with blanks between the
signs, a hollow star and traditional characters are found too. Must not know what kind of file the text is
from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from workflows.evidence.ports import FileRefusedError

LEVELS = {"秘": "秘", "祕": "秘", "机": "机", "機": "机", "绝": "绝", "絕": "绝"}
"""The first sign of a marking, in its written forms, and the usual form of each."""

SECOND = "密"
STARS = "★☆⭐"
BLANKS = " \t\u00a0\u2002\u2003\u2004\u2005\u2006\u2009\u200a\u200b\u200c\u200d\u202f\u2060\u3000\ufeff"
"""Blanks that may stand inside a marking. A line's end may not: 秘密 there and a star as the next line's
bullet are two things."""

MOST_BLANKS = 16
"""How many blanks in a row a marking may have."""

ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
"""How text stands in files of which only the bytes are searched."""

_MARKING = re.compile(
    f"([{''.join(LEVELS)}])[{BLANKS}]{{0,{MOST_BLANKS}}}{SECOND}[{BLANKS}]{{0,{MOST_BLANKS}}}[{STARS}]"
)
_LONGEST = 2 * MOST_BLANKS + 3
_LONGEST_BYTES = 4 * _LONGEST


def name_of(first: str) -> str:
    """Give the marking that begins with this sign, as people write it: ``机密★``."""
    return f"{LEVELS[first]}{SECOND}★"


def find_in_text(text: str) -> str | None:
    """Give the first marking in a text as people write it, or ``None``."""
    # Looking for one sign is a hundred times faster than the pattern, and most texts have no star.
    if not any(star in text for star in STARS):
        return None
    found = _MARKING.search(text)
    return name_of(found[1]) if found else None


def refuse_marking(marking: str | None) -> None:
    """Refuse the file where a marking was found.

    Raises:
        FileRefusedError: ``classified_marking`` with the ``marking``.
    """
    if marking:
        raise FileRefusedError("classified_marking", marking=marking)


class TextSearch:
    """Looks for a marking in text that comes in pieces.

    Attributes:
        found: The first marking so far.
    """

    def __init__(self) -> None:
        self.found: str | None = None
        self._tail = ""

    def feed(self, text: str) -> None:
        """Take the next piece."""
        if self.found is None:
            joined = self._tail + text
            self.found = find_in_text(joined)
            self._tail = joined[-_LONGEST:]


@dataclass(frozen=True, slots=True)
class _Bytes:
    """The signs of a marking in one encoding; ``rest`` is the pattern from the second sign on."""

    firsts: dict[bytes, str]
    blanks: tuple[bytes, ...]
    rest: re.Pattern[bytes]

    def level_before(self, data: bytes, end: int) -> str | None:
        """Give the first sign that stands, blanks apart, just before a position."""
        for _ in range(MOST_BLANKS + 1):
            if data.endswith(tuple(self.firsts), 0, end):
                return next(sign for raw, sign in self.firsts.items() if data.endswith(raw, 0, end))
            if not data.endswith(self.blanks, 0, end):
                return None
            end -= next(len(blank) for blank in self.blanks if data.endswith(blank, 0, end))
        return None


@cache
def _in_bytes(encoding: str) -> _Bytes:
    def encoded(signs: Iterable[str]) -> tuple[bytes, ...]:
        return tuple(sign.encode(encoding) for sign in signs)

    def one_of(signs: Iterable[str]) -> bytes:
        return b"|".join(map(re.escape, encoded(signs)))

    # A literal beginning lets the search run at the speed of memory; so it begins with the second sign.
    rest = b"%s(?:%s){0,%d}(?:%s)" % (one_of(SECOND), one_of(BLANKS), MOST_BLANKS, one_of(STARS))
    return _Bytes(dict(zip(encoded(LEVELS), LEVELS, strict=True)), encoded(BLANKS), re.compile(rest))


def find_in_bytes(data: bytes, encodings: Iterable[str] = ENCODINGS) -> str | None:
    """Give the first marking found in bytes of unknown structure, in any of the encodings."""
    for encoding in encodings:
        signs = _in_bytes(encoding)
        for found in signs.rest.finditer(data):
            first = signs.level_before(data, found.start())
            if first:
                return name_of(first)
    return None


def overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Prefix each piece with the end of the one before, so that no marking is cut in two."""
    tail = b""
    for piece in pieces:
        joined = tail + piece
        yield joined
        tail = joined[-_LONGEST_BYTES:]
