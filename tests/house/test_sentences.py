"""Every refusal and every expected failure has its sentence in both languages, and gives what it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from engine.errors import DefinitionError
from engine.exploring import examine
from engine.loading import load_definition
from tests.engine.zoo import GUARDS, HERE
from tests.house.source import modules
from workflows.catalogue import LANGUAGES, messages, sentence
from workflows.counterexample import people, steps, told

_CODE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+|stale")
_VALUE: Final = re.compile(r"%\((\w+)\)s")
_BROKEN: Final = sorted((HERE / "broken").glob("*.toml"))
_DEEP: Final = sorted((HERE / "broken" / "deep").glob("*.toml"))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _codes() -> Iterator[tuple[str, str, set[str] | None]]:
    """Give each code with its place and the values given with it; None where they are given unseen."""
    for module in modules():
        if module.path.parts[0] in {"tests", "trials", "bench"}:
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            code = node.args[0].value
            says = _called(node) == "deny" or _called(node).endswith("Error")
            if says and isinstance(code, str) and _CODE.fullmatch(code):
                names = {word.arg for word in node.keywords}
                # Who checks a file adds its name and type to whatever a reader of files found.
                unseen = None in names or module.name.startswith("workflows.evidence.")
                given = None if unseen else {name for name in names if name}
                yield code, f"{module.path}:{node.lineno}", given


CODES: Final = tuple(_codes())


def test_the_reader_of_codes_sees_them() -> None:
    found = {code for code, _, _ in CODES}
    assert {"criterion_unproven", "proposal_open", "stale", "file_empty", "definition_unreadable"} <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentence(language: str) -> None:
    assert sorted({f"{code} ({at})" for code, at, _ in CODES if code not in messages(language)}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_given_the_values_its_sentence_names(language: str) -> None:
    lacking = [
        f"{at}: {code} without {sorted(missing)}"
        for code, at, given in CODES
        if given is not None and (missing := set(_VALUE.findall(messages(language).get(code, ""))) - given)
    ]
    assert lacking == []


@pytest.mark.parametrize("path", _BROKEN, ids=lambda path: path.stem)
def test_why_a_definition_does_not_load_is_said_with_its_place(path: Path) -> None:
    with pytest.raises(DefinitionError) as refused:
        load_definition(path.read_text(encoding="utf-8"), GUARDS)
    for language in LANGUAGES:
        said = sentence(refused.value.code, refused.value.params, language)
        assert said != refused.value.code
        assert str(refused.value.params["place"]) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_go_wrong_with_a_definition_is_said_and_shown_step_by_step(language: str) -> None:
    for path in _DEEP:
        for finding in examine(load_definition(path.read_text(encoding="utf-8"), GUARDS)).findings:
            said = told(finding, language)
            assert str(finding.reason.values()["place"]) in said
            assert len(people(finding, language)) == len(finding.people)
            assert len(steps(finding, language)) == len(finding.deeds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_broken_definitions_have_sentences_of_their_own(language: str) -> None:
    said = {_why(path, language) for path in (*_BROKEN, *_DEEP)}
    assert len(said) >= 25


def _why(path: Path, language: str) -> str:
    try:
        definition = load_definition(path.read_text(encoding="utf-8"), GUARDS)
    except DefinitionError as refused:
        return sentence(refused.code, refused.params, language)
    return told(examine(definition).findings[0], language)
