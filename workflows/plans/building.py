"""Builds the outline of a document line by line: what is a heading, an item of a list, a value, plain words.

It decides by the line and its neighbours; it must not know what a task is.
"""

from __future__ import annotations

from collections.abc import Sequence

from workflows.plans import brackets, labels, marks, scan
from workflows.plans.document import Paragraph
from workflows.plans.entries import CONTENT, OPENERS, Entry
from workflows.plans.label_words import WEAK, Field
from workflows.plans.labels import Label
from workflows.plans.marks import INLINE, Mark, MarkKind
from workflows.plans.outline import Node
from workflows.plans.pieces import Piece
from workflows.plans.scan import Line, Part
from workflows.plans.tables import Recognised

_LISTS = CONTENT | {Field.STATUS, Field.REMARK}
_STYLES = {1: MarkKind.STYLE1, 2: MarkKind.STYLE2}
_LONGEST_BARE_HEADING = 30
_HEADINGS = frozenset({MarkKind.CHAPTER, MarkKind.BRACKET, MarkKind.ITEM})


def build(blocks: Sequence[Paragraph | Recognised]) -> Node:
    """Give the root of the outline of a document."""
    builder = _Builder()
    items: list[Line | Recognised] = []
    for block in blocks:
        items += [block] if isinstance(block, Recognised) else scan.lines(block)
    for index, item in enumerate(items):
        if isinstance(item, Recognised):
            builder.table(item)
        else:
            builder.line(item, [other for other in items[index + 1 : index + 3] if isinstance(other, Line)])
    return builder.root


