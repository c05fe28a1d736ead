"""Numbers written with Arabic or Chinese digits; knows nothing of what is counted."""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100}

PATTERN = r"(?:\d{1,3}|[一二三四五六七八九十两百〇零]{1,5})"
"""A small number as it is written in running text; for use inside a regular expression."""

YEAR_PATTERN = r"(?:(?:19|20)\d{2}|(?:二|一)[〇零○Oo九][〇零○Oo一二三四五六七八九]{2})"
"""A year of four digits, Arabic or Chinese."""

_MOST_DIGITS = 15


def typed(text: str) -> int | None:
    """Give the number that somebody typed or a form carries; ``None`` where it is none, or endlessly long."""
    plain = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if plain else None


def number(written: str) -> int | None:
    """Give the value of a small number such as 12, 十二 or 二十三; ``None`` where it is none."""
    if written.isdecimal():
        return int(written)
    total, pending = 0, None
    for sign in written:
        if sign in _TENS:
            total += (1 if pending is None else pending) * _TENS[sign]
            pending = None
        elif sign in _DIGITS and (pending is None or pending == 0):
            pending = _DIGITS[sign]
        else:
            return None
    if not written:
        return None
    return total + (pending or 0)


def year(written: str) -> int | None:
    """Give the year written digit by digit, as 2022 or 二〇二二; ``None`` where it is none."""
    digits = [
        str(_DIGITS[sign]) if sign in _DIGITS else sign
        for sign in written.replace("O", "〇").replace("o", "〇")
    ]
    joined = "".join(digits)
    return int(joined) if len(joined) == len("2022") and joined.isdecimal() else None
