"""Takes one paragraph apart: marker, heading words, labels and their values.

It looks at one paragraph only; what a line means beside its neighbours is the business of ``outline``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from workflows.plans import labels, marks
from workflows.plans.dates import deadline
from workflows.plans.document import Paragraph
from workflows.plans.entries import RESPONSIBLE
from workflows.plans.label_words import Field
from workflows.plans.labels import Hit, Label
from workflows.plans.marks import INLINE, Mark, MarkKind
from workflows.plans.pieces import Piece


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line.

    Attributes:
        piece: The value behind the label, or words without one.
        label: The label in front; ``None`` for words without one.
        written: The label as written.
        bracketed: Whether it stands in brackets behind other words.
    """

    piece: Piece
    label: Label | None = None
    written: Piece | None = None
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of a run-on line that is one item.

    Attributes:
        piece: All of it.
        level: Depth of the heading that its style makes it; 0 for none.
        mark: The marker that it begins with.
        lead: The words between the marker and the first label.
        parts: The labelled values, and the words that follow a bracket.
    """

    piece: Piece
    level: int
    mark: Mark | None
    lead: Piece
    parts: tuple[Part, ...]

    @property
    def first(self) -> Label | None:
        """The label that the line begins with, its marker apart."""
        return self.parts[0].label if self.parts and not self.lead.text else None


_WITHIN = 60
_NAMING = RESPONSIBLE - {Field.DEADLINE}
_LONGEST_MARK = 6
_SPLITTING = (MarkKind.CHAPTER, MarkKind.BRACKET, MarkKind.ITEM, MarkKind.ARABIC, MarkKind.ARABIC_BRACKET)


def lines(paragraph: Paragraph) -> list[Line]:
    """Give the lines of a paragraph; more than one where several items run on in it."""
    return [line(piece, paragraph.level) for piece in _items(paragraph.piece)]


def line(piece: Piece, level: int = 0) -> Line:
    """Take one line apart."""
    folded = piece.folded
    mark = marks.leading(folded)
    start = mark.end if mark else 0
    hits = labels.find(folded, start)
    first = hits[0] if hits else None
    lead_end = _before(folded, first) if first else len(folded)
    return Line(piece, level, mark, piece.part(start, lead_end).trimmed(), tuple(_parts(piece, hits)))


def _before(folded: str, hit: Hit) -> int:
    """Give where the words before a label end: before the bracket or the marker that belongs to it."""
    first = max(0, hit.start - _WITHIN)
    end = first + len(folded[first : hit.start].rstrip())
    if hit.close is not None and folded[first:end].endswith("("):
        return end - 1
    window = folded[first:end]
    for begin in range(max(0, len(window) - _LONGEST_MARK), len(window)):
        mark = marks.leading(window, begin)
        if mark is not None and mark.end >= len(window) and mark.kind not in INLINE:
            return first + begin
    return end


def _parts(piece: Piece, hits: list[Hit]) -> list[Part]:
    parts: list[Part] = []
    folded = piece.folded
    for index, hit in enumerate(hits):
        following = hits[index + 1] if index + 1 < len(hits) else None
        stop = _before(folded, following) if following else len(folded)
        close = hit.close if hit.close is not None and hit.close <= stop else None
        value = piece.part(hit.end, stop if close is None else close).trimmed()
        written = piece.part(hit.start, hit.end)
        bracketed = hit.close is not None
        value, due = _without_day(value) if hit.field in _NAMING else (value, None)
        parts.append(Part(value, hit.label, written, bracketed))
        parts += [Part(due, Label(Field.DEADLINE), None, bracketed)] if due is not None else []
        if close is not None:
            behind = piece.part(close + 1, stop).trimmed()
            if behind.text.strip("。；;，,、"):
                parts.append(Part(behind))
    return parts


def _without_day(value: Piece) -> tuple[Piece, Piece | None]:
    """Divide a list of names from a deadline without a label behind it (责任单位：甲；2023年底前完成)."""
    begin = max(value.folded.rfind(sign) for sign in ",;") + 1
    last = value.part(begin).trimmed()
    return (value.part(0, begin - 1), last) if begin and deadline.is_deadline(last.folded) else (value, None)


def _items(piece: Piece) -> list[Piece]:
    """Divide a run-on paragraph where several items, each with its own fields, follow each other in it."""
    folded = piece.folded
    for kind in _SPLITTING:
        starts = [mark.start for mark in _in_sequence(kind, folded)]
        if not starts:
            continue
        bounds = [*starts, len(folded)]
        inner = [folded[begin:stop] for begin, stop in pairwise(bounds)]
        whole = len(inner) > 1 or starts[0] > 0
        if whole and all(_has_owner(part) for part in inner) and (starts[0] == 0 or len(inner) > 1):
            head = [piece.part(0, starts[0])] if folded[: starts[0]].strip() else []
            parts = [piece.part(begin, stop) for begin, stop in pairwise(bounds)]
            return [
                sub for part in [*head, *parts] for sub in (_items(part) if part is not piece else [part])
            ]
    return [piece]


def _in_sequence(kind: MarkKind, folded: str) -> list[Mark]:
    found: list[Mark] = []
    for mark in marks.inside(kind, folded):
        if not found or mark.number == found[-1].number + 1:
            found.append(mark)
    return found


def _has_owner(folded: str) -> bool:
    """Tell whether the words name somebody responsible or a deadline, as only a whole item does."""
    return any(hit.field in RESPONSIBLE for hit in labels.find(folded))
