"""Decides what the heading of a task is worth: its section, its problem, its objective or its measures.

It must not know the outline; a draft carries what stands above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.plans import items, marks, titles
from workflows.plans.drafts import Draft
from workflows.plans.label_words import Field
from workflows.plans.pieces import CLOSING, Piece, Words, join
from workflows.plans.titles import TitleKind

_LONGEST_TITLE = 40
_CLOSED = CLOSING + ":："


@dataclass(slots=True)
class Meaning:
    """What headings and unlabelled words say about a task; ``None`` and empty where they say nothing."""

    section: Words | None = None
    remark: Words | None = None
    problem: Words | None = None
    objective: Words | None = None
    measures: Sequence[Words] = ()


def understand(draft: Draft) -> Meaning:
    """Give what the heading of a draft and the words under it mean."""
    meaning = Meaning()
    if draft.heading is None:
        _take_section(meaning, draft.shared or draft.section)
        return meaning
    title, rest = titles.first_sentence(draft.heading)
    kind = titles.kind_of(title.folded)
    if draft.has(Field.OBJECTIVE, Field.OPINION, Field.TASK):
        own = kind is TitleKind.TOPIC or not (
            draft.counted or (kind is TitleKind.DEFICIENCY and draft.section)
        )
        _take_section(meaning, title if own else draft.section)
        if kind is TitleKind.DEFICIENCY or rest.text or draft.body:
            meaning.problem = join([draft.heading, *draft.body], CLOSING)
    elif draft.has(Field.MEASURES, Field.CRITERIA, Field.PROBLEM):
        _name(meaning, draft, title, kind, topic_is_section=True)
        if rest.text or draft.body:
            whole = [draft.heading] if kind is TitleKind.DEFICIENCY else [rest]
            meaning.problem = join([*whole, *draft.body], CLOSING)
    else:
        _unlabelled(meaning, draft, title, rest, kind)
    return meaning


def _name(meaning: Meaning, draft: Draft, title: Piece, kind: TitleKind, *, topic_is_section: bool) -> None:
    """Take a title for what it says; the section then is what stands above it."""
    if kind is TitleKind.DEFICIENCY:
        meaning.problem = join([title], _CLOSED)
        _take_section(meaning, draft.section or (None if draft.counted else title))
    elif kind is TitleKind.TOPIC and topic_is_section:
        _take_section(meaning, title)
    else:
        meaning.objective = join([title], _CLOSED)
        _take_section(meaning, draft.section)


def _unlabelled(meaning: Meaning, draft: Draft, title: Piece, rest: Piece, kind: TitleKind) -> None:
    """Read a paragraph that is all of a task but for who answers for it: a short title, then its measures."""
    body = [piece for piece in [rest, *draft.body] if piece.text]
    below = [words for words in (join(item, CLOSING) for item in draft.items) if words is not None]
    if len(title.text) <= _LONGEST_TITLE and (body or below):
        _name(meaning, draft, title, kind, topic_is_section=False)
        meaning.measures = below or items.items(body, by_clause=False)
        return
    _take_section(meaning, draft.section)
    heading = [draft.heading] if draft.heading is not None else []
    meaning.measures = [*items.items([*heading, *draft.body], by_clause=False), *below]


def _take_section(meaning: Meaning, piece: Piece | None) -> None:
    if piece is None:
        return
    mark = marks.leading(piece.folded)
    bare = piece.part(mark.end).trimmed() if mark else piece
    title, remark = titles.without_remark(titles.first_sentence(bare)[0])
    meaning.section = join([title], _CLOSED)
    if remark is not None:
        meaning.remark = join([remark])
