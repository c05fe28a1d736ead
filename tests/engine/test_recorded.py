"""What an entry of the record holds of the facts can be read back, and is what they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bundle import Bundle
from engine.canonical import canonical
from engine.definition import Rule
from engine.facts import Facts, FellAway, OpenProposal, Seat
from engine.recorded import Beside, restore
from engine.reviving import reader, revive

_NUMBERS = st.integers(0, 9_999)
_NAMES = st.text("abc_äö整改", min_size=1, max_size=6)
_PEOPLE = st.lists(_NUMBERS, max_size=3).map(tuple)
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_SEATS = st.builds(
    Seat,
    stage=_NUMBERS,
    role=_NAMES,
    candidates=_PEOPLE,
    reports=st.booleans(),
    fell_away=st.none() | st.sampled_from(FellAway),
    substitute=st.booleans(),
    signed_by=st.none() | _NUMBERS,
    signed_at=st.none() | _MOMENTS,
    identifier=st.none() | _NUMBERS,
    rule=st.sampled_from(Rule),
    within=st.none() | _NUMBERS,
    independent_of=st.lists(_NAMES, max_size=2).map(tuple),
    signed_for=st.none() | _NUMBERS,
)
_BUNDLES = st.builds(Bundle, subject=_NAMES, round=_NUMBERS, definition=_NAMES, trigger=_NAMES)
_PROPOSALS = st.builds(
    OpenProposal,
    identifier=_NUMBERS,
    revision=_NUMBERS,
    bundle=_BUNDLES,
    proposer=_NUMBERS,
    seats=st.lists(_SEATS, max_size=3).map(tuple),
    proposed_at=_MOMENTS,
    returned=_NUMBERS,
)
_FACTS = st.builds(
    Facts,
    subject=_NAMES,
    organisation=_NUMBERS,
    state=_NAMES,
    version=_NUMBERS,
    round=_NUMBERS,
    holders=st.dictionaries(_NAMES, st.lists(_PEOPLE, max_size=2).map(tuple), max_size=3),
    substitutes=st.dictionaries(_NAMES, _NUMBERS, max_size=2),
    relations=st.dictionaries(_NAMES, st.frozensets(_NUMBERS, max_size=3), max_size=2),
    apart=st.dictionaries(_NAMES, st.lists(_NAMES, max_size=2).map(tuple), max_size=2),
    delegations=st.dictionaries(_NUMBERS, st.frozensets(_NUMBERS, max_size=2), max_size=2),
    parts=st.frozensets(_NAMES, max_size=2),
    evidence=st.frozensets(_NUMBERS, max_size=2),
    proposal=st.none() | _PROPOSALS,
)


def _read_back(facts: Facts) -> Facts:
    record = json.loads(canonical(facts.record()))
    beside = Beside(facts.subject, facts.organisation, facts.parts, facts.evidence)
    if facts.proposal is not None:
        beside = replace(beside, waiting=facts.proposal.bundle)
    return restore(record, beside)


@given(_FACTS)
def test_facts_come_back_from_the_record_as_they_were(facts: Facts) -> None:
    assert _read_back(facts) == facts


def test_an_open_proposal_does_not_come_back_without_its_bundle() -> None:
    seat = Seat(0, "head", (2,))
    bundle = Bundle("letter:1", 1, "letter@1", "send")
    open_one = OpenProposal(7, 1, bundle, 1, (seat,), datetime(2026, 3, 2, tzinfo=UTC))
    facts = Facts("letter:1", 1, "draft", 1, 1, {}, proposal=open_one)
    with pytest.raises(KeyError):
        restore(json.loads(canonical(facts.record())), Beside("letter:1", 1))


class _Colour(StrEnum):
    RED = "red"
    """Like this."""


@dataclass(frozen=True, slots=True)
class _Inner:
    day: date | None
    colour: _Colour


@dataclass(frozen=True, slots=True)
class _Outer:
    inner: tuple[_Inner, ...]
    pair: tuple[int, str]
    by_number: Mapping[int, frozenset[int]]
    later: str = "unsaid"


_OUTER = _Outer(
    (_Inner(date(2026, 3, 2), _Colour.RED), _Inner(None, _Colour.RED)), (1, "a"), {5: frozenset({1})}
)


def test_a_record_of_records_comes_back() -> None:
    plain = json.loads(canonical(_OUTER))
    assert revive(_Outer, plain) == _OUTER


def test_what_an_older_text_lacks_has_its_default_and_what_a_newer_one_adds_is_left_out() -> None:
    plain = json.loads(canonical(_OUTER))
    del plain["later"]
    assert revive(_Outer, plain | {"added": 1}) == _OUTER
    del plain["pair"]
    with pytest.raises(TypeError):
        revive(_Outer, plain)


def test_a_value_outside_its_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="blue"):
        revive(_Inner, {"day": None, "colour": "blue"})


@pytest.mark.parametrize("kind", [float, int | str, list[int], set])
def test_kinds_that_canonical_text_does_not_tell_apart_are_not_read(kind: Any) -> None:  # noqa: ANN401 - Any kind.
    with pytest.raises(TypeError):
        reader(kind)
