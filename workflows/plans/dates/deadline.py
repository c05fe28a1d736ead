"""Reads what stands behind a deadline's label: a day, at once, for good, or a doubt for a person to settle.

It must not know tasks; it is handed words and what the document says about years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.plans.dates.grammar import Form, Found, find
from workflows.plans.dates.resolve import after, last_day
from workflows.plans.dates.years import Years
from workflows.plans.pieces import fold


class DeadlineKind(StrEnum):
    """How a deadline is meant."""

    DATED = "dated"
    """There is a day, even where its year is still to be asked for."""
    IMMEDIATE = "immediate"
    """At once: 立行立改."""
    ONGOING = "ongoing"
    """For good: 长期坚持."""


@dataclass(frozen=True, slots=True)
class Interim:
    """A stage before the deadline.

    Attributes:
        day: Its last day.
        what: What is to be reached by then, as written.
    """

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a date that a person must decide or look at.

    Attributes:
        code: Which question.
        text: The words in question.
        params: Values that belong in the question.
    """

    code: str
    text: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Deadline:
    """What was understood of a deadline.

    Attributes:
        kind: ``None`` where the words name neither a day nor 立行立改 nor 长期坚持.
        day: The last day of the named period.
        also_ongoing: Whether it goes on after the day, or after being done at once.
        interim: Stages before it, in order.
        doubts: What is open.
    """

    kind: DeadlineKind | None
    day: date | None = None
    also_ongoing: bool = False
    interim: tuple[Interim, ...] = ()
    doubts: tuple[Doubt, ...] = ()


_IMMEDIATE = re.compile(
    r"立[行说查]立改|[即立]知即改|即[行查说]即改|即知[即立]改|马上(?:就|整)?改|边[查学]边改|立即(?:整改|改正|落实|执行|完成|办理|解决)?"
)
_ONGOING = re.compile(
    r"长期|持续|常态|常抓不懈|不断|经常性|一以贯之|坚持推进|贯穿(?:始终|全年)|永远在路上|巩固提升|久久为功"
)
_DONE = re.compile(r"(?:已|均已|现已|已经)(?:全部|基本)?(?:整改)?(?:完成|整改|办结|销号|落实)|完成整改$")
# 2023年春节前, 2023年秋季学期: the year is written, but what follows is no period that this grammar knows.
_WHOLE_YEAR = re.compile(r"年度?\s*$")
_AFTER_YEAR = re.compile(
    r"\s*(?:$|[,;。、()]|完成|全|基本|整改|落实|办结|实现|达|取得|持续|长期|并|且|通过|验收|销号|建成)"
)
_EDGES = "，,；;。、：: \u3000\t"


@dataclass(slots=True)
class _Dated:
    """A date on its way: what was found, and the day once it is known."""

    found: Found
    day: date | None = None
    doubt: Doubt | None = None


def read(text: str, years: Years) -> Deadline:
    """Read the words behind a deadline's label."""
    folded = fold(text)
    dates = [_Dated(found) for found in find(folded) if _readable(found, folded)]
    days = [one for one in dates if one.found.form is not Form.RECURRING]
    ongoing = _ONGOING.search(folded) is not None
    if days:
        return _dated(text, days, years, ongoing=ongoing)
    if _IMMEDIATE.search(folded):
        return Deadline(DeadlineKind.IMMEDIATE, also_ongoing=ongoing)
    if ongoing:
        return Deadline(DeadlineKind.ONGOING)
    if _DONE.search(folded):
        code = "plan_deadline_done"
    else:
        code = "plan_deadline_recurring" if dates else "plan_deadline_unclear"
    return Deadline(None, doubts=(Doubt(code, text, {}),))


def is_deadline(folded: str) -> bool:
    """Tell whether words begin with a date or say 立行立改 or 长期坚持, as nothing but a deadline does."""
    found = find(folded)
    undated = _IMMEDIATE.match(folded) or _ONGOING.match(folded)
    return undated is not None or bool(found and found[0].start == 0)


