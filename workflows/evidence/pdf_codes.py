"""The codes that stand for the signs of a marking in the fonts of a PDF.

A PDF shows glyphs by numbers of the font's own choosing; beside them stands a table back to Unicode. Of these
tables only what may be part of a marking is kept. Must not know how the numbers are placed on a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.evidence.marking import BLANKS, LEVELS, MOST_BLANKS, SECOND, STARS, name_of

_SIGNS = {*LEVELS, SECOND, *STARS, *BLANKS}
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\[\]]{0,9999})\])"
)
_WIDTHS = (1, 2)


def is_table(content: bytes) -> bool:
    """Say whether a stream is a table from glyph numbers to Unicode."""
    return b"beginbfchar" in content or b"beginbfrange" in content


class Codes:
    """Which signs a code of one or two bytes may stand for, over all fonts of a file together.

    The fonts are not told apart: a marking often takes its star from another font than its words, and three
    numbers in a row that mean 秘, 密 and ★ in some font are hardly ever there by chance.

    Attributes:
        signs: For each width of a code in bytes, the signs by code.
        numbered: Some font shows glyphs by bare numbers, which nobody can read without a table.
    """

    def __init__(self) -> None:
        self.numbered = False
        self._tables = 0
        self.signs: dict[int, dict[bytes, set[str]]] = {width: {} for width in _WIDTHS}

    def possible(self) -> bool:
        """Say whether all three parts of a marking can be written with these codes."""
        known = {sign for codes in self.signs.values() for signs in codes.values() for sign in signs}
        return bool(known & set(LEVELS)) and SECOND in known and bool(known & set(STARS))

    def readable(self) -> bool:
        """Say whether bare numbers have a table beside them."""
        return self._tables > 0 or not self.numbered

    def add_table(self, content: bytes) -> None:
        """Take what a table says; what it says wrongly is passed over."""
        self._tables += 1
        for section in content.split(b"beginbf")[1:]:
            body = section.partition(b"endbf")[0]
            if section.startswith(b"char"):
                for code, target in _PAIR.findall(body):
                    self._add(_bytes(code), _text(target))
            else:
                for low, high, first, several in _RANGE.findall(body):
                    self._add_range(_bytes(low), _bytes(high), first, several)

    def add_encoding(self, encoding: str) -> None:
        """Take the codes of an encoding that the viewer itself knows, such as GBK."""
        for sign in _SIGNS:
            self._add(sign.encode(encoding, errors="ignore"), sign)

    def _add(self, code: bytes, sign: str) -> None:
        if sign in _SIGNS and len(code) in self.signs:
            self.signs[len(code)].setdefault(code, set()).add(sign)

    def _add_range(self, low: bytes, high: bytes, first: bytes, several: bytes) -> None:
        """Take a range without walking through it: it may claim more codes than there are."""
        start, end = int.from_bytes(low, "big"), int.from_bytes(high, "big")
        if several:
            targets = re.findall(rb"<([0-9A-Fa-f\s]*)>", several)
            for number, target in enumerate(targets[: max(0, end - start + 1)], start):
                self._add(_code(number, len(low)), _text(target))
            return
        text = _text(first)
        if len(text) != 1:
            return
        for sign in _SIGNS:
            number = start + ord(sign) - ord(text)
            if start <= number <= end:
                self._add(_code(number, len(low)), sign)


@dataclass(frozen=True, slots=True)
class _Begun:
    """What of a marking has been shown: its first sign, or the first two, and the blanks still allowed."""

    first: str | None = None
    blanks_after_first: int = 0
    second: str | None = None
    blanks_after_second: int = 0

    def then(self, signs: set[str]) -> _Begun:
        """Give what has been shown after one more code, which may stand for any of the signs."""
        blank = not signs.isdisjoint(BLANKS)
        first, left = (self.first, self.blanks_after_first - 1) if blank else (None, 0)
        second, rest = (self.second, self.blanks_after_second - 1) if blank else (None, 0)
        if self.first and SECOND in signs:
            second, rest = self.first, MOST_BLANKS
        for level in LEVELS:
            if level in signs:
                first, left = level, MOST_BLANKS
        return _Begun(first if left >= 0 else None, left, second if rest >= 0 else None, rest)


_NOTHING = _Begun()
_MOST_READINGS = 4
"""Only a file made to harm has more; each costs its time again."""


class CodeSearch:
    """Looks for a marking in shown strings, whichever width their codes have.

    Each string is read in every width, and each reading goes on from every reading of what came before: a
    word in a font of one byte may be followed by a star in a font of two.

    Attributes:
        found: The first marking so far.
    """

    def __init__(self, codes: Codes) -> None:
        self.found: str | None = None
        self._signs = codes.signs
        self._begun: tuple[_Begun, ...] = (_NOTHING,)

    def new_line(self) -> None:
        """Forget what was begun: a marking stands on one line."""
        self._begun = (_NOTHING,)

    def feed(self, shown: bytes) -> None:
        """Take the next shown string."""
        readings = (self._after(begun, shown, width) for begun in self._begun for width in self._signs)
        self._begun = tuple(dict.fromkeys(readings))[:_MOST_READINGS]

    def _after(self, begun: _Begun, shown: bytes, width: int) -> _Begun:
        signs_of = self._signs[width]
        for start in range(0, len(shown) - width + 1, width):
            signs = signs_of.get(shown[start : start + width])
            if signs is None:
                begun = _NOTHING
            else:
                if begun.second and not signs.isdisjoint(STARS):
                    self.found = self.found or name_of(begun.second)
                begun = begun.then(signs)
        return begun


def _bytes(digits: bytes) -> bytes:
    """Read a hexadecimal string; an odd last digit is followed by a nought, as the format says."""
    clean = bytes(digit for digit in digits if digit not in b" \t\r\n\f\0")
    return bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode())


def _text(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", errors="ignore")


def _code(number: int, width: int) -> bytes:
    try:
        return number.to_bytes(width, "big")
    except OverflowError:
        return b""