class _Builder:
    """Where in the outline the reading stands."""

    def __init__(self) -> None:
        self.root = Node()
        self.node = self.root
        self.open: Entry | None = None

    def table(self, table: Recognised) -> None:
        """Hang a table under the heading it stands under."""
        self.node.tables.append(table)
        self.open = None

    def line(self, line: Line, following: list[Line]) -> None:
        """Place one line."""
        mark = line.mark
        bare = self._bare_label(line, following)
        if bare is not None:
            self._sibling(mark)
            self._enter(Entry(bare.field, [], line.lead, bare.tolerated, bare.counted))
        elif line.first is not None:
            self._sibling(mark)
            self._parts(line.parts)
        elif mark is not None and self._continues(mark, line, following):
            self._item(mark, line)
            self._parts(line.parts, inline=True)
        elif mark is not None and mark.kind not in INLINE:
            self._heading(mark.kind, mark.number, line)
        elif line.level and not self._expects_value():
            self._heading(_STYLES.get(line.level, MarkKind.STYLE3), 0, line)
        elif self._heads(line, following):
            self._heading(MarkKind.BARE, 0, line)
        else:
            self._words(line.piece if line.mark else line.lead)
            self._parts(line.parts, inline=True)

    def _heading(self, kind: MarkKind, number: int, line: Line) -> None:
        heading, owners = (line.lead, line.parts) if line.parts else brackets.divide(line.lead)
        self.node = self.node.place(kind, number, heading)
        self.open = None
        self._parts(owners, inline=True)

    def _sibling(self, mark: Mark | None) -> None:
        """Leave a nested part where a label carries the marker of an outer heading (二、整改目标：…)."""
        if mark is not None and any(node.kind is mark.kind for node in self.node.path()):
            self.node = self.node.place(mark.kind, mark.number, None)

    def _item(self, mark: Mark, line: Line) -> None:
        entry = self.open
        if entry is None:
            return
        if mark.kind not in INLINE and entry.list_kind in {None, mark.kind}:
            entry.list_kind, entry.list_number = mark.kind, mark.number
        entry.pieces.append(line.piece.part(0, line.lead.start - line.piece.start + len(line.lead.text)))

    def _parts(self, parts: Sequence[Part], *, inline: bool = False) -> None:
        """Enter labelled values; behind a bracket the value before it goes on."""
        outer = self.open
        for part in parts:
            self.open = outer
            if part.label is None:
                self._words(part.piece)
                continue
            entry = Entry(
                part.label.field, [part.piece], part.written, part.label.tolerated, part.label.counted, inline
            )
            self._enter(entry)
            outer = outer if part.bracketed else entry
        self.open = outer

    def _enter(self, entry: Entry) -> None:
        self.node.entries.append(entry)
        self.open = entry
        first = marks.leading(entry.pieces[0].folded) if entry.pieces else None
        if first is not None:
            entry.list_kind = first.kind
            entry.list_number = _last_number(first, entry.pieces[0].folded)

    def _words(self, piece: Piece) -> None:
        """Place words without marker or label: they go on with the open value, or are text of their own."""
        if not piece.text:
            return
        if self.open is not None and self._goes_on(self.open):
            self.open.pieces.append(piece)
            return
        self.open = None
        heading = self.node.heading
        if heading is not None and not heading.text and not self.node.entries:
            self.node.heading = piece
            return
        if self.node.entries or self.node.heading is None:
            (self.node.tail if self.node.entries else self.node.body).append(piece)
            return
        words, owners = brackets.divide(piece)
        self.node.body.append(words)
        self._parts(owners, inline=True)

    def _goes_on(self, entry: Entry) -> bool:
        if entry.empty:
            return True
        last = entry.pieces[-1].trimmed().folded
        if entry.field in {Field.MEASURES, Field.CRITERIA}:
            return True
        unclosed = last.count("(") > last.count(")") or last.endswith(("、", ","))
        return unclosed or (entry.field in _LISTS and not last.endswith(("。", ";", "!")))

    def _expects_value(self) -> bool:
        return self.open is not None and self.open.empty

    def _bare_label(self, line: Line, following: list[Line]) -> Label | None:
        """Give the label that a whole line is, without a colon; its value stands on the next line."""
        if line.parts or not line.lead.text or not following or self._expects_value():
            return None
        label = labels.known(line.lead.folded, tolerant=False)
        if label is None or (line.lead.folded in WEAK and not label.counted):
            return None
        if (line.level and following[0].level) or (label.field is Field.TASK and following[0].mark):
            return None
        # 二、整改措施 heads a chapter; so does a label that is followed by the heading of the first item.
        if line.mark is not None and line.mark.kind in {MarkKind.CHAPTER, MarkKind.ITEM}:
            return None
        return None if _heads_items(following) else label

    def _heads(self, line: Line, following: list[Line]) -> bool:
        """Tell whether a line without number or style is a heading: short, unclosed, a new task behind it."""
        words = line.lead.folded
        if line.parts or self._expects_value() or not following or line.mark is not None:
            return False
        if len(words) > _LONGEST_BARE_HEADING or ":" in words or words.endswith(tuple("。;,、!?.")):
            return False
        label = following[0].first
        if label is None:
            return False
        if not self.node.entries:
            return self.node is not self.root or bool(self.root.body)
        return label.field in OPENERS or label.field is self.node.entries[0].field

    def _continues(self, mark: Mark, line: Line, following: list[Line]) -> bool:
        """Tell whether a marked line is an item of the open value, and not the next heading."""
        entry = self.open
        if entry is None or (entry.field not in _LISTS and not entry.empty):
            return False
        if mark.kind in INLINE:
            return True
        outer = [node for node in self.node.path() if node.kind is mark.kind]
        next_outside = any(node.number + 1 == mark.number for node in outer)
        if entry.list_kind is None:
            return self._begins_list(entry, mark, line, following, outside=bool(outer))
        if mark.kind is entry.list_kind:
            expected = mark.number in {0, entry.list_number + 1}
            return expected and not (next_outside and self._restarts(following))
        # A list in Arabic numbers holds no part that Chinese numbers head.
        return not outer and (mark.kind not in _HEADINGS or entry.list_kind in _HEADINGS)

    def _begins_list(
        self, entry: Entry, mark: Mark, line: Line, following: list[Line], *, outside: bool
    ) -> bool:
        if mark.number > 1 or (
            entry.label is not None and _unclosed(entry) and _heads_items([line, *following])
        ):
            return False
        if entry.empty:
            return True
        last = entry.pieces[-1].trimmed().folded
        introduces = last.endswith(":") or entry.field in {Field.MEASURES, Field.CRITERIA}
        return introduces and (last.endswith(":") or not outside)

    def _restarts(self, following: list[Line]) -> bool:
        """Tell whether the next label is one that the present task has already: then a new task began."""
        label = next((line.first for line in following if line.first is not None), None)
        return label is not None and label.field in {entry.field for entry in self.node.entries}


def _unclosed(entry: Entry) -> bool:
    return entry.label is not None and not entry.label.folded.rstrip().endswith((":", "】", "]"))


def _heads_items(following: list[Line]) -> bool:
    """Tell whether a marked line comes next and a label behind it: then the line before heads a chapter."""
    heading, behind = (*following, None, None)[:2]
    if heading is None or behind is None or heading.mark is None or heading.parts:
        return False
    label = behind.first
    return label is not None and label.field in CONTENT


def _last_number(first: Mark, folded: str) -> int:
    last = first.number
    for mark in marks.inside(first.kind, folded, first.end):
        if mark.number == last + 1:
            last = mark.number
    return last
