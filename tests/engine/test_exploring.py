"""Each definition that loads and must not be published is refused with the deeds that show why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.actor import Actor
from engine.commands import Command, Sign
from engine.decide import decide
from engine.decision import Decision
from engine.definition import Definition
from engine.exploring import Act, Deed, Finding, Report, examine, playing
from engine.facts import Facts
from engine.loading import load_definition
from engine.machine import Workflow
from engine.reasons import Refusal, deny
from tests.engine.zoo import GUARDS, HERE, workflow

DEEP = sorted((HERE / "broken" / "deep").glob("*.toml"))
_VERBS = {Act.MAKE: "makes", Act.PROPOSE: "proposes", Act.SIGN: "signs"}


def _header(path: Path, name: str) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"# {name}: ") for line in lines if line.startswith(f"# {name}: ")]


def _loaded(path: Path) -> Definition:
    return load_definition(path.read_text(encoding="utf-8"), GUARDS)


def _said(deed: Deed) -> str:
    return f"{deed.role} {'?ABCD'[deed.person]} {_VERBS[deed.act]} {deed.trigger}"


@pytest.mark.parametrize("path", DEEP, ids=lambda path: path.stem)
def test_a_broken_definition_is_found_with_a_counter_example(path: Path) -> None:
    findings = examine(_loaded(path)).findings
    found = [f"{finding.reason.code}: {finding.reason.values()['place']}" for finding in findings]
    assert found == _header(path, "finds")
    shown = [_shown(finding) for finding in findings if finding.people]
    assert shown == _header(path, "shows")


def _shown(finding: Finding) -> str:
    people = ", ".join(f"{n} {' '.join(roles)}" for n, roles in zip("ABCD", finding.people, strict=False))
    return f"{people} | {'; '.join(map(_said, finding.deeds))}"


def test_a_sound_definition_says_how_much_was_tried() -> None:
    text = (HERE / "broken" / "deep" / "stuck_where_nobody_is_left_to_sign.toml").read_text(encoding="utf-8")
    sound = text.replace('signed_by = ["chief"]', 'signed_by = ["head"]')
    # Clerk and head, the same or two people; where they are the same, a letter can still be shredded.
    assert examine(load_definition(sound, GUARDS)) == Report((), assignments=2, hopeless=0, situations=6)


def test_people_who_cannot_begin_are_counted_and_no_fault_of_the_definition() -> None:
    text = (HERE / "broken" / "deep" / "guards_at_odds.toml").read_text(encoding="utf-8")
    sound = text.replace('["sealed", "unstamped"]', '["sealed"]')
    # Nobody signs alone what they propose: clerk and head in one person send nothing.
    assert examine(load_definition(sound, GUARDS)) == Report((), assignments=2, hopeless=1, situations=3)


def test_the_zoos_letter_holds_for_everybody() -> None:
    assert examine(workflow().definition).findings == ()


def test_a_definition_without_moves_is_explored_too() -> None:
    text = """
        name = "switch"
        version = 3
        initial = "off"
        roles = ["anybody"]
        states = [{ name = "off", end = true }]
        transitions = []
        deadlines = []
    """
    assert examine(load_definition(text, GUARDS)) == Report((), assignments=1, hopeless=0, situations=1)


def _refuses_chiefs(*given: object) -> object:
    answer = decide(*given)  # type: ignore[arg-type]  # Handed on as it came.
    chief = isinstance(answer, Decision) and (answer.action, answer.role) == ("sign", "chief")
    return Refusal((deny("not_a_signer"),)) if chief else answer


def test_an_engine_that_takes_no_signature_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """No definition makes such a proposal; that the engine makes none is what is tried here."""
    monkeypatch.setattr(playing, "decide", _refuses_chiefs)
    found = examine(_loaded(HERE / "broken" / "deep" / "guard_gone_round.toml")).findings
    assert [(f.reason.code, _shown(f)) for f in found] == [
        ("proposal_cannot_be_signed", "A clerk, B head, C chief | clerk A proposes hurry"),
        ("transition_never_manned", " | "),
    ]


def _trusts_delegates(
    workflow: Workflow, facts: Facts, command: Command, actor: Actor, now: datetime
) -> object:
    """Decides as the engine would if it did not ask who signs in whose place."""
    if isinstance(command, Sign) and command.on_behalf_of is not None:
        command, actor = replace(command, on_behalf_of=None), Actor(command.on_behalf_of, 1)
    return decide(workflow, facts, command, actor, now)


def test_an_engine_that_lets_delegates_sign_their_own_proposals_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    definition = _promising('[promises]\nnever_alone = [{ from = "draft", to = "sent" }]\n')
    assert examine(definition).findings == ()
    monkeypatch.setattr(playing, "decide", _trusts_delegates)
    (found,) = examine(definition).findings
    assert (found.reason.code, _shown(found)) == (
        "one_person_alone",
        "A clerk, B head | clerk A proposes send; head A signs send",
    )


def _promising(section: str) -> Definition:
    text = (HERE / "broken" / "deep" / "guards_at_odds.toml").read_text(encoding="utf-8")
    text = text.replace('["sealed", "unstamped"]', '["sealed"]').partition("[known]")[0]
    return load_definition(text + section, GUARDS)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("promises, never_alone", 'never_alone = [{ from = "draft", to = "sent" }]'),
        ("promises, needs", 'needs = [{ to = ["sent"], signed_by = "head" }]'),
        ("known, opposites", 'opposites = [{ yes = "sealed", no = "unstamped" }]'),
        ("known, only_after", 'only_after = [{ guard = "sealed", triggers = ["send"] }]'),
        ("known, related", 'related = [{ relation = "author", roles = ["clerk"] }]'),
        ("known, related", 'related = [{ relation = "author", triggers = ["send"] }]'),
        ("known, apart", 'apart = [{ roles = ["clerk"], others = ["head"] }]'),
    ],
)
def test_a_definition_keeps_what_the_one_before_it_promised_and_knew(place: str, said: str) -> None:
    before = _promising(f"[{place.partition(',')[0]}]\n{said}\n")
    assert examine(before, before).findings == ()
    (finding,) = examine(_promising(""), before).findings
    assert (finding.reason.code, finding.reason.values()) == ("promise_dropped", {"place": place})


def test_nothing_has_to_be_kept_about_states_and_moves_that_are_gone() -> None:
    text = (HERE / "broken" / "deep" / "stuck_where_nobody_is_left_to_sign.toml").read_text(encoding="utf-8")
    about_filing = """
        [promises]
        never_alone = [{ from = "sent", to = "filed" }]
        [known]
        related = [{ relation = "author", triggers = ["shred"] }]
    """
    assert examine(_promising(""), load_definition(text + about_filing, GUARDS)).findings == ()
