"""Divides a value into the items of its list: measures, criteria.

Owns how a list is recognised; the words of an item are never changed, only its marker and the closing
punctuation fall away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.plans import marks
from workflows.plans.marks import Mark, MarkKind
from workflows.plans.pieces import CLOSING, Piece, Words, depths, join

_ENOUGH = 2
_FULL_LINE = 28


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an item begins: in which piece, and where marker and words begin in it."""

    piece: int
    mark: int
    words: int


def items(pieces: Sequence[Piece], *, by_clause: bool = True) -> list[Words]:
    """Give the items of a list.

    Args:
        pieces: The value, line by line.
        by_clause: Whether a ； divides a value without markers, as a 。 always does.
    """
    pieces = [piece for piece in pieces if piece.trimmed().text]
    starts = _starts(pieces)
    if starts:
        found = [
            _between(pieces, begin, stop) for begin, stop in zip(starts, [*starts[1:], None], strict=True)
        ]
        before = _before(pieces, starts[0])
        return [words for words in [*before, *(join(item, CLOSING) for item in found)] if words is not None]
    if len(pieces) > 1:
        return [words for words in (join(group, CLOSING) for group in _closed(pieces)) if words is not None]
    return [words for piece in pieces for words in sentences(piece, by_clause=by_clause)]


def sentences(piece: Piece, *, by_clause: bool = False) -> list[Words]:
    """Give the sentences of a piece; nothing inside brackets or quotation marks divides it."""
    folded = piece.folded
    level = depths(folded)
    ends = "。;!" if by_clause else "。!"
    found: list[Words | None] = []
    begin = 0
    for index, sign in enumerate(folded):
        if sign in ends and level[index] == 0:
            found.append(join([piece.part(begin, index + 1)], CLOSING))
            begin = index + 1
    found.append(join([piece.part(begin)], CLOSING))
    return [words for words in found if words is not None]


def _starts(pieces: Sequence[Piece]) -> list[_Start]:
    begin = _first(pieces)
    if begin is None:
        return []
    first, index = begin
    starts = [_Start(index, first.start, first.end)]
    expected, position = first.number + 1, first.end
    for at in range(index, len(pieces)):
        folded = pieces[at].folded
        leading = marks.loose(first.kind, folded, expected) if at > index else None
        found = [leading] if leading else []
        found += list(marks.inside(first.kind, folded, leading.end if leading else position))
        for mark in found:
            if mark.number in {expected, 0}:
                starts.append(_Start(at, mark.start, mark.end))
                expected = mark.number + 1
        position = 0
    return starts


def _first(pieces: Sequence[Piece]) -> tuple[Mark, int] | None:
    """Give the marker that begins the list, and the piece that it stands in."""
    for index, piece in enumerate(pieces):
        mark = marks.leading(piece.folded)
        if mark is None and index == 0 and len(pieces) > 1:
            mark = marks.loose(MarkKind.ARABIC, piece.folded, 1) if _second_follows(pieces) else None
        if mark is not None and (index == 0 or mark.number <= 1):
            return mark, index
    return _inner(pieces)


def _second_follows(pieces: Sequence[Piece]) -> bool:
    return any((mark := marks.leading(piece.folded)) and mark.number == _ENOUGH for piece in pieces[1:])


def _inner(pieces: Sequence[Piece]) -> tuple[Mark, int] | None:
    """Give the first marker of a list that begins inside a line; only a list with a second item counts."""
    for index, piece in enumerate(pieces):
        folded = piece.folded
        candidates: list[Mark] = []
        for kind in MarkKind:
            found = list(marks.inside(kind, folded)) if kind in marks.WRITTEN else []
            first = next((mark for mark in found if mark.number == 1), None)
            if first and any(mark.number == _ENOUGH and mark.start > first.start for mark in found):
                candidates.append(first)
        if candidates:
            return min(candidates, key=lambda mark: mark.start), index
    return None


def _between(pieces: Sequence[Piece], begin: _Start, stop: _Start | None) -> list[Piece]:
    last = stop.piece if stop else len(pieces) - 1
    found: list[Piece] = []
    for index in range(begin.piece, last + 1):
        start = begin.words if index == begin.piece else 0
        end = stop.mark if stop and index == stop.piece else None
        found.append(pieces[index].part(start, end))
    return found


def _before(pieces: Sequence[Piece], first: _Start) -> list[Words | None]:
    """Give what stands before the first marker, unless it only introduces the list (具体措施如下：)."""
    before = [*pieces[: first.piece], pieces[first.piece].part(0, first.mark)]
    words = join(before)
    if words is None or re.search(r"[:：,，]$", words.text):
        return []
    return [join(before, CLOSING)]


def _closed(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Take lines without markers as items, but join one that was only broken where the line was full."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        groups[-1].append(piece)
        folded = piece.trimmed().folded
        broken = folded.endswith((",", "、")) or (
            len(folded) >= _FULL_LINE and not folded.endswith(("。", ";", "!", "?"))
        )
        if not broken:
            groups.append([])
    return [group for group in groups if group]
