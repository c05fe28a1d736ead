"""The outline of a document: headings in their nesting, and under each what stands there.

Owns the nesting; what a heading means for the tasks is the business of ``tasks``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workflows.plans.entries import Entry
from workflows.plans.marks import MarkKind
from workflows.plans.pieces import Piece
from workflows.plans.tables import Recognised

_ORDER = (
    MarkKind.STYLE1,
    MarkKind.STYLE2,
    MarkKind.STYLE3,
    MarkKind.CHAPTER,
    MarkKind.BARE,
    MarkKind.BRACKET,
    MarkKind.ITEM,
    MarkKind.ARABIC,
    MarkKind.DOTTED2,
    MarkKind.DOTTED3,
    MarkKind.ARABIC_BRACKET,
    MarkKind.ARABIC_HALF,
    MarkKind.CIRCLED,
    MarkKind.LETTER,
    MarkKind.BULLET,
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}


@dataclass(slots=True, eq=False)
class Node:
    """A heading and what stands under it; the root has none.

    Attributes:
        kind: Form of the heading's marker.
        number: Its number.
        heading: The words of the heading, which may run on.
        parent: The node that it stands under.
        children: Headings under it.
        entries: Labelled values under it.
        body: Words without a label that stand before the first entry.
        tail: Words without a label that stand behind it.
        tables: Tables under it.
    """

    kind: MarkKind | None = None
    number: int = 0
    heading: Piece | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)
    tables: list[Recognised] = field(default_factory=list)

    def path(self) -> list[Node]:
        """Give the nodes from below the root down to this one."""
        found: list[Node] = []
        node: Node | None = self
        while node is not None and node.kind is not None:
            found.append(node)
            node = node.parent
        return found[::-1]

    def root(self) -> Node:
        """Give the node above all."""
        return self if self.parent is None else self.parent.root()

    def walk(self) -> Iterator[Node]:
        """Give this node and all under it in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def place(self, kind: MarkKind, number: int, heading: Piece | None) -> Node:
        """Add a heading that follows this node in the document, at the depth that its marker tells."""
        parent = self._parent_for(kind, number)
        node = Node(kind, number, heading, parent)
        parent.children.append(node)
        return node

    def _parent_for(self, kind: MarkKind, number: int) -> Node:
        path = self.path()
        for node in path:
            if node.kind is kind:
                return node.parent or node
        deepest = self.root()
        for node in path:
            if node.kind is None or _RANK[node.kind] > _RANK[kind]:
                break
            deepest = node
        # A list that does not begin with its first number goes on from somewhere else: it is nobody's child.
        return self.root() if number > 1 and not deepest.children and deepest.entries else deepest
