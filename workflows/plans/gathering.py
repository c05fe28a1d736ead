"""Gathers drafts of tasks from the outline: which values belong together and what stands above them.

It must not know how a value is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from workflows.plans import tables, titles
from workflows.plans.drafts import Draft
from workflows.plans.entries import RESPONSIBLE, Entry, groups
from workflows.plans.marks import MarkKind
from workflows.plans.outline import Node
from workflows.plans.pieces import Piece
from workflows.plans.titles import Role


@dataclass(frozen=True, slots=True)
class _Above:
    """What the headings above a node say."""

    section: Piece | None = None
    role: Role | None = None


def gather(root: Node) -> list[Draft]:
    """Give the drafts of all tasks in the order of the document.

    What stands under 工作要求 or 指导思想 is a task only where the document has no others.
    """
    drafts = sorted((draft for draft in _under(root, _Above()) if draft.is_task()), key=Draft.begins)
    return [draft for draft in drafts if draft.role in {None, Role.TASKS}] or drafts


def _under(node: Node, above: _Above) -> list[Draft]:
    title = titles.first_sentence(node.heading)[0] if node.heading is not None else None
    outermost = node.parent is not None and node.parent.parent is None
    chapter = title is None or titles.is_chapter(title.folded, outermost=outermost)
    role = (titles.role_of(title.folded) if title is not None else None) or above.role
    if not chapter:
        _take_from_last_child(node)
    inner = _Above(above.section if chapter else title, role)
    below = [draft for child in node.children for draft in _under(child, inner)]
    tasks_below = [draft for draft in below if draft.is_task()]
    if tasks_below and node.entries and all(entry.field in RESPONSIBLE for entry in node.entries):
        # Who answers for a whole chapter answers for each of its tasks that names nobody else.
        for draft in tasks_below:
            draft.entries += [entry for entry in node.entries if not draft.has(entry.field)]
        own: list[Draft] = []
    else:
        own = list(_own(node, above, role, chapter=chapter, tasks_below=bool(tasks_below)))
    return [*own, *_of_tables(node, inner), *below]


def _own(
    node: Node, above: _Above, role: Role | None, *, chapter: bool, tasks_below: bool
) -> Iterator[Draft]:
    heading = None if chapter else node.heading
    common, divided = _common(node.entries)
    for entries in divided:
        draft = Draft(entries, section=above.section, role=role)
        draft.entries += [entry for entry in common if not draft.has(entry.field)]
        if len(divided) > 1:
            draft.shared = heading
        else:
            draft.heading, draft.body = heading, node.body if heading is not None else []
            draft.counted = node.kind is MarkKind.ITEM
            if heading is not None and not tasks_below:
                draft.items = [_words(child) for child in node.children]
        yield draft


def _common(entries: list[Entry]) -> tuple[list[Entry], list[list[Entry]]]:
    """Divide what a heading says of all its tasks, behind its own words, from the fields of each."""
    inline = [entry for entry in takewhile(lambda entry: entry.inline, entries) if entry.field in RESPONSIBLE]
    divided = groups(entries[len(inline) :])
    return (inline, divided) if len(divided) > 1 else ([], groups(entries))


def _words(node: Node) -> tuple[Piece, ...]:
    pieces = [piece for inner in node.walk() for piece in [inner.heading, *inner.body] if piece is not None]
    return tuple(piece for piece in pieces if piece.text)


def _take_from_last_child(node: Node) -> None:
    """Give a heading the fields that follow the last of its numbered measures.

    They stand behind the measures on lines of their own, and no measure has fields: they belong to all.
    """
    *others, last = node.children or [node]
    if not others or node.entries:
        return
    plain = not any(inner.entries or inner.tables for other in others for inner in other.walk())
    if plain and not last.children and last.entries and not any(entry.inline for entry in last.entries):
        node.entries, last.entries = last.entries, []
        node.tail, last.tail = [*node.tail, *last.tail], []


def _of_tables(node: Node, above: _Above) -> Iterator[Draft]:
    for table in node.tables:
        for found in tables.rows(table):
            section = found.section or above.section
            yield Draft(found.entries, section=section, role=above.role, shifted=found.shifted)
