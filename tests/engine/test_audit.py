"""The audit entry has one form for ever, and a chain shows where it was touched."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from engine.actor import Actor, system
from engine.audit import GENESIS, AuditDraft, AuditEntry, Fault, FreeText, check_chain, write_entry
from engine.canonical import sha256, sm3
from engine.reasons import deny

_NOW = datetime(2026, 8, 15, 0, 30, tzinfo=UTC)
_ACTOR = Actor(5, 1, session="s1", address="10.0.0.7", request_id="req-1", on_behalf_of=6)
_FIRST = AuditDraft(
    stream="task:12",
    action="sign",
    role="department_head",
    trigger="complete",
    origin="in_progress",
    state="completed",
    digest="ab" * 32,
    definition="rectification@1",
    reasons=(deny("criterion_unproven", criterion=2),),
    facts={"state": "in_progress", "version": 3},
    references={"proposal": 8, "at": _NOW},
    texts=(FreeText("opinion", "salt", "同意"),),
)

Row = tuple[int, str, str, str]


def _chain(length: int) -> list[AuditEntry]:
    entries = [write_entry(_FIRST, _ACTOR, _NOW, GENESIS)]
    while len(entries) < length:
        draft = AuditDraft("task:12", f"action{len(entries)}")
        entries.append(write_entry(draft, system(1, "tick"), _NOW, entries[-1].head))
    return entries


def _rows(entries: list[AuditEntry]) -> list[Row]:
    return [(entry.seq, entry.body, entry.sha256, entry.sm3) for entry in entries]


def test_the_body_of_an_entry_is_this_and_stays_this() -> None:
    entry = write_entry(_FIRST, _ACTOR, _NOW, GENESIS)
    assert entry.body == (
        '{"action":"sign","actor":5,"address":"10.0.0.7","at":"2026-08-15T00:30:00.000000Z",'
        f'"definition":"rectification@1","digest":"{"ab" * 32}",'
        '"facts":{"state":"in_progress","version":3},"from":"in_progress","on_behalf_of":6,"organisation":1,'
        f'"previous":{{"sha256":"{"0" * 64}","sm3":"{"0" * 64}"}},'
        '"reasons":[{"code":"criterion_unproven","params":{"criterion":2}}],'
        '"references":{"at":"2026-08-15T00:30:00.000000Z","proposal":8},"request":"req-1",'
        '"role":"department_head","seq":1,"session":"s1","stream":"task:12",'
        '"texts":{"opinion":"b843c516b8a6ed7450f2cb37f8df2a4b78f6fc4508fa34079374c01a16887e96"},'
        '"to":"completed","trigger":"complete","v":1}'
    )
    assert entry.sha256 == "0a989b0a9af7807fe7bdde1e608b16a75c21c1c942eff7d80b62607f4e95dfd1"
    assert entry.sm3 == "766f436fd31bcdae85c7356c65e849965d54da310a248879cc0e371d2bdae8bd"
    assert (entry.stream, entry.seq, entry.at) == ("task:12", 1, _NOW)


def test_an_entry_of_the_system_names_nobody() -> None:
    record = json.loads(_chain(2)[1].body)
    assert (record["actor"], record["session"], record["to"], record["facts"]) == (None, None, None, None)
    assert (record["reasons"], record["references"], record["texts"]) == ([], {}, {})


def test_free_text_stands_beside_the_entry_and_cannot_be_guessed_from_it() -> None:
    body = write_entry(_FIRST, _ACTOR, _NOW, GENESIS).body
    assert "同意" not in body
    assert sha256("同意") not in body
    assert FreeText("opinion", "salt", "同意").digest in body
    assert FreeText("opinion", "pepper", "同意").digest not in body


def test_each_entry_names_the_one_before_by_both_digests() -> None:
    first, second = _chain(2)
    record = json.loads(second.body)
    assert record["seq"] == 2
    assert record["previous"] == {"sha256": first.sha256, "sm3": first.sm3}


def test_a_whole_chain_has_no_fault() -> None:
    assert check_chain("task:12", _rows(_chain(4))) is None
    assert check_chain("task:12", []) is None


def test_an_entry_that_was_taken_out_is_missed() -> None:
    rows = _rows(_chain(4))
    del rows[1]
    assert check_chain("task:12", rows) == Fault("task:12", 3, "missing")


def test_the_cut_off_tail_cannot_be_seen_from_the_chain_alone() -> None:
    assert check_chain("task:12", _rows(_chain(4))[:2]) is None


@pytest.mark.parametrize("column", [1, 2, 3])
def test_one_changed_byte_in_text_or_digest_is_seen(column: int) -> None:
    rows: list[Row] = _rows(_chain(4))
    row = list(rows[2])
    row[column] = str(row[column]).replace("2", "3", 1)
    rows[2] = (3, str(row[1]), str(row[2]), str(row[3]))
    assert check_chain("task:12", rows) == Fault("task:12", 3, "changed")


def _forged(body: str, seq: int = 3) -> Row:
    return seq, body, sha256(body), sm3(body)


@pytest.mark.parametrize("body", ["no JSON", "[" * 100_000, "{"])
def test_a_text_that_is_no_entry_is_seen_although_its_digests_fit(body: str) -> None:
    rows = _rows(_chain(4))
    rows[2] = _forged(body)
    assert check_chain("task:12", rows) == Fault("task:12", 3, "changed")


def test_a_text_that_has_no_bytes_is_seen() -> None:
    rows = _rows(_chain(4))
    rows[2] = (3, "\ud800", rows[2][2], rows[2][3])
    assert check_chain("task:12", rows) == Fault("task:12", 3, "changed")


@pytest.mark.parametrize("body", ["[]", "{}", '{"stream":"task:13","seq":3}', '{"stream":"task:12","seq":4}'])
def test_an_entry_of_another_place_is_seen_although_its_digests_fit(body: str) -> None:
    rows = _rows(_chain(4))
    rows[2] = _forged(body)
    assert check_chain("task:12", rows) == Fault("task:12", 3, "foreign")


def test_a_rewritten_entry_breaks_the_one_behind_it() -> None:
    rows = _rows(_chain(4))
    rows[1] = _forged(rows[1][1].replace('"action":"action1"', '"action":"other"'), seq=2)
    assert check_chain("task:12", rows) == Fault("task:12", 3, "broken")


def test_a_chain_under_another_subject_is_seen_at_once() -> None:
    assert check_chain("task:13", _rows(_chain(2))) == Fault("task:13", 1, "foreign")
