"""Counts the automatic numbering of a Word document, so that a paragraph begins as it looks on paper.

It must not know what is numbered. Elements are handed in as python-docx gives them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

NAMESPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEVEL = re.compile(r"%(\d)")
_MOST_CIRCLED = 20
_MOST_SPOKEN = 100
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
    }
)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its first number, the form of the number and the text around it."""

    start: int
    form: str
    text: str


@dataclass(slots=True)
class _List:
    """A list of the document, its levels and how far each was counted."""

    levels: dict[int, _Level]
    counted: dict[int, int] = field(default_factory=dict)


def spoken(value: int) -> str:
    """Give a number below 100 in Chinese, as 十二; a greater one in digits."""
    if not 0 < value < _MOST_SPOKEN:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _formed(value: int, form: str) -> str:
    if form in _CHINESE:
        return spoken(value)
    if form == "decimalEnclosedCircle" and value <= _MOST_CIRCLED:
        return chr(0x245F + value)
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return str(value)


class Numbering:
    """The lists of one document; hand in its paragraphs in order."""

    def __init__(self, numbering: BaseOxmlElement | None, styles: BaseOxmlElement | None) -> None:
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def prefix(self, paragraph: BaseOxmlElement) -> str:
        """Give the number that a paragraph shows in front of its text; empty where it has none."""
        identity, level = self._numbered(paragraph)
        known = self._lists.get(identity)
        if known is None or level not in known.levels:
            return ""
        known.counted[level] = known.counted.get(level, known.levels[level].start - 1) + 1
        for deeper in [other for other in known.counted if other > level]:
            del known.counted[deeper]
        shown = known.levels[level]
        if shown.form in {"bullet", "none"}:
            return "• " if shown.form == "bullet" else ""
        text = _LEVEL.sub(lambda match: self._number(known, int(match.group(1)) - 1, shown), shown.text)
        return (
            text if text.endswith(("、", ".", ")", "）", "．")) or not text[-1:].isdecimal() else f"{text} "
        )

    @staticmethod
    def _number(known: _List, level: int, shown: _Level) -> str:
        own = known.levels.get(level, shown)
        return _formed(known.counted.get(level, own.start), own.form)

    def _numbered(self, paragraph: BaseOxmlElement) -> tuple[str, int]:
        properties = paragraph.find(f"{NAMESPACE}pPr")
        if properties is None:
            return "", 0
        numbered = properties.find(f"{NAMESPACE}numPr")
        style = _value(properties.find(f"{NAMESPACE}pStyle"))
        inherited = self._styles.get(style, ("", 0))
        if numbered is None:
            return inherited
        identity = _value(numbered.find(f"{NAMESPACE}numId")) or inherited[0]
        level = _value(numbered.find(f"{NAMESPACE}ilvl"))
        return identity, int(level) if level.isdecimal() else inherited[1]

    def _read_lists(self, numbering: BaseOxmlElement) -> None:
        abstract = {
            one.get(f"{NAMESPACE}abstractNumId"): _levels(one)
            for one in numbering.iter(f"{NAMESPACE}abstractNum")
        }
        for one in numbering.iter(f"{NAMESPACE}num"):
            levels = dict(abstract.get(_value(one.find(f"{NAMESPACE}abstractNumId")), {}))
            for override in one.iter(f"{NAMESPACE}lvlOverride"):
                level = int(override.get(f"{NAMESPACE}ilvl", "0"))
                start = _value(override.find(f"{NAMESPACE}startOverride"))
                if start.isdecimal() and level in levels:
                    levels[level] = _Level(int(start), levels[level].form, levels[level].text)
            self._lists[one.get(f"{NAMESPACE}numId", "")] = _List(levels)

    def _read_styles(self, styles: BaseOxmlElement) -> None:
        for style in styles.iter(f"{NAMESPACE}style"):
            numbered = next(style.iter(f"{NAMESPACE}numPr"), None)
            if numbered is not None:
                level = _value(numbered.find(f"{NAMESPACE}ilvl"))
                identity = _value(numbered.find(f"{NAMESPACE}numId"))
                self._styles[style.get(f"{NAMESPACE}styleId", "")] = identity, int(level or 0)


def _levels(abstract: BaseOxmlElement) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in abstract.iter(f"{NAMESPACE}lvl"):
        start = _value(level.find(f"{NAMESPACE}start"))
        found[int(level.get(f"{NAMESPACE}ilvl", "0"))] = _Level(
            int(start) if start.isdecimal() else 1,
            _value(level.find(f"{NAMESPACE}numFmt")) or "decimal",
            _value(level.find(f"{NAMESPACE}lvlText")),
        )
    return found


def _value(element: BaseOxmlElement | None) -> str:
    return "" if element is None else str(element.get(f"{NAMESPACE}val", ""))
