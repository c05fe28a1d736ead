"""A bundle is immutable, comes back from its text as it was, and has one digest."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.bundle import Bundle, Claim, Entry, selection_digest

_BUNDLE = Bundle(
    subject="task:12",
    round=2,
    definition="rectification@1",
    trigger="complete",
    text="已完成全部整改措施。",
    evidence=(
        Claim(
            kind="proof",
            title="系统上线通知",
            proves=("criterion:3", "criterion:4"),
            level="public",
            sha256="ab" * 32,
            size=1024,
            file_name="notice.pdf",
            effective_on=date(2026, 8, 1),
            evidence=9,
        ),
        Claim(kind="proof", title="会议记录", document_number="2026-1", place="档案室", custodian="甲"),
    ),
    entries=(Entry("criterion:3", (("verdict", "met"), ("expected_on", "2026-09-01"))),),
    dates=(("new_due_on", date(2026, 9, 30)),),
    references=(("report", "5"),),
)


def test_the_canonical_text_is_this_and_stays_this() -> None:
    assert _BUNDLE.canonical_text == (
        '{"dates":[["new_due_on","2026-09-30"]],"definition":"rectification@1",'
        '"entries":[{"about":"criterion:3","values":[["verdict","met"],["expected_on","2026-09-01"]]}],'
        '"evidence":[{"address":null,"custodian":null,"document_number":null,"effective_on":"2026-08-01",'
        f'"evidence":9,"file_name":"notice.pdf","kind":"proof","level":"public","place":null,'
        f'"proves":["criterion:3","criterion:4"],"sha256":"{"ab" * 32}","size":1024,"title":"系统上线通知"}},'
        '{"address":null,"custodian":"甲","document_number":"2026-1","effective_on":null,"evidence":null,'
        '"file_name":null,"kind":"proof","level":"internal","place":"档案室","proves":[],"sha256":null,'
        '"size":null,"title":"会议记录"}],"references":[["report","5"]],"round":2,"subject":"task:12",'
        '"text":"已完成全部整改措施。","trigger":"complete"}'
    )
    assert _BUNDLE.digest == "8462bbf0c0be480e40f4ac9e62e65341ba8e2ca7792f6d86c56dae20534695f1"


def test_a_bundle_comes_back_from_its_text_as_it_was() -> None:
    again = Bundle.from_text(_BUNDLE.canonical_text)
    assert again == _BUNDLE
    assert again.digest == _BUNDLE.digest


_TEXTS = some.text(some.characters(codec="utf-8"), max_size=8)
_PAIRS = some.lists(some.tuples(_TEXTS, _TEXTS), max_size=3).map(tuple)


@given(
    text=_TEXTS,
    claims=some.lists(
        some.builds(Claim, kind=_TEXTS, title=_TEXTS, effective_on=some.none() | some.dates()), max_size=3
    ),
    entries=some.lists(some.builds(Entry, about=_TEXTS, values=_PAIRS), max_size=3),
    dates=some.lists(some.tuples(_TEXTS, some.dates()), max_size=3),
    references=_PAIRS,
)
def test_whatever_a_bundle_says_comes_back(
    text: str,
    claims: list[Claim],
    entries: list[Entry],
    dates: list[tuple[str, date]],
    references: tuple[tuple[str, str], ...],
) -> None:
    said = Bundle("task:1", 1, "d@1", "start", text, tuple(claims), tuple(entries), tuple(dates), references)
    assert Bundle.from_text(said.canonical_text) == said


@pytest.mark.parametrize(
    "other",
    [
        replace(_BUNDLE, subject="task:13"),
        replace(_BUNDLE, round=3),
        replace(_BUNDLE, definition="rectification@2"),
        replace(_BUNDLE, trigger="start"),
        replace(_BUNDLE, text=_BUNDLE.text + " "),
        replace(_BUNDLE, evidence=_BUNDLE.evidence[::-1]),
        replace(_BUNDLE, entries=()),
        replace(_BUNDLE, dates=()),
        replace(_BUNDLE, references=()),
    ],
)
def test_any_difference_gives_another_digest(other: Bundle) -> None:
    assert other.digest != _BUNDLE.digest


def test_nobody_changes_a_bundle() -> None:
    with pytest.raises(FrozenInstanceError):
        _BUNDLE.text = "other"  # type: ignore[misc]  # That this cannot be done is what is tested.


def test_a_bundle_answers_for_its_parts() -> None:
    entry = _BUNDLE.about("criterion:3")
    assert entry is not None
    assert (entry.get("verdict"), entry.get("why")) == ("met", "")
    assert entry.day("expected_on") == date(2026, 9, 1)
    assert entry.day("verdict") is None
    assert entry.day("why") is None
    assert _BUNDLE.about("criterion:4") is None
    assert (_BUNDLE.day("new_due_on"), _BUNDLE.day("ends_on")) == (date(2026, 9, 30), None)
    assert (_BUNDLE.reference("report"), _BUNDLE.reference("basis")) == ("5", "")


def test_a_selection_is_the_same_whatever_order_it_was_ticked_in() -> None:
    one, two, three = "1" * 64, "2" * 64, "3" * 64
    assert selection_digest((two, one)) == selection_digest((one, two))
    assert selection_digest((one, two)) != selection_digest((one, two, three))
