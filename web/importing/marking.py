"""The document as the left side of the page shows it: line by line, with what was recognised marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflows.plans.fields import Mark


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line: plain words, or words that went into a field of the form."""

    text: str
    field: str | None = None
    anchor: str | None = None


def segments(lines: Sequence[str], marks: Sequence[Mark]) -> list[list[Segment]]:
    """Give each line as its segments; of places that overlap the first keeps the words."""
    by_line: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_line[mark.source.line].append(mark)
    return [list(_segments(line, by_line[number])) for number, line in enumerate(lines, start=1)]


def anchors(marks: Sequence[Mark]) -> dict[str, str]:
    """Give for each field where its first words stand in the document."""
    found: dict[str, str] = {}
    for mark in marks:
        found.setdefault(mark.field, _anchor(mark))
    return found


def _segments(line: str, marks: list[Mark]) -> Iterator[Segment]:
    reached = 0
    for mark in sorted(marks, key=lambda item: item.source):
        start, end = mark.source.start, min(mark.source.end, len(line))
        if start < reached or start >= end:
            continue
        if start > reached:
            yield Segment(line[reached:start])
        yield Segment(line[start:end], mark.field, _anchor(mark))
        reached = end
    if reached < len(line):
        yield Segment(line[reached:])


def _anchor(mark: Mark) -> str:
    return f"w{mark.source.line}-{mark.source.start}"
