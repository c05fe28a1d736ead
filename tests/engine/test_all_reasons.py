"""A refusal says everything at once, so that nobody is sent away twice for the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.bundle import Bundle, Claim, Entry
from engine.commands import Propose, Revise
from engine.facts import Facts
from engine.options import options
from engine.reasons import Reason, Refusal, deny
from tests.engine.rig import Rig
from tests.engine.zoo import CLERK, NOW, OTHER_CLERK, PAGE, Letter, actor, bundle, facts, propose, workflow


def _letter(**changed: object) -> Facts:
    """A letter of two paragraphs for which two pages were handed in before."""
    given = replace(facts(), parts=frozenset({"paragraph:1", "paragraph:2"}), evidence=frozenset({8, 9}))
    return replace(given, **changed)  # type: ignore[arg-type]  # Callers name fields of the record.


def _said(**said: object) -> Bundle:
    return replace(bundle(), **said)  # type: ignore[arg-type]  # As above.


def _reasons(rig: Rig, said: Bundle, person: int = CLERK) -> tuple[Reason, ...]:
    answer = rig.try_to(Propose(said, rig.facts.version, "k"), actor(person), NOW)
    assert isinstance(answer, Refusal)
    return answer.reasons


_FOREIGN: tuple[tuple[Mapping[str, object], Reason], ...] = (
    ({"entries": (Entry("paragraph:3", ()),)}, deny("part_unknown", part="paragraph:3")),
    ({"entries": (Entry("evidence:8", ()),)}, deny("part_unknown", part="evidence:8")),
    ({"evidence": (replace(PAGE, proves=("paragraph:3",)),)}, deny("part_unknown", part="paragraph:3")),
    ({"evidence": (replace(PAGE, evidence=7),)}, deny("evidence_unknown", evidence=7)),
)


@pytest.mark.parametrize(("said", "reason"), _FOREIGN)
def test_what_is_said_of_a_part_of_another_letter_is_refused_when_proposed_and_when_revised(
    said: Mapping[str, object], reason: Reason
) -> None:
    rig = Rig(workflow(), _letter())
    assert _reasons(rig, _said(**said)) == (reason,)
    rig.do(propose(), actor(CLERK), NOW)
    answer = rig.try_to(Revise(1, 1, _said(**said)), actor(CLERK), NOW)
    assert isinstance(answer, Refusal)
    assert answer.reasons == (reason,)


def test_what_is_said_of_its_own_parts_and_evidence_passes() -> None:
    again = replace(PAGE, evidence=8, proves=("paragraph:1",))
    said = _said(entries=(Entry("paragraph:2", ()),), evidence=(again,))
    Rig(workflow(), _letter()).do(Propose(said, 5, "k"), actor(CLERK), NOW)


def test_a_form_with_many_faults_learns_of_all_of_them() -> None:
    holders = {**facts().holders, "head": (), "chief": ()}
    rig = Rig(workflow(), _letter(details=Letter(in_time=False), holders=holders))
    said = _said(
        text="",
        evidence=(Claim("photo", " "),),
        entries=(Entry("paragraph:3", ()), Entry("paragraph:1", ()), Entry("paragraph:1", ())),
    )
    assert _reasons(rig, said) == (
        deny("evidence_missing", kind="page"),
        deny("unsealed"),
        deny("too_late"),
        deny("said_twice", part="paragraph:1"),
        deny("part_unknown", part="paragraph:3"),
        deny("claim_of_unknown_kind", number=1),
        deny("claim_without_title", number=1),
        deny("claim_without_content", number=1),
        deny("seat_vacant", role="head"),
        deny("seat_vacant", role="chief"),
    )


def test_a_revision_learns_of_all_faults_too() -> None:
    rig = Rig(workflow(), _letter())
    rig.do(propose(), actor(CLERK), NOW)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "chief": ()})
    said = _said(text="", entries=(Entry("paragraph:3", ()),))
    assert rig.refuse(Revise(1, 1, said), actor(CLERK), NOW) == ("unsealed", "part_unknown", "seat_vacant")


def test_who_comes_second_learns_who_was_first_and_what_else_is_wrong() -> None:
    rig = Rig(workflow(), _letter())
    rig.do(propose(), actor(CLERK), NOW)
    codes = tuple(reason.code for reason in _reasons(rig, _said(text=""), OTHER_CLERK))
    assert codes == ("unsealed", "proposal_open")


def test_a_stale_page_or_a_foreign_bundle_is_all_that_is_said_because_the_rest_was_not_meant_so() -> None:
    rig = Rig(workflow(), _letter(details=Letter(in_time=False)))
    assert tuple(r.code for r in _reasons(rig, _said(subject="letter:8", text=""))) == ("bundle_foreign",)
    stale = rig.try_to(Propose(_said(text=""), 4, "k"), actor(CLERK), NOW)
    assert isinstance(stale, Refusal)
    assert [reason.code for reason in stale.reasons] == ["stale_without_trace"]


def test_a_button_says_everything_that_stands_against_it() -> None:
    rig = Rig(workflow(), _letter())
    rig.do(propose(), actor(CLERK), NOW)
    rig.facts = replace(
        rig.facts, details=Letter(in_time=False), holders={**rig.facts.holders, "head": (), "chief": ()}
    )
    found = {option.trigger: option for option in options(workflow(), rig.facts, actor(OTHER_CLERK))}
    codes = [(reason.code, reason.values().get("role")) for reason in found["send"].reasons]
    assert codes == [
        ("too_late", None),
        ("proposal_open", None),
        ("seat_vacant", "head"),
        ("seat_vacant", "chief"),
    ]
