"""The language of a page: which one the reader wants, and the words of templates in it.

A message's identifier is the Chinese text itself, so Chinese needs no catalogue; English stands in
``web/locale/en.po``. Sentences for codes are ``wording``'s job.
"""

from __future__ import annotations

from pathlib import Path

from flask import g, has_request_context, request
from flask_login import current_user

from workflows.catalogue import LANGUAGES, language, translations

COOKIE = "language"
"""Name of the cookie that remembers the choice of somebody who is not logged in."""

FOLDER = Path(__file__).parent / "locale"
"""Where the English of the templates stands."""

TAGS = {"zh": "zh-CN", "en": "en"}
"""What a page calls its language towards browsers."""


def reader_language() -> str:
    """Give the language of this request: the person's own, else the cookie's, else Chinese."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        own = current_user.locale if current_user.is_authenticated else None
        g.language = language(own or request.cookies.get(COOKIE, LANGUAGES[0]))
    chosen: str = g.language
    return chosen


def choose(wanted: str) -> str:
    """Let the rest of this request be answered in a language."""
    g.language = language(wanted)
    return wanted


def gettext(message: str) -> str:
    """Give a text of a page in the reader's language; the text itself where there is no translation."""
    if reader_language() == LANGUAGES[0]:
        return message
    return translations(reader_language(), FOLDER).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Give a text for a number; the pages' texts do without plurals, so one form serves."""
    del plural, number
    return gettext(singular)


def marked(message: str) -> str:
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return message
