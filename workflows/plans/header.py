"""Reads what a document says about itself: title, document number, day of issue, basis.

A document number that is only quoted is no number of this document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.plans import labels, marks, titles
from workflows.plans.dates import grammar
from workflows.plans.dates.resolve import last_day
from workflows.plans.document import Document, Paragraph, Table
from workflows.plans.pieces import Piece, Words, join

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}\s*[〔(【]\s*(?:19|20)\d{2}\s*[〕)】]\s*第?\s*\d{1,5}\s*号")
_BASIS = re.compile(
    r"(?:按照|根据|依据|遵照|为(?:深入|全面|认真)?(?:贯彻落实|落实|贯彻))\s*((?:(?!按照|根据|依据)[^。;,]){0,60}?"
    r"(?:《[^》]{2,80}》(?:\([^)]{0,40}\))?|[〔(]\d{4}[〕)]\s*\d+\s*号))"
)
_ISSUED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,24}\s*)?\(?\s*(?P<day>.{6,16}?[日号\d])\s*\)?\s*(?:印发|发布|下发|发)?"
)
_KIND = (
    "方案",
    "清单",
    "台账",
    "计划",
    "安排",
    "通知",
    "意见",
    "表",
    "措施",
    "汇编",
    "办法",
    "报告",
    "分工",
    "要点",
    "任务",
    "条",
)
_ATTACHMENT = re.compile(r"附件?\s*[\d一二三四五六七八九十]*\s*:?")
_LONGEST_TITLE = 90
_LONGEST_NAME = 40
_SIGNATURE_WITHIN = 6


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says about itself; ``None`` where it does not.

    Attributes:
        title: Its title.
        number: Its own document number.
        issued: The day of issue as written.
        issued_on: That day.
        basis: The decision or notice that it follows.
    """

    title: Words | None
    number: Words | None
    issued: Words | None
    issued_on: date | None
    basis: Words | None


def read(document: Document, first_task: int) -> Header:
    """Read the header of a document.

    Args:
        document: The whole document.
        first_task: Line on which the first task begins.
    """
    pieces = [block.piece.trimmed() for block in document.blocks if isinstance(block, Paragraph)]
    before = [piece for piece in pieces if piece.line < first_task] or pieces[:1]
    behind = [piece for piece in pieces if piece.line >= first_task][-_SIGNATURE_WITHIN:]
    issued, issued_on = _issued([*before[:_SIGNATURE_WITHIN], *behind])
    return Header(_title(before), _number(before), issued, issued_on, _basis(before))


def without_title(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Give the blocks of a document with its title as plain words, for it heads no part of the document."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or first.level != 1:
        return list(blocks)
    headings = [block for block in blocks if isinstance(block, Paragraph) and block.level == 1]
    if len(headings) > 1 and not first.piece.folded.endswith(_KIND):
        return list(blocks)
    return [Paragraph(first.piece), *blocks[1:]]


def _title(before: Sequence[Piece]) -> Words | None:
    taken: list[Piece] = []
    for paragraph in before:
        piece = _opening_sentence(paragraph) if not taken else paragraph
        folded = piece.folded
        if not taken and (_ATTACHMENT.fullmatch(folded) or _NUMBER.fullmatch(folded)):
            continue
        if not _may_be_title(folded) or (taken and not _goes_on(taken[-1], folded)):
            break
        taken.append(piece)
    if taken and not any(piece.folded.endswith(_KIND) for piece in taken):
        taken = taken[:1]
    return join(taken)


def _opening_sentence(piece: Piece) -> Piece:
    """Give the title of a document that runs on behind it in the same paragraph."""
    title, rest = titles.first_sentence(piece)
    return title if rest.text and title.folded.endswith(_KIND) else piece


def _may_be_title(folded: str) -> bool:
    plain = not folded.endswith(("。", ":", ";")) and len(folded) <= _LONGEST_TITLE
    return plain and marks.leading(folded) is None and not labels.find(folded) and _day(folded) is None


def _goes_on(last: Piece, folded: str) -> bool:
    return not last.folded.endswith(_KIND) and len(folded) <= _LONGEST_NAME


def _number(before: Sequence[Piece]) -> Words | None:
    for piece in before:
        match = _NUMBER.search(piece.folded)
        if match and not piece.folded.strip("() ").replace(match.group(), ""):
            return join([piece.part(match.start(), match.end())])
    return None


def _issued(pieces: Sequence[Piece]) -> tuple[Words | None, date | None]:
    found: tuple[Words | None, date | None] = (None, None)
    for piece in pieces:
        day = _day(piece.folded)
        if day is not None:
            found = join([piece]), day
    return found


def _day(folded: str) -> date | None:
    """Give the day that a line consists of; anything but the sender's name beside it makes it a sentence."""
    match = _ISSUED.fullmatch(folded)
    dates = grammar.find(match["day"]) if match else []
    if len(dates) != 1 or not dates[0].exact or dates[0].limited or not dates[0].day or dates[0].year is None:
        return None
    rest = folded[: folded.find(match["day"])] if match else ""
    return last_day(dates[0], dates[0].year) if "于" not in rest else None


def _basis(before: Sequence[Piece]) -> Words | None:
    for piece in before:
        match = _BASIS.search(piece.folded)
        if match:
            return join([piece.part(match.start(1), match.end(1))])
    return None
