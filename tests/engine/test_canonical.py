"""Records become bytes in one way only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.canonical import canonical, moment, sha256, sm3


class _Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class _Thing:
    name: str
    parts: tuple[int, ...]


def test_the_text_is_sorted_without_blanks_and_unescaped() -> None:
    record = {"b": 1, "a": ["整改", None, True], "c": {"y": "\n", "x": '"'}}
    assert canonical(record) == r'{"a":["整改",null,true],"b":1,"c":{"x":"\"","y":"\n"}}'


def test_records_enums_sets_days_and_moments_have_one_form() -> None:
    record = {
        "thing": _Thing("t", (2, 1)),
        "colour": _Colour.RED,
        "set": frozenset({3, 10, 1}),
        "day": date(2026, 2, 28),
        "moment": datetime(2026, 2, 28, 8, 30, 0, 5, tzinfo=UTC),
        7: "a number as a key",
    }
    assert canonical(record) == (
        '{"7":"a number as a key","colour":"red","day":"2026-02-28","moment":"2026-02-28T08:30:00.000005Z",'
        '"set":[1,10,3],"thing":{"name":"t","parts":[2,1]}}'
    )


def test_a_moment_is_written_in_utc_wherever_it_was_seen() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert moment(datetime(2026, 1, 1, 7, 0, tzinfo=shanghai)) == "2025-12-31T23:00:00.000000Z"


def test_a_moment_without_a_zone_is_not_recorded() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 1, 1))  # noqa: DTZ001 - That it has no zone is what is tested.


@pytest.mark.parametrize("value", [1.5, object(), b"bytes", _Thing])
def test_what_has_no_one_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"value": value})


def test_the_digests_are_those_of_the_standards() -> None:
    # The examples of FIPS 180-2 and GB/T 32905-2016.
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sm3("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


_PLAIN = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters(codec="utf-8")),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(some.characters(codec="utf-8")), inner),
    max_leaves=20,
)


@given(_PLAIN)
def test_the_order_in_which_things_were_put_in_leaves_no_trace(record: object) -> None:
    assert canonical(_reversed(record)) == canonical(record)


def _reversed(record: object) -> object:
    if isinstance(record, dict):
        return {key: _reversed(value) for key, value in reversed(record.items())}
    return [_reversed(item) for item in record] if isinstance(record, list) else record
