"""The catalogues of sentences: both languages say the same things, and a gap is shown, not hidden."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from workflows import catalogue
from workflows.catalogue import LANGUAGES, LOCALE_FOLDER, language, messages, sentence, translations
from workflows.deadlines.records import Addressee, Light, ToDo
from workflows.notices.compose import SUBJECT_VALUES
from workflows.rectification.definition import built_in
from workflows.rectification.vocabulary import DeadlineKind, State

PARAMETER = re.compile(r"%\((\w+)\)s")


def parameters(code: str, locale: str) -> set[str]:
    """Give the names of the values that a sentence takes."""
    return set(PARAMETER.findall(messages(locale)[code]))


def test_both_languages_have_the_same_sentences() -> None:
    assert messages("zh").keys() == messages("en").keys()


def test_both_languages_take_the_same_values() -> None:
    different = [c for c in messages("zh") if parameters(c, "zh") != parameters(c, "en")]

    assert different == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_sentence_takes_its_values_by_name_and_has_no_stray_percent_sign(locale: str) -> None:
    stray = [code for code, text in messages(locale).items() if "%" in PARAMETER.sub("", text)]

    assert stray == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_no_sentence_stands_twice_or_empty_or_unsure(locale: str) -> None:
    path = LOCALE_FOLDER / f"{locale}.po"
    codes = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    with path.open("rb") as file:
        read = {str(m.id): m for m in read_po(file, abort_invalid=True) if m.id}

    assert sorted(codes) == sorted(set(codes))
    assert [code for code, message in read.items() if not message.string or message.fuzzy] == []
    assert len(codes) == len(messages(locale))


def test_every_word_of_the_vocabularies_has_its_sentence() -> None:
    codes = [
        *(f"deadline.{kind}" for kind in DeadlineKind),
        *(f"state.{state}" for state in State),
        *(f"addressee.{who}" for who in Addressee),
        *(f"to_do.{what}" for what in ToDo),
        *(f"light.{light}" for light in Light),
        *(f"trigger.{trigger}" for trigger in built_in().definition.triggers),
    ]

    assert [code for code in codes if code not in messages("zh")] == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_subjects_name_numbers_and_matters_never_people_or_free_text(locale: str) -> None:
    subjects = [code for code in messages(locale) if code.startswith("notice.") and code.endswith(".subject")]

    assert len(subjects) > 15
    for code in subjects:
        allowed = SUBJECT_VALUES | ({"day"} if code == "notice.digest.subject" else set())
        assert parameters(code, locale) <= allowed, code


@pytest.mark.parametrize(
    ("asked", "served"),
    [("zh", "zh"), ("zh_Hans_CN", "zh"), ("en-GB", "en"), ("EN", "en"), ("fr", "zh"), ("", "zh")],
)
def test_a_locale_is_served_by_its_language_and_any_other_in_chinese(asked: str, served: str) -> None:
    assert language(asked) == served


def test_a_sentence_is_filled_in_in_the_readers_language() -> None:
    values = {"setting": "verification", "days": 0, "longest": 366}

    assert sentence("day_limit_out_of_range", values, "zh_CN") == "设置“verification”为0天，应在1至366之间。"
    assert sentence("day_limit_out_of_range", values, "en") == (
        'The setting "verification" is 0 days; it must be between 1 and 366.'
    )


def test_a_missing_sentence_or_value_is_an_error_here_and_the_code_itself_in_production() -> None:
    with pytest.raises(KeyError):
        sentence("no_such_code", {}, "zh")
    with pytest.raises(KeyError):
        sentence("day_limit_out_of_range", {}, "zh")

    catalogue.be_strict(strict=False)

    assert sentence("no_such_code", {}, "zh") == "no_such_code"
    assert sentence("day_limit_out_of_range", {}, "zh") == "day_limit_out_of_range"


def test_translations_are_read_from_the_po_file_once_and_shared_by_threads() -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: translations("en"), range(32)))

    assert found[-1] is translations("en-US")
    assert found[0].gettext("light.red") == "red"


def test_another_folder_can_be_read_too(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text('msgid "待签"\nmsgstr "To sign"\n', encoding="utf-8")

    assert translations("en", tmp_path).gettext("待签") == "To sign"
    assert translations("en", tmp_path).gettext("已办") == "已办"
