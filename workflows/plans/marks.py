"""List markers: 一是, 一要, 第一, 一、, （一）, 1., （1）, ① and their kin, and what only looks like one.

A marker is a number in one of a few written forms, standing where a list item can begin. It must not know
what is listed. The traps (每季度一次, 第三方, 三分之二, 18.5公里, 一、二审) are excluded by the forms
themselves: a form asks for what stands before and behind it, never for a list of exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.plans.numerals import number


class MarkKind(StrEnum):
    """The written form of a marker; markers of one list share it."""

    STYLE1 = "heading-1"
    """A paragraph whose style is a first-level heading; it may carry no number at all."""
    STYLE2 = "heading-2"
    """A second-level heading by style."""
    STYLE3 = "heading-3"
    """A heading by style of the third or a deeper level."""
    BARE = "bare"
    """A heading recognised by its surroundings alone, without number or style."""
    CHAPTER = "一、"
    """Chinese number and 、, the usual chapter of an official document."""
    BRACKET = "（一）"
    """Chinese number in brackets."""
    ARABIC = "1."
    """Arabic number with a dot or 、."""
    ARABIC_BRACKET = "（1）"
    """Arabic number in brackets."""
    ARABIC_HALF = "1）"
    """Arabic number with a closing bracket only."""
    CIRCLED = "①"
    """Number in a circle."""
    DOTTED2 = "1.1"
    """Number of two levels."""
    DOTTED3 = "1.1.1"
    """Number of three levels."""
    SHI = "一是"
    """Enumeration inside a sentence: 一是…二是…."""
    YAO = "一要"
    """Enumeration of demands: 一要…二要…."""
    DI = "第一，"
    """Enumeration with 第一，第二，."""
    QI = "其一，"
    """Enumeration with 其一，其二，."""
    ITEM = "第一项"
    """第一项, 第1条, 第一个问题: a part of the document that is named by its number."""
    LETTER = "a."
    """Latin letter."""
    BULLET = "•"
    """A sign without a number."""


INLINE = frozenset({MarkKind.SHI, MarkKind.YAO, MarkKind.DI, MarkKind.QI})
"""Forms that divide a sentence and never head a part of the document."""

_CN = "[一二三四五六七八九十百]{1,4}"
# A year right behind "1." begins the item's own words; any other digit there makes a decimal number.
_NOT_DECIMAL = r"(?!\d)|(?=(?:19|20)\d{2}\s*(?:年|[-./]\d))"
_FORMS: tuple[tuple[MarkKind, str], ...] = (
    (MarkKind.SHI, rf"({_CN})是(?!否)"),
    (MarkKind.YAO, rf"({_CN})要(?![件素点义职员闻领])"),
    (MarkKind.DI, rf"第({_CN})(?:[,:、]|是(?!否))"),
    (MarkKind.QI, rf"其({_CN})(?:[,:、]|是(?!否))"),
    (
        MarkKind.ITEM,
        rf"第\s*({_CN}|\d{{1,3}})\s*(?:项|条|章|节|部分|个问题|个方面|类问题|阶段)(?:[:、,.]\s*|\s+|$)",
    ),
    (MarkKind.CHAPTER, rf"({_CN})\s*[、.](?!\s*[是要])"),
    (MarkKind.BRACKET, rf"\(\s*({_CN})\s*\)\s*[、.]?|([㈠-㈩])"),
    (MarkKind.DOTTED3, r"\d{1,2}\.\d{1,2}\.(\d{1,2})(?![\d.年月日])[\s、.]*(?=[^\d\s.-])"),
    (MarkKind.DOTTED2, r"\d{1,2}\.(\d{1,2})(?:[、.](?=\D)|\s+(?=[^\d\s]))"),
    (MarkKind.ARABIC, rf"(\d{{1,3}})\s*[.、](?:{_NOT_DECIMAL})|([⒈-⒛])"),
    (MarkKind.ARABIC_BRACKET, r"\(\s*(\d{1,2})\s*\)\s*[、.]?|([⑴-⒇])"),
    (MarkKind.ARABIC_HALF, r"(\d{1,2})\)\s*[、.]?"),
    (MarkKind.CIRCLED, r"([①-⑳㉑-㉟])\s*[、.]?"),
    (MarkKind.LETTER, r"([a-zA-Z])[.、)]\s*(?=[^\x00-\x7f])"),
    (MarkKind.BULLET, r"[-*+·•]\s+|[●■◆▪▶►➢➤◇□√]\s*"),
)
_COMPILED = {kind: re.compile(form) for kind, form in _FORMS}
# 一、二审 and 三、四季度 count things; a marker's own text never starts with the next number and such a word.
_COUNTED = "审季级类期线楼层科组庭次轮批年月号等届中是要者个"
# No marker begins with any other sign; most lines are done with this one look.
_BEGINS = re.compile(r"\s*(?=[\d一二三四五六七八九十百第其(a-zA-Z①-⒛㉑-㉟㈠-㈩*+·•●■◆▪▶►➢➤◇□√-])")
_LOOSE = re.compile(r"\s*(\d{1,3})\s*[.、]")
_WITHIN = 40
_SINGLE = {"㈠": 0x321F, "⒈": 0x2487, "⑴": 0x2473, "①": 0x245F, "㉑": 0x323C}


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker found in a folded text.

    Attributes:
        kind: Its written form.
        number: Its number; 0 for a form without numbers.
        start: Where it begins.
        end: Where the item's own words may begin.
    """

    kind: MarkKind
    number: int
    start: int
    end: int


