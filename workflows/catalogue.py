"""Turns a code and its parameters into a sentence in the reader's language.

Owns the reading of ``.po`` files: they are read as they stand, nothing compiled is kept. Must not know who
reads the sentence or where it is shown.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALE_FOLDER = Path(__file__).parent / "locale"
"""Where the sentences for codes stand, one ``.po`` file per language."""

LANGUAGES = ("zh", "en")
"""Languages the product speaks; the first is the one for whoever asks for another."""


_READING = Lock()


class _Strictness:
    """Whether a missing sentence is an error; switched on by the tests and by nothing else."""

    on = False


def language(locale: str) -> str:
    """Give the language of ``LANGUAGES`` that serves a locale such as ``zh_Hans_CN`` or ``en-GB``."""
    wanted = locale.replace("_", "-").split("-", 1)[0].lower()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def be_strict(*, strict: bool = True) -> None:
    """Let a missing sentence or parameter raise ``KeyError`` instead of showing the code; meant for tests."""
    _Strictness.on = strict


@cache
def _messages(path: Path) -> Mapping[str, str]:
    """Read one file; a message marked fuzzy or left empty counts as missing."""
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    return {
        str(message.id): str(message.string)
        for message in catalog
        if message.id and message.string and not message.fuzzy
    }


@cache
def _translations(path: Path) -> Translations:
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(fp=compiled)


def translations(locale: str, folder: Path = LOCALE_FOLDER) -> Translations:
    """Give the gettext object of a language, read once and shared by all threads.

    Args:
        locale: Any locale; see :func:`language`.
        folder: Where the ``.po`` files stand; the web hands in its own.

    Raises:
        FileNotFoundError: The folder has no file for the language.
    """
    # Two threads that ask first would each read the file and keep an object of their own.
    with _READING:
        return _translations(folder / f"{language(locale)}.po")


def messages(locale: str) -> Mapping[str, str]:
    """Give every sentence of a language by its code, parameters not yet filled in."""
    return _messages(LOCALE_FOLDER / f"{language(locale)}.po")


def in_place_of(person: str, principal: str, locale: str) -> str:
    """Say who acted in whose place (委托签批), ``李四（受张三委托）``: this way everywhere."""
    return sentence("person.on_behalf_of", {"person": person, "principal": principal}, locale)


def sentence(code: str, params: Mapping[str, object], locale: str) -> str:
    """Give the sentence of a code with its parameters filled in.

    Where the sentence is missing, or one of its parameters, the code itself is shown: a reader who sees a
    code can still ask for it, one who sees an error page cannot.

    Raises:
        KeyError: The sentence or a parameter is missing, and :func:`be_strict` was called.
        TypeError: The sentence formats a parameter as what it is not; raised after :func:`be_strict` alone.
        ValueError: The sentence has a stray percent sign; raised after :func:`be_strict` alone.
    """
    try:
        return messages(locale)[code] % dict(params)
    except (KeyError, TypeError, ValueError):
        if _Strictness.on:
            raise
        return code