def _readable(found: Found, folded: str) -> bool:
    whole_year = found.form is Form.DAY and _WHOLE_YEAR.search(folded[found.start : found.end])
    return not whole_year or _AFTER_YEAR.match(folded, found.end) is not None


def _dated(text: str, dates: list[_Dated], years: Years, *, ongoing: bool) -> Deadline:
    _years_from_each_other(dates, fold(text))
    for one in dates:
        _settle(one, text, years)
    known = [one for one in dates if one.day is not None]
    doubts = tuple(one.doubt for one in dates if one.doubt is not None)
    if len(known) < len(dates):
        # With one date unknown nobody can say which of them is the last.
        return Deadline(DeadlineKind.DATED, None, ongoing, (), doubts)
    final = max(known, key=lambda one: one.day or date.min)
    stages = sorted((one for one in known if one is not final), key=lambda one: one.day or date.min)
    interim = tuple(Interim(one.day, _what(text, one, dates)) for one in stages if one.day)
    return Deadline(DeadlineKind.DATED, final.day, ongoing, interim, doubts)


def _years_from_each_other(dates: list[_Dated], folded: str) -> None:
    """Settle dates whose year stands with a neighbour: 2022年6月…，9月…，明年3月…."""
    before: Found | None = None
    year: int | None = None
    for one in dates:
        found = one.found
        if found.form is not Form.DAY:
            continue
        if found.year is not None:
            year = found.year
        elif found.shift is not None:
            year = year + found.shift if year is not None else None
        elif before is not None and (found.month, found.day or 31) < (before.month, before.day or 31):
            # 年底前完成，其中6月底前…: a part of the period before it, hence of its year.
            year = year if "其中" in folded[before.end : found.start] else None
        if year is not None:
            one.day = last_day(found, year)
        before = found
    _years_backwards(dates)


def _years_backwards(dates: list[_Dated]) -> None:
    """Settle 6月底前…，2022年底前…: an earlier stage of the same sentence belongs to the same year."""
    later: date | None = None
    for one in reversed(dates):
        found = one.found
        bare = found.form is Form.DAY and found.year is None and found.shift is None
        if one.day is None and bare and later is not None:
            day = last_day(found, later.year)
            one.day = day if day is not None and day <= later else None
        later = one.day or later


def _settle(one: _Dated, text: str, years: Years) -> None:
    """Settle a date from the document, and leave a doubt wherever that was needed or did not help."""
    if one.day is not None:
        return
    words = text[one.found.start : one.found.end]
    if one.found.form is Form.RELATIVE:
        _settle_relative(one, text, years)
        return
    year = one.found.year if one.found.year is not None else _year(one.found, years)
    if year is None:
        one.doubt = Doubt("plan_year_unknown", words, {})
        return
    one.day = last_day(one.found, year)
    if one.day is None:
        one.doubt = Doubt("plan_day_impossible", words, {"year": year})
    elif years.given is None:
        one.doubt = Doubt("plan_year_from_document", words, {"year": year})


def _year(found: Found, years: Years) -> int | None:
    if found.shift is None:
        return years.missing(found)
    current = years.current()
    return None if current is None else current + found.shift


def _settle_relative(one: _Dated, text: str, years: Years) -> None:
    clause = re.split(r"[,;。]", fold(text[: one.found.end]))[-1]
    event = years.base(clause)
    words = text[len(text[: one.found.end]) - len(clause) : one.found.end]
    one.day = after(one.found, event.day) if event else None
    if event is None or one.day is None:
        one.doubt = Doubt("plan_base_unknown", words, {})
    else:
        one.doubt = Doubt("plan_base_from_document", words, {"base": event.day.isoformat()})


def _what(text: str, one: _Dated, dates: list[_Dated]) -> str:
    """Give the words between a date and the next one."""
    stop = min(
        (other.found.start for other in dates if other.found.start > one.found.start), default=len(text)
    )
    return text[one.found.end : stop].strip(_EDGES)
