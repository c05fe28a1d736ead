"""A draft of a task: what was found for it, before its values are read.

It must not know how the values are read, only whether there is enough for a task.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workflows.plans.entries import CONTENT, Entry
from workflows.plans.label_words import Field
from workflows.plans.pieces import Piece
from workflows.plans.titles import Role

_OWNED = (Field.LEADERS, Field.DEPARTMENTS, Field.LEAD, Field.SUPPORTING, Field.OWNER, Field.DEADLINE)


@dataclass(slots=True)
class Draft:
    """What was found for one task.

    Attributes:
        entries: Its labelled values.
        heading: The words of its own heading, which may run on; ``None`` where it shares one or has none.
        counted: Whether that heading is one of a count (第一项), which is never a section's name.
        shared: The heading that it shares with other tasks.
        section: The nearest heading above its own that is about something.
        body: Words without a label under its heading.
        items: Headings below its own that carry no fields: its measures.
        role: What the chapter is there for.
        shifted: Words of a table's row whose cells may have slipped.
    """

    entries: list[Entry]
    heading: Piece | None = None
    counted: bool = False
    shared: Piece | None = None
    section: Piece | None = None
    body: list[Piece] = field(default_factory=list)
    items: list[tuple[Piece, ...]] = field(default_factory=list)
    role: Role | None = None
    shifted: Piece | None = None

    def has(self, *fields: Field) -> bool:
        """Tell whether any of these fields has a value."""
        return any(entry.field in fields and not entry.empty for entry in self.entries)

    def pieces(self, *fields: Field) -> list[Piece]:
        """Give the values of these fields, line by line, in the order of the document."""
        return [piece for entry in self.entries if entry.field in fields for piece in entry.pieces]

    def is_task(self) -> bool:
        """Tell whether there is enough for a task: something to do, and another field or an own heading."""
        contents = {entry.field for entry in self.entries if entry.field in CONTENT and not entry.empty}
        owned = self.has(*_OWNED)
        if contents - {Field.PROBLEM, Field.OPINION}:
            return owned or len(contents) > 1 or self.heading is not None or self.has(Field.PERSON)
        if contents:
            return owned or self.has(Field.PERSON) or bool(self.items)
        return owned and (self.heading is not None or bool(self.body))

    def begins(self) -> tuple[int, int]:
        """Give line and offset at which the draft begins, to put drafts in the order of the document."""
        pieces = [piece for entry in self.entries for piece in entry.pieces]
        pieces += [entry.label for entry in self.entries if entry.label is not None]
        pieces += [*self.body, *([self.heading] if self.heading else [])]
        return min(((piece.line, piece.start) for piece in pieces), default=(0, 0))
