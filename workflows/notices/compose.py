"""Puts a notice into words: subject, plain text and HTML, in the reader's language.

Owns which rows a notice shows. Must not know the words (the catalogue does) nor how a mail travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from workflows.catalogue import language, sentence
from workflows.notices.cleaning import clean, one_line
from workflows.notices.letters import Letter, Link, Section, as_html, as_text
from workflows.notices.records import Content, Matter, Notice, NoticeKind, Value

_WORDS = {
    "clock": "deadline",
    "trigger": "trigger",
    "instead": "trigger",
    "state": "state",
    "to_do": "to_do",
    "instruction": "instruction",
}
"""Values that are words of a vocabulary, and the prefix under which the catalogue has them."""

_ROWS = ("due_on", "original_due_on", "receipt", "reason")
"""Values shown as rows, in this order, where a notice carries them; who did it stands in the sentence."""

NO_MATTER = "/"
"""Where a notice about no single task leads: the reader's own first page."""


def compose(notice: Notice, base_url: str) -> Content:
    """Put one notice into a mail's words.

    Args:
        notice: What is told and to whom.
        base_url: The product's address; the link below it needs a login.
    """
    locale = language(notice.recipient.locale)
    return pack(subject(notice), (Section("", (letter(notice, base_url),)),), locale)


def pack(subject_line: str, sections: tuple[Section, ...], locale: str) -> Content:
    """Give the words of a mail from its sections, with the footer that every mail has."""
    footer = sentence("notice.footer", {}, locale)
    colon = sentence("notice.colon", {}, locale)
    return Content(
        subject=subject_line,
        text=as_text(sections, colon, footer),
        html=as_html(sections, subject_line, footer, "zh-CN" if locale == "zh" else "en"),
        locale=locale,
    )


def subject(notice: Notice) -> str:
    """Give the subject: the task's number, the matter and days, never a name, a title or free text."""
    locale = language(notice.recipient.locale)
    values = {name: value for name, value in _spoken(notice.params, locale).items() if name in SUBJECT_VALUES}
    values["number"] = notice.matter.number if notice.matter else ""
    return one_line(sentence(f"{_code(notice)}.subject", values, locale))


SUBJECT_VALUES = frozenset(
    {"number", "clock", "trigger", "instead", "state", "to_do", "instruction", "days", "count"}
)
"""The only values a subject may name; a test holds the catalogues to it."""


def letter(notice: Notice, base_url: str) -> Letter:
    """Put one notice into a first sentence, rows, remarks and a link."""
    locale = language(notice.recipient.locale)
    values = _spoken(notice.params, locale)
    rows = [(name, str(values[name])) for name in _ROWS if name in values]
    if notice.matter:
        rows.insert(0, ("matter", _matter(notice.matter)))
    return Letter(
        lead=sentence(f"{_code(notice)}.lead", values, locale),
        rows=tuple((sentence(f"notice.label.{name}", {}, locale), clean(value)) for name, value in rows),
        remarks=_remarks(notice, values, locale),
        link=Link(sentence("notice.open", {}, locale), address_of(notice.matter, base_url)),
    )


def address_of(matter: Matter | None, base_url: str) -> str:
    """Give the address of the page that a notice is about."""
    return base_url.rstrip("/") + (matter.path if matter else NO_MATTER)


def spoken_day(day: date, locale: str) -> str:
    """Write a day with its weekday as readers of the language do."""
    return format_date(day, "full", locale="zh_CN" if language(locale) == "zh" else "en_GB")


def _code(notice: Notice) -> str:
    if notice.kind in (NoticeKind.RUNG, NoticeKind.TO_DO, NoticeKind.ANSWER_DUE):
        return f"notice.{notice.kind}.{notice.params['phase']}"
    return f"notice.{notice.kind}"


def _matter(matter: Matter) -> str:
    return f"{one_line(matter.number)} {one_line(matter.title, longest=300)}"


def _spoken(params: Mapping[str, Value], locale: str) -> dict[str, Value]:
    """Give the values as they are read aloud: words for codes, written-out days."""
    return {name: _word(name, value, locale) for name, value in params.items()}


def _word(name: str, value: Value, locale: str) -> Value:
    if name in _WORDS:
        return sentence(f"{_WORDS[name]}.{value}", {}, locale)
    if name.endswith("_on"):
        return spoken_day(date.fromisoformat(str(value)), locale)
    if name == "vacant":
        listed = [sentence(f"addressee.{role}", {}, locale) for role in str(value).split(",")]
        return sentence("notice.list_comma", {}, locale).join(listed)
    if name == "numbers":
        return sentence("notice.list_comma", {}, locale).join(str(value).split(","))
    return value


def _remarks(notice: Notice, values: Mapping[str, Value], locale: str) -> tuple[str, ...]:
    """Give the further sentences: a moved reminder names both days, a late or guessed one says so."""
    held = {
        "shifted": "fired_on" in notice.params,
        "late": bool(notice.params.get("late_days")),
        "estimated": bool(notice.params.get("estimated")),
        "vacant": bool(notice.params.get("vacant")),
    }
    return tuple(sentence(f"notice.remark.{name}", values, locale) for name, holds in held.items() if holds)
