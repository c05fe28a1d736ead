"""What the document itself says about the year that is meant, and about the day relative dates count from.

The year of assessment in a title is never taken for the year of a deadline. What is taken from the document
is named, so that a person can look at it; what it does not say is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from workflows.plans.dates.grammar import Form, Found, find
from workflows.plans.dates.resolve import last_day
from workflows.plans.pieces import Piece, Source

_EVENTS = "反馈|印发|下发|通报|通知|发布|公布|约谈|交办|移交|召开|巡察|巡视|审计"
_SENTENCE = re.compile(r"[^。\n]+")


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event that the document tells of.

    Attributes:
        words: What is told, from the date to the next date or the end of the sentence.
        day: When it was.
        source: Where the date stands.
    """

    words: str
    day: date
    source: Source


@dataclass(frozen=True, slots=True)
class Years:
    """What is known about missing years and base days.

    Attributes:
        given: The year that a person named for dates without one.
        written_on: The day (or the last event before it) on which the plan was written.
        agreed: The one year that all complete deadlines of the document share.
        events: Dated events told before the first task.
    """

    given: int | None = None
    written_on: date | None = None
    agreed: int | None = None
    events: tuple[Event, ...] = ()

    def current(self) -> int | None:
        """Give the year that 今年 means."""
        if self.given is not None:
            return self.given
        return self.written_on.year if self.written_on else None

    def missing(self, found: Found) -> int | None:
        """Give the year of a date without one, where the document (or a person) makes it clear.

        A month before the one in which the plan was written may be next year's; that is for a person to say.
        """
        if self.given is not None:
            return self.given
        if self.written_on is not None:
            year = self.written_on.year
            day = last_day(found, year)
            return year if day is not None and day >= self.written_on else None
        return self.agreed

    def base(self, words: str) -> Event | None:
        """Give the event that a relative date counts from, where exactly one event fits its words."""
        named = re.findall(_EVENTS, words)
        fitting = [event for event in self.events if any(word in event.words for word in named)]
        return fitting[0] if len({event.day for event in fitting}) == 1 else None

    def agreeing(self, deadlines: Iterable[date]) -> Years:
        """Give the same with the year that all complete deadlines share, where they share one."""
        years = {day.year for day in deadlines}
        return replace(self, agreed=years.pop() if len(years) == 1 else None)


def events(pieces: Iterable[Piece]) -> tuple[Event, ...]:
    """Give the dated events of some text; a date without a year takes that of the one before it, if later."""
    told: list[Event] = []
    for piece in pieces:
        for sentence in _SENTENCE.finditer(piece.folded):
            told += _events_of(piece, sentence.group(), sentence.start())
    return tuple(told)


def _events_of(piece: Piece, sentence: str, offset: int) -> list[Event]:
    told: list[Event] = []
    dates = [
        found for found in find(sentence) if found.form is Form.DAY and found.exact and not found.limited
    ]
    year: int | None = None
    last_month = 0
    for index, found in enumerate(dates):
        if found.year is not None:
            year = found.year
        elif found.month < last_month:
            year = None
        last_month = found.month
        day = last_day(found, year) if year is not None and found.day else None
        stop = dates[index + 1].start if index + 1 < len(dates) else len(sentence)
        if day is not None:
            source = piece.part(offset + found.start, offset + found.end).source
            told.append(Event(sentence[found.end : stop], day, source))
    return told
