"""A right definition loads whole; every wrong one is refused with its own code and its place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine import checking, loading, promising, reading
from engine.definition import Clock, DeadlineKind, GuardUse, Moment, Stage, State, Transition
from engine.errors import DefinitionError
from engine.loading import load_definition
from tests.engine.zoo import GUARDS, HERE, workflow

BROKEN = sorted((HERE / "broken").glob("*.toml"))


def _header(path: Path, name: str) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix(f"# {name}: ") for line in lines if line.startswith(f"# {name}: "))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_definition_is_refused_with_its_code_and_place(path: Path) -> None:
    with pytest.raises(DefinitionError) as refused:
        load_definition(path.read_text(encoding="utf-8"), GUARDS)
    place = str(refused.value.params["place"])
    assert refused.value.code == _header(path, "code")
    if refused.value.code == "definition_unreadable":
        # What is wrong with the text is said by Python; where, by us.
        assert place.endswith(_header(path, "place"))
    else:
        assert place == _header(path, "place")


def test_every_refusal_of_the_loader_has_a_broken_definition() -> None:
    known = {_header(path, "code") for path in BROKEN}
    assert known == _codes(checking) | _codes(loading) | _codes(reading) | _codes(promising)
    assert len(BROKEN) >= 25


def _codes(module: object) -> set[str]:
    """The codes a module raises: arguments of DefinitionError, and codes its helpers pass on."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    raising = {"DefinitionError": 0, "_refuse_unknown": 2, "_refuse_doubles": 1}
    found = [
        call.args[raising[call.func.id]]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in raising
    ]
    found += [
        node.value.elts[-1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)
    ]
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_a_definition_loads_with_everything_it_says() -> None:
    definition = workflow().definition
    assert (definition.reference, definition.initial) == ("letter@1", "draft")
    assert definition.states[3] == State("shredded", end=True)
    assert definition.triggers == ("stamp", "send", "answer", "file", "review", "recall", "shred")
    assert definition.with_trigger("send") == (
        Transition(
            trigger="send",
            origins=("draft",),
            target="sent",
            proposed_by=("clerk",),
            stages=(Stage("head", reports=True), Stage("chief")),
            evidence=("page",),
            guards=(
                GuardUse("sealed"),
                GuardUse("in_time", Moment.PROPOSE),
                GuardUse("still_wanted", Moment.SIGN),
            ),
            starts=("answer_by",),
            stops=("send_by",),
            tells=("registrar",),
        ),
    )
    assert definition.leaving("answer", "sent")[1].when == GuardUse(
        "tone_is", Moment.BOTH, (("tone", "angry"),)
    )
    assert definition.deadlines[-1] == DeadlineKind("sign_by", ("signature_owed",), ("signature_settled",))


def test_a_definition_answers_for_its_clocks_and_triggers() -> None:
    definition = workflow().definition
    assert definition.started_by(Clock.CREATED) == ("stamp_by", "send_by")
    assert definition.started_by(Clock.SIGNATURE_OWED) == ("sign_by",)
    assert definition.stopped_by(Clock.SIGNATURE_SETTLED) == ("sign_by",)
    assert definition.stopped_through("answer") == ("answer_by",)
    assert definition.with_trigger("sing") == ()
    assert definition.leaving("send", "sent") == ()


def test_the_digest_is_that_of_the_text_as_it_stands() -> None:
    text = (HERE / "machines" / "letter.toml").read_text(encoding="utf-8")
    definition = load_definition(text, GUARDS)
    assert definition.text == text
    assert definition.digest == load_definition(text, GUARDS).digest
    assert definition.digest != load_definition(text + "\n", GUARDS).digest


def test_nesting_that_no_reader_survives_is_refused_like_any_other_text() -> None:
    with pytest.raises(DefinitionError) as refused:
        load_definition("name = " + "[" * 100_000, GUARDS)
    assert refused.value.code == "definition_unreadable"


def test_the_definition_with_no_deadlines_or_evidence_at_all_loads() -> None:
    text = """
        name = "switch"
        version = 3
        initial = "off"
        roles = ["anybody"]
        states = [{ name = "off", end = true }]
        transitions = []
        deadlines = []
    """
    assert load_definition(text, GUARDS).reference == "switch@3"
