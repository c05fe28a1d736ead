"""What every template may use: words of the reader's language, days, sizes, the frame around a page.

A filter that speaks the reader's language takes the context: else the template compiler takes it for a pure
function and keeps what it said to the first reader for all the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, g, request, url_for
from flask_login import current_user
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context

from web.context import config, wording
from web.language import TAGS, gettext, ngettext, reader_language
from web.navigation import navigation
from web.wording import Wording
from workflows.catalogue import in_place_of
from workflows.evidence.records import readable_size

_STATIC = Path(__file__).parent / "static"


def register(app: Flask) -> None:
    """Teach the templates the house's words; a name that is not there is an error, not a blank."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # Added by the extension.
    environment.filters.update(
        day=day,
        in_place=in_place,
        in_words=in_words,
        moment=moment,
        person_name=person_name,
        rung=rung,
        size=readable_size,
        word=word,
    )
    environment.globals["asset"] = asset
    app.context_processor(_frame)


@pass_context
def word(_context: Context, code: object, vocabulary: str) -> str:
    """Give the word for a code of a vocabulary."""
    return wording().word(vocabulary, code)


@pass_context
def day(_context: Context, value: date) -> str:
    """Write a day with its weekday."""
    return wording().day(value)


@pass_context
def moment(_context: Context, value: datetime) -> str:
    """Write a moment in local time."""
    return wording().moment(value)


def person_name(person: int, words: Wording) -> str:
    """Give a person's name; serves to turn a list of people into names."""
    return words.person(person)


def in_words(people: Iterable[int], words: Wording) -> list[tuple[int, str]]:
    """Give people with their names, as a field to choose from wants them."""
    return [(person, words.person(person)) for person in people]


@pass_context
def in_place(_context: Context, name: str, principal: str | None) -> str:
    """Give a name; where they acted in another's place, with that one's."""
    return name if principal is None else in_place_of(name, principal, reader_language())


@pass_context
def rung(_context: Context, name: str) -> str:
    """Say which rung of a ladder it is: so many working days before or after, or the day itself."""
    before, _, days = name.partition("_")
    if before == "before" and days.isdecimal():
        return gettext("到期前%(days)s个工作日") % {"days": days}
    if before == "after" and days.isdecimal():
        return gettext("逾期%(days)s个工作日") % {"days": days}
    return gettext("到期当日") if name == "on_day" else name


def asset(name: str) -> str:
    """Give the address of a file of ours that changes with its content, so that browsers may keep it."""
    return url_for("static", filename=name, v=_mark(name))


@cache
def _mark(name: str) -> str:
    return sha256((_STATIC / name).read_bytes()).hexdigest()[:12]


def _frame() -> dict[str, object]:
    surroundings = config()
    return {
        "me": current_user,
        "navigation": navigation(),
        "language": reader_language(),
        "language_tag": TAGS[reader_language()],
        "request_number": g.get("request_id", ""),
        "here": request.full_path.rstrip("?") if request.method == "GET" else url_for("start.index"),
        "open_line": surroundings.open_line,
        "mailbox_url": surroundings.mailbox_url,
    }