def leading(folded: str, start: int = 0) -> Mark | None:
    """Give the marker that ``folded`` begins with at ``start``, blanks passed over."""
    begins = _BEGINS.match(folded, start)
    if begins is None:
        return None
    start = begins.end()
    for kind in _COMPILED:
        mark = _at(kind, folded, start)
        if mark is not None:
            return mark
    return None


def inside(kind: MarkKind, folded: str, start: int = 0) -> Iterator[Mark]:
    """Give each marker of one form that stands where an item can begin, from ``start`` on."""
    for match in _COMPILED[kind].finditer(folded, start):
        mark = _mark(kind, match, folded)
        if mark is not None and _may_begin(kind, folded, mark.start):
            yield mark


def loose(kind: MarkKind, folded: str, expected: int) -> Mark | None:
    """Give the leading marker with the number that its list expects next, even where a digit follows it.

    ``2.5G网络…`` is no marker by itself; as the second line of a list whose other lines are marked it is.
    """
    if kind is not MarkKind.ARABIC:
        return None
    match = _LOOSE.match(folded)
    if match is None or int(match.group(1)) != expected:
        return None
    return Mark(kind, expected, match.start(1), match.end())


def _at(kind: MarkKind, folded: str, start: int) -> Mark | None:
    match = _COMPILED[kind].match(folded, start)
    return _mark(kind, match, folded) if match else None


def _mark(kind: MarkKind, match: re.Match[str], folded: str) -> Mark | None:
    written = next((group for group in match.groups() if group), "")
    counted = _number(written) if written else 0
    if counted is None:
        return None
    if kind is MarkKind.CHAPTER and _counts_things(counted, folded, match.end()):
        return None
    return Mark(kind, counted, match.start(), match.end())


def _counts_things(counted: int, folded: str, end: int) -> bool:
    following = re.match(_CN, folded[end:])
    if following is None or number(following.group()) != counted + 1:
        return False
    behind = folded[end + following.end() : end + following.end() + 1]
    return behind in _COUNTED


def _number(written: str) -> int | None:
    if written.isascii() and written.isalpha():
        return ord(written.lower()) - ord("a") + 1
    for first, base in _SINGLE.items():
        if ord(first) <= ord(written[0]) < ord(first) + 20:
            return ord(written[0]) - base
    return number(written)


def _may_begin(kind: MarkKind, folded: str, start: int) -> bool:
    first = max(0, start - _WITHIN)
    before = folded[first:start].rstrip()
    if not before:
        return first == 0
    if kind in INLINE:
        return before[-1] in "。;:,!?、)】》”" or len(before) < start - first
    if kind in {MarkKind.CIRCLED, MarkKind.ARABIC_BRACKET}:
        # These forms are clear by themselves; only a reference such as 附件（1） is not a list.
        return before[-1] not in "件表图注条款项见第"
    if kind is MarkKind.ARABIC_HALF and "(" in before[-3:]:
        return False
    return before[-1] in "。;:!?】》”" or (kind is not MarkKind.CHAPTER and before[-1] in ",)")


WRITTEN = frozenset(_COMPILED)
"""Forms that are written in the text, unlike headings by style."""
