"""Labelled values on their way to a task, and how a run of them is divided into tasks.

It must not know where the values stood: lines, ledgers and forms all become entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as having

from workflows.plans.label_words import Field
from workflows.plans.marks import MarkKind
from workflows.plans.pieces import Piece


@dataclass(slots=True)
class Entry:
    """A label and what stands behind it.

    Attributes:
        field: What the label announces.
        pieces: The value, line by line.
        label: The label as written; ``None`` where the value came without one.
        tolerated: The right word where the label has one wrong character.
        counted: Whether the label carries a number (问题一).
        inline: Whether it stood on the line of its heading or behind the text of a paragraph.
        list_kind: Form of the markers of its list, once one was seen.
        list_number: The last number of that list.
    """

    field: Field
    pieces: list[Piece] = having(default_factory=list)
    label: Piece | None = None
    tolerated: str = ""
    counted: bool = False
    inline: bool = False
    list_kind: MarkKind | None = None
    list_number: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing stands behind the label yet."""
        return not any(piece.trimmed(":").text for piece in self.pieces)


OPENERS = frozenset({Field.NUMBER, Field.PROBLEM, Field.OPINION, Field.TASK, Field.OBJECTIVE})
"""Fields of which a task has one; the second one opens the next task."""

CONTENT = frozenset(
    {
        Field.PROBLEM,
        Field.OPINION,
        Field.TASK,
        Field.OBJECTIVE,
        Field.MEASURES,
        Field.CRITERIA,
        Field.SCHEDULE,
    }
)
"""Fields that say what is to be done."""

RESPONSIBLE = frozenset(
    {
        Field.LEADERS,
        Field.PERSON,
        Field.HANDLERS,
        Field.DEPARTMENTS,
        Field.LEAD,
        Field.SUPPORTING,
        Field.OWNER,
        Field.DEADLINE,
    }
)
"""Fields that say who does it by when."""


def groups(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Divide the entries of one part of a document into those of its tasks, in order."""
    divided: list[list[Entry]] = []
    seen: set[Field] = set()
    for entry in entries:
        if not divided or _opens(entry, divided[-1], seen):
            divided.append([])
            seen = set()
        divided[-1].append(entry)
        seen.add(entry.field)
    return divided


def _opens(entry: Entry, group: list[Entry], seen: set[Field]) -> bool:
    if entry.field not in seen:
        return False
    if entry.field in OPENERS:
        return True
    # 整改措施一 … 整改措施二 … follow each other inside one task.
    return entry.field is group[0].field and group[-1].field is not entry.field
