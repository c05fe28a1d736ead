"""Pieces of a document's text that remember where they stood.

Owns the folding of full-width to half-width signs, always sign for sign, so that a place found in the folded
text is the same place in the text as written. Must not know what a piece means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BLANKS = " \t\u3000\u00a0\ufeff\u200b"
"""Signs that take room and say nothing."""

CLOSING = "。；;，,、"
"""Punctuation that closes an item of a list and is no part of it."""


def _folding() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"), " ")
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−─━﹣"), "-")
    pairs = zip(
        "﹐﹑﹒﹔﹕﹖﹗﹙﹚｡､〜∶︰﹝﹞［］〖〗〇○Ｏ", ",、.;:?!()。、~::〔〕【】【】〇〇〇", strict=True
    )
    table |= {ord(wide): plain for wide, plain in pairs}
    return table


_FOLDING = _folding()


def fold(text: str) -> str:
    """Give ``text`` with full-width signs as half-width ones, of exactly the same length."""
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where words stand in the document.

    Attributes:
        line: Number of the line or paragraph, from 1.
        start: Offset of the first sign in that line, from 0.
        end: Offset behind the last sign.
    """

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one line.

    Attributes:
        text: The words as written.
        line: Number of the line, from 1.
        start: Offset of the first sign in the line.
    """

    text: str
    line: int
    start: int = 0

    @property
    def folded(self) -> str:
        """The words with half-width signs, offset for offset the same."""
        return fold(self.text)

    @property
    def source(self) -> Source:
        """Where these words stand."""
        return Source(self.line, self.start, self.start + len(self.text))

    def part(self, start: int, end: int | None = None) -> Piece:
        """Give the piece between two offsets of this piece's own text."""
        begin, stop, _ = slice(start, end).indices(len(self.text))
        return Piece(self.text[begin:stop], self.line, self.start + begin)

    def trimmed(self, signs: str = "") -> Piece:
        """Give the piece without blanks at both ends, and without ``signs`` at its end."""
        stop = len(self.text.rstrip(BLANKS + signs))
        begin = len(self.text) - len(self.text.lstrip(BLANKS))
        return self.part(min(begin, stop), stop)


@dataclass(frozen=True, slots=True)
class Words:
    """Words understood as one value, and the places they were taken from.

    Attributes:
        text: The words as written, without line breaks.
        sources: One place per line that they stand on.
    """

    text: str
    sources: tuple[Source, ...]


def join(pieces: Iterable[Piece], closing: str = "") -> Words | None:
    """Make one value of pieces that follow each other; ``None`` where they say nothing.

    Args:
        pieces: In the order of the document.
        closing: Signs that close the value and are no part of it.
    """
    trimmed = [piece.trimmed() for piece in pieces]
    kept = [piece for piece in trimmed if piece.text]
    while kept:
        last = kept[-1].trimmed(closing)
        if last.text:
            return Words(
                "".join(piece.text for piece in [*kept[:-1], last]),
                tuple(piece.source for piece in [*kept[:-1], last]),
            )
        kept.pop()
    return None


_OPENERS = {"(": ")", "【": "】", "《": "》", "“": "”", "[": "]", "〔": "〕", "「": "」", "‘": "’", "<": ">"}


def depths(folded: str) -> list[int]:
    """Give for each sign how many brackets and quotation marks stand open around it.

    A bracket that is never closed counts for nothing, so one slip of the pen does not swallow the rest.
    """
    depth = [0] * len(folded)
    stack: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    for index, sign in enumerate(folded):
        if sign in _OPENERS:
            stack.append((index, _OPENERS[sign]))
        elif stack and any(sign == closer for _, closer in stack[-3:]):
            while stack[-1][1] != sign:
                stack.pop()
            pairs.append((stack.pop()[0], index))
    change = [0] * (len(folded) + 1)
    for begin, stop in pairs:
        change[begin] += 1
        change[stop + 1] -= 1
    level = 0
    for index in range(len(folded)):
        level += change[index]
        depth[index] = level
    return depth


def closing_bracket(folded: str, opened: int) -> int | None:
    """Give the offset of the bracket that closes the round one at ``opened``; nested ones are passed over."""
    level = 0
    for index in range(opened, len(folded)):
        if folded[index] == "(":
            level += 1
        elif folded[index] == ")":
            level -= 1
            if level == 0:
                return index
    return None
