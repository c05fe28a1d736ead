"""Finds the dates in a folded text: the closed grammar itself.

It must not know which year is meant where none is written; it tells what is written and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from workflows.plans.numerals import PATTERN as NUM
from workflows.plans.numerals import YEAR_PATTERN as YEAR
from workflows.plans.numerals import number
from workflows.plans.numerals import year as year_of


class Form(StrEnum):
    """How a date is meant."""

    DAY = "day"
    """A day, or a period with a last day."""
    RELATIVE = "relative"
    """So many days or months after something."""
    RECURRING = "recurring"
    """Again and again; it has no last day."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text.

    Attributes:
        form: How it is meant.
        start: Where it begins in the text.
        end: Where it ends, a 前 or 内 behind it included.
        year: The year as written; ``None`` where none is.
        shift: Years to add to the current one where the text says 今年 (0) or 明年 (1); else ``None``.
        month: The last month of the period.
        day: The last day; 0 means the last one of the month.
        first_month: The first month, where the period was written as a range of months.
        limited: Whether 前, 内 or 底 makes it a limit.
        exact: Whether a month is written, and not only a part of a year.
        amount: Of a relative date: how many.
        unit: Of a relative date: 日, 工作日, 周, 月 or 年.
    """

    form: Form
    start: int
    end: int
    year: int | None = None
    shift: int | None = None
    month: int = 12
    day: int = 0
    first_month: int = 0
    limited: bool = False
    exact: bool = False
    amount: int = 0
    unit: str = ""


_TO = r"\s*起?\s*(?:[~至到]|--?)\s*"
_SHIFTS = {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "当年": 0,
    "明年": 1,
    "次年": 1,
    "翌年": 1,
    "来年": 1,
    "下一年": 1,
}
_PLANS = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = range(1, 13)
_PARTS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_MONTHS_OF_HALF = {"上": 6, "下": 12}
_MONTHS_OF_UNIT = {"半年": 6, "季": 3}

_RECURRING = rf"""(?P<recurring>
    每\s*个?\s*(?:半年|季度?|年度?|月|周|星期|旬|日|天|工作日)
    (?:\s*第?{NUM}\s*[月日号]|\s*[上中下]旬|\s*[初中底末]|\s*[一二三四五六日天](?=[前下上、,]))*
    (?:\s*[、和及]\s*(?:{NUM}\s*[月日号]|[初中底末])+)*
    (?:\s*下班)?\s*(?:(?:之|以)?前|内)?
  | 逐[月年季日周] | 按[月周旬季](?!\d)
)"""
_RELATIVE = rf"""(?P<relative>(?<![\d年月第])
    (?:(?P<amount>{NUM})\s*(?P<unit>个?工作日|个?自然日|日|天|个?星期|周|个半月|个月|个?季度|年)|(?P<half_a>半个月|半年))
    \s*(?:之内|以内|内)
)"""
_PLAN = (
    rf"""(?P<plan>[“"']?(?:{"|".join(_PLANS)})[”"']?\s*(?:规划|时期)*\s*(?:期间|期内|期末|末期|末|收官))"""
)
_NUMERIC = r"""(?P<numeric>(?<![\d.])(?P<ny>(?:19|20)\d{2})\s*[-./]\s*(?P<nm>1[0-2]|0?[1-9])
    (?:\s*[-./]\s*(?P<nd>3[01]|[12]\d|0?[1-9]))?(?![\d.])\s*日?)"""
_SPOKEN = rf"""(?P<spoken>(?=[\s0-9〇零○一二三四五六七八九十今本当明次翌来下上第年底末内全度])
    (?:(?:(?:19|20)\d{{2}}\s*年?{_TO})?(?<!\d)(?P<year>{YEAR})\s*年度?|(?P<shift>{"|".join(_SHIFTS)}))?\s*
    (?:
        (?P<half>[上下])半年\s*[末底]?
      | 第?\s*(?:[一二三1-3]\s*(?:{_TO}|[、和])\s*第?\s*)?(?P<quarter>[一二三四1-4])\s*季度\s*[末底]?
      | (?P<mid>年中)
      | (?P<year_end>年\s*(?:底|末|终)|(?<=[年度])\s*[底末]|年度?内|(?<=[年度])内|全年)
      | (?:(?P<from>{NUM})\s*(?:月份?)?\s*(?:{NUM}\s*[日号]|[上中下]旬|[初中底末])?{_TO})?
        (?P<month>{NUM})\s*月份?
        (?:\s*(?:{NUM}\s*[日号]?{_TO})?(?P<day>{NUM})\s*[日号]|\s*(?P<part>上旬|中旬|下旬|[初中底末]))?
    )?
)"""
_LIMIT = r"""
    (?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?
    (?:\s*(?:上午|下午|中午|晚)?\s*\d{1,2}\s*[:时点](?:\s*\d{1,2}\s*分?)?|\s*下班)?
    \s*(?P<limit>(?:之|以)?前|之内|以内|内|为?止|截止|期间)?
"""
_DATE = re.compile(rf"(?:{_RECURRING}|{_RELATIVE}|(?:{_PLAN}|{_NUMERIC}|{_SPOKEN}){_LIMIT})", re.VERBOSE)
_CONNECTED = re.compile(_TO)
# 2023年5月起每月… says when something begins, not by when it is done.
_BEGINNING = re.compile(r"\s*(?:起(?!草|\s*[~至到-])|开始|以来|以后|之后|后(?!续|勤|期))")


def find(folded: str) -> list[Found]:
    """Give the dates of a text in their order; a range counts as one, with its end as the last day."""
    merged: list[Found] = []
    for found in _each(folded):
        last = merged[-1] if merged else None
        between = folded[last.end : found.start] if last else ""
        both_days = last is not None and last.form is found.form is Form.DAY
        if last is not None and both_days and _CONNECTED.fullmatch(between):
            merged[-1] = _range(last, found)
        else:
            merged.append(found)
    return merged


def _range(first: Found, second: Found) -> Found:
    year, shift = second.year, second.shift
    if year is None and shift is None:
        year, shift = first.year, first.shift
    return replace(
        second,
        start=first.start,
        year=year,
        shift=shift,
        first_month=first.month if second.year is None else 0,
    )


def _each(folded: str) -> Iterator[Found]:
    for match in _DATE.finditer(folded):
        if match["recurring"]:
            yield Found(Form.RECURRING, match.start(), match.end())
        elif match["relative"]:
            yield _relative(match)
        elif match["plan"]:
            year = next(end for word, end in _PLANS.items() if word in match["plan"])
            yield Found(Form.DAY, match.start(), match.end(), year=year, limited=True)
        elif match["numeric"]:
            yield Found(
                Form.DAY,
                match.start(),
                match.end(),
                year=int(match["ny"]),
                month=int(match["nm"]),
                day=int(match["nd"] or 0),
                limited=bool(match["limit"]),
                exact=True,
            )
        else:
            spoken = _spoken(match)
            if spoken is not None and not _BEGINNING.match(folded, match.end()):
                yield spoken


def _relative(match: re.Match[str]) -> Found:
    if match["half_a"]:
        amount, unit = (6, "月") if match["half_a"] == "半年" else (15, "日")
    else:
        amount, unit = number(match["amount"]) or 0, match["unit"].lstrip("个")
        if unit == "半月":
            amount, unit = amount * 30 + 15, "日"
        elif unit == "季度":
            amount, unit = amount * 3, "月"
        unit = {"天": "日", "自然日": "日", "星期": "周"}.get(unit, unit)
    return Found(Form.RELATIVE, match.start(), match.end(), limited=True, amount=amount, unit=unit)


def _spoken(match: re.Match[str]) -> Found | None:
    begin = match.start() + len(match.group()) - len(match.group().lstrip())
    found = Found(
        Form.DAY,
        begin,
        match.end(),
        year=year_of(match["year"]) if match["year"] else None,
        shift=_SHIFTS[match["shift"]] if match["shift"] else None,
        limited=bool(match["limit"] or (match["year_end"] and "全" not in match["year_end"])),
    )
    if match["month"]:
        return _month(match, found)
    if match["half"]:
        return replace(found, month=_MONTHS_OF_HALF[match["half"]])
    if match["quarter"]:
        return replace(found, month=3 * _QUARTERS[match["quarter"]])
    if match["mid"]:
        return replace(found, month=6)
    said = match["year_end"] or match["year"] or match["shift"]
    return found if said else None


def _month(match: re.Match[str], found: Found) -> Found | None:
    month = number(match["month"]) or 0
    day = number(match["day"]) if match["day"] else _PARTS.get(match["part"] or "", 0)
    if month not in _MONTHS or day is None or (match["day"] and day == 0):
        return None
    first = number(match["from"]) if match["from"] else 0
    limited = found.limited or match["part"] in {"底", "末"}
    return replace(found, month=month, day=day, first_month=first or 0, limited=limited, exact=True)
