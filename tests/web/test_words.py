"""Every word a page shows stands in the catalogue, in both languages."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

from tests.support.seed import Court
from tests.support.surroundings import ROOT
from web.forms.spec import FORMS
from web.language import FOLDER
from workflows.extension.definition import built_in as extension
from workflows.rectification.definition import built_in as rectification

WEB = ROOT / "web"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PARAMETER = re.compile(r"%\((\w+)\)s")
# The mark of the house, the name of a language in that language, and what is written as it is recorded.
_NO_WORDS = {("components/header.html", "整"), ("components/header.html", "中文")}
_AS_RECORDED = {
    ("pages/sign.py", "同意"),
    ("pages/sign.py", "已阅"),
    ("forms/made.py", "任务"),
    ("wording.py", "一二三四五六日"),
}
_CALLS = {"_", "gettext", "marked"}
_DEFINITIONS = (rectification().definition, extension().definition)


@cache
def used() -> dict[str, str]:
    """Every message that a template or module of the pages uses, with the file that does."""
    options = {"templates/**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "silent": "false"}}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
    keywords = dict.fromkeys(_CALLS)
    found = extract_from_dir(str(WEB), methods, options, keywords)
    return {str(message): str(place) for place, _, message, _, _ in found}


@cache
def english() -> dict[str, str]:
    """The English of the pages."""
    with (FOLDER / "en.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, abort_invalid=True) if m.id and not m.fuzzy}


def test_every_message_has_its_english() -> None:
    assert {message: place for message, place in used().items() if not english().get(message)} == {}


def test_no_english_is_left_over() -> None:
    assert sorted(english().keys() - used().keys()) == []


def test_both_languages_take_the_same_values() -> None:
    wrong = [m for m, e in english().items() if set(_PARAMETER.findall(m)) != set(_PARAMETER.findall(e))]
    assert wrong == []


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=str)
def test_a_template_says_nothing_in_chinese_outside_the_catalogue(path: Path) -> None:
    name = str(path.relative_to(WEB / "templates"))
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    said = [
        value.strip()
        for _, kind, value in environment.lex(path.read_text(encoding="utf-8"))
        if kind == "data" and _CHINESE.search(value)
    ]
    words = [word for text in said for word in re.findall(r"[\u3400-\u9fff]+", text)]
    assert [word for word in words if (name, word) not in _NO_WORDS] == []


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=str)
def test_a_module_says_nothing_in_chinese_outside_the_catalogue(path: Path) -> None:
    name = str(path.relative_to(WEB))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = {id(arg) for call in ast.walk(tree) if _is_spoken(call) for arg in call.args}  # type: ignore[attr-defined]
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    wrong = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"[\u4e00-\u9fff]{2}", node.value)
        and id(node) not in spoken | silent
        and (name, node.value) not in _AS_RECORDED
    ]
    assert wrong == []


def _is_spoken(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS


def test_every_move_has_its_form() -> None:
    assert set(FORMS) == {trigger for each in _DEFINITIONS for trigger in each.triggers}


def test_a_form_brings_the_document_its_move_asks_for() -> None:
    wrong = []
    for transition in (transition for each in _DEFINITIONS for transition in each.transitions):
        form = FORMS[transition.trigger]
        brought = {form.document, form.attached}
        wrong += [(transition.trigger, kind) for kind in transition.evidence if kind not in brought]
    assert wrong == []


def test_a_word_is_said_to_every_reader_in_their_own_language(seeded: Court) -> None:
    template = seeded.app.jinja_env.from_string('{{ "held"|word("clock_state") }}')
    said = []
    for language in ("zh", "en", "zh"):
        with seeded.app.test_request_context(headers={"Cookie": f"language={language}"}):
            said.append(template.render())
    assert said == ["部门已办、等待签批", "held: the department has done its part", "部门已办、等待签批"]
