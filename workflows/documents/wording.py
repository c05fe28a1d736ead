"""The words of the documents, read from ``wording.toml``, and how numbers and days are written there.

Must not know in which order a document says them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("wording.toml")
_DIGITS = "零一二三四五六七八九"
_MOST = 99
_UNWRITABLE = re.compile("[^\t\n -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def say(key: str, language: str = "zh", **values: object) -> str:
    """Give a piece of wording with its values filled in.

    Args:
        key: Section and name, such as ``work_plan.title``.
        language: ``zh``, or ``en`` where the wording has it.
        values: What is named in braces there.

    Raises:
        KeyError: There is no such wording, or a value is missing.
    """
    section, name = key.split(".")
    return _words()[language][section][name].format(**values)


def day(when: date, language: str = "zh") -> str:
    """Write a day as documents do: 2022年8月15日."""
    return say("common.day", language, year=when.year, month=when.month, day=when.day)


def listed(items: Iterable[str], language: str = "zh") -> str:
    """Join names as the language does."""
    return say("common.list", language).join(items)


def chinese_number(number: int) -> str:
    """Write 1 to 99 as headings count: 一, 十, 十一, 二十三; greater numbers stay digits."""
    if not 0 < number <= _MOST:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def writable(text: str) -> str:
    """Drop what no office format can hold: control characters but tabulator and line end, lone halves."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
