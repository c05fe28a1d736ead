"""Reads by when a task is to be done: from its deadline, or from dates in front of its measures.

It must not know how dates are written; that is the grammar's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows.plans import items
from workflows.plans.dates import deadline as deadlines
from workflows.plans.dates import grammar
from workflows.plans.dates.deadline import Deadline, Doubt
from workflows.plans.dates.years import Years
from workflows.plans.drafts import Draft
from workflows.plans.label_words import Field
from workflows.plans.pieces import CLOSING, Words, fold, join


@dataclass(frozen=True, slots=True)
class When:
    """A deadline as written and as understood; both ``None`` where the text names none."""

    words: Words | None = None
    deadline: Deadline | None = None


def read(draft: Draft, years: Years) -> When:
    """Give by when a task is to be done."""
    written = _written(draft, Field.DEADLINE)
    if not written:
        return _scheduled(draft, years)
    words = _together(written)
    return When(words, _asked_once(deadlines.read(words.text, years)))


def _written(draft: Draft, field: Field) -> list[Words]:
    values = [join(entry.pieces, CLOSING) for entry in draft.entries if entry.field is field]
    return list({words.text: words for words in values if words is not None}.values())


def _together(written: list[Words]) -> Words:
    return Words(
        "；".join(words.text for words in written),
        tuple(source for words in written for source in words.sources),
    )


def _scheduled(draft: Draft, years: Years) -> When:
    """Take the dates in front of the measures (3月：…); the last one is the deadline."""
    entries = [entry for entry in draft.entries if entry.field is Field.SCHEDULE]
    stages = [words for entry in entries for words in items.items(entry.pieces)]
    dated = [(date, words) for words in stages if (date := _leading_date(words)) is not None]
    if dated:
        understood = deadlines.read("；".join(date.text for date, _ in dated), years)
        return When(dated[-1][0], _asked_once(_with_stages(understood, dated)))
    if not stages or draft.has(Field.MEASURES):
        return When()
    words = _together(stages)
    return When(words, _asked_once(deadlines.read(words.text, years)))


def _with_stages(deadline: Deadline, dated: list[tuple[Words, Words]]) -> Deadline:
    """Say of each stage what its measure says behind the date."""
    whats = [words.text[len(date.text) :].strip("：: ") for date, words in dated[:-1]]
    if len(whats) != len(deadline.interim):
        return deadline
    stages = zip(deadline.interim, whats, strict=True)
    return replace(deadline, interim=tuple(replace(stage, what=what) for stage, what in stages))


def _leading_date(words: Words) -> Words | None:
    found = grammar.find(fold(words.text))
    if not found or found[0].start > 0 or found[0].form is not grammar.Form.DAY:
        return None
    source = words.sources[0]
    return Words(words.text[: found[0].end], (replace(source, end=source.start + found[0].end),))


def _asked_once(deadline: Deadline) -> Deadline:
    """Put all dates of one deadline that lack their year into one question."""
    by_code: dict[str, Doubt] = {}
    for doubt in deadline.doubts:
        known = by_code.get(doubt.code)
        text = doubt.text if known is None else f"{known.text}、{doubt.text}"
        by_code[doubt.code] = Doubt(doubt.code, text, doubt.params)
    return replace(deadline, doubts=tuple(by_code.values()))
