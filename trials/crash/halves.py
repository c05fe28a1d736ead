"""Whether a task is whole: every part of everything that was done to it is there, and nothing else."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Row

from engine.audit import check_chain
from engine.bundle import Bundle
from trials.court.moves import SIGNERS
from trials.crash.traces import Traces

_ENDED_BY = {"sent_back": "send_back", "withdrawn": "withdraw"}


def halves(found: Traces) -> list[str]:
    """Say what is half there; nothing where the task is whole."""
    checks: tuple[Callable[[Traces], Iterator[str]], ...] = (
        _revisions,
        _evidence,
        _seats,
        _turns,
        _steps,
        _record,
        _counts,
        _clocks,
        _mails,
    )
    return [f"task {found.task.id}: {fault}" for check in checks for fault in check(found)]


def _revisions(found: Traces) -> Iterator[str]:
    """Every proposal has all its revisions, each with the digest of its own text."""
    by_proposal: dict[int, dict[int, Row[Any]]] = defaultdict(dict)
    for row in found.revisions:
        by_proposal[row.proposal_id][row.revision] = row
        if Bundle.from_text(row.bundle).digest != row.digest:
            yield f"revision {row.revision} of proposal {row.proposal_id} has a foreign digest"
    for row in found.proposals:
        revisions = by_proposal[row.id]
        if sorted(revisions) != list(range(1, row.revision + 1)):
            yield f"proposal {row.id} has the revisions {sorted(revisions)} of {row.revision}"
        elif revisions[row.revision].digest != row.digest:
            yield f"proposal {row.id} has not the digest of its newest revision"


def _evidence(found: Traces) -> Iterator[str]:
    """Every claim of a proposal's bundle was handed in once, with what it proves."""
    claims: Counter[int] = Counter()
    proofs = 0
    for row in found.revisions:
        if row.revision == 1:
            bundle = Bundle.from_text(row.bundle)
            claims[row.proposal_id] += len(bundle.evidence)
            proofs += sum(len(claim.proves) for claim in bundle.evidence)
    stored = Counter(row.proposal_id for row in found.evidence)
    for row in found.proposals:
        if stored[row.id] != claims[row.id]:
            yield f"proposal {row.id} has {stored[row.id]} of {claims[row.id]} pieces of evidence"
    if found.proofs != proofs:
        yield f"{found.proofs} of {proofs} proofs are there"


def _seats(found: Traces) -> Iterator[str]:
    """Every revision has a seat for each stage; every signature stands in one of them, over its digest."""
    places = defaultdict(list)
    revision_of = {row.id: (row.proposal_id, row.revision) for row in found.seats}
    for row in found.seats:
        places[row.proposal_id, row.revision].append(row.position)
    digests = {(row.proposal_id, row.revision): row.digest for row in found.revisions}
    stages = {row.id: len(SIGNERS[row.trigger]) for row in found.proposals}
    for key in digests:
        if sorted(places[key]) != list(range(stages.get(key[0], 0))):
            yield f"revision {key} has the seats {sorted(places[key])}"
    for row in found.signatures:
        key = (row.proposal_id, row.revision)
        if revision_of.get(row.seat_id) != key or digests.get(key) != row.digest:
            yield f"signature {row.id} belongs to another revision"


def _turns(found: Traces) -> Iterator[str]:
    """Whoever may sign now is waited for, and nobody else; one clock runs for it."""
    signed = {row.seat_id for row in found.signatures if row.voided_at is None}
    expected = set()
    for row in found.proposals:
        if row.state != "open":
            continue
        owed = [
            seat
            for seat in found.seats
            if (seat.proposal_id, seat.revision) == (row.id, row.revision)
            and seat.fell_away is None
            and seat.id not in signed
        ]
        stage = min((seat.stage for seat in owed), default=None)
        expected |= {
            (who, seat.id) for seat in owed if seat.stage == stage for who in json.loads(seat.candidates)
        }
        if stage is None:
            yield f"proposal {row.id} is open and owes no signature"
    if {(row.person_id, row.seat_id) for row in found.awaiting} != expected:
        yield "somebody is waited for who need not sign, or nobody for a signature that is owed"
    waiting = [row for row in found.deadlines if row.kind == "signature_pending" and row.state != "stopped"]
    if len(waiting) != bool(expected):
        yield f"{len(waiting)} clocks run for {len(expected)} people who may sign"


def _steps(found: Traces) -> Iterator[str]:
    """The version counts the steps; the task stands where the last one led; each comes of one proposal."""
    versions = [row.version for row in found.steps]
    if versions != list(range(2, len(versions) + 2)) or found.task.version != len(versions) + 1:
        yield f"version {found.task.version} with the steps {versions}"
    if found.steps and (found.task.state, found.task.round) != (found.steps[-1].state, found.steps[-1].round):
        yield f"the task is {found.task.state}, its last step led to {found.steps[-1].state}"
    moved = sorted(row.id for row in found.proposals if row.state == "moved")
    if moved != sorted(row.proposal_id for row in found.steps if row.proposal_id is not None):
        yield f"the proposals {moved} have moved the task, its steps say otherwise"
    started = any(row.trigger == "start" for row in found.steps)
    if found.progress != found.measures * started:
        yield f"{found.progress} of {found.measures} measures have dates; started: {started}"
    at_once = any(row.trigger == "acknowledge" for row in found.steps)
    if at_once != (found.task.acknowledged_at is not None):
        yield "the task's acknowledgement does not fit its steps"


def _record(found: Traces) -> Iterator[str]:
    """The chain is whole, every entry waits for its place in the log, and has the words it refers to."""
    rows = [(row.seq, row.body, row.sha256, row.sm3) for row in found.entries]
    fault = check_chain(f"task:{found.task.id}", rows)
    if fault:
        yield f"entry {fault.seq} of the record is {fault.kind}"
    for row in found.entries:
        if row.id not in found.pending:
            yield f"entry {row.seq} waits for no place in the log"
        words = set(json.loads(row.body)["texts"])
        if words != {name for entry, name in found.texts if entry == row.id}:
            yield f"entry {row.seq} lacks words it refers to"


def _counts(found: Traces) -> Iterator[str]:
    """Everything that was done has one entry in the record, and every entry was done."""
    at_once = sum(1 for row in found.steps if row.proposal_id is None)
    done = Counter(
        create=1,
        propose=len(found.proposals) + at_once,
        sign=len(found.signatures),
        revise=sum(row.revision - 1 for row in found.proposals),
    )
    done.update(_ENDED_BY[row.state] for row in found.proposals if row.state in _ENDED_BY)
    recorded = found.actions()
    recorded.pop("refuse", None)
    if recorded != +done:
        yield f"recorded is {dict(recorded)}, done is {dict(+done)}"


def _clocks(found: Traces) -> Iterator[str]:
    """A clock that is held has one open pause; each kind has its visits in a row."""
    open_pauses = Counter(
        row.deadline_id for row in found.pauses if row.until is None and row.reason == "held"
    )
    visits = defaultdict(list)
    for row in found.deadlines:
        visits[row.kind].append(row.visit)
        if open_pauses[row.id] != (row.state == "held"):
            yield f"clock {row.id} is {row.state} with {open_pauses[row.id]} open pauses"
    for kind, numbers in visits.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"the clock {kind} has the visits {sorted(numbers)}"


def _mails(found: Traces) -> Iterator[str]:
    """Whoever must sign was told; every urgent notice has one mail, no other has one."""
    mails = Counter(row.notice_id for row in found.mails)
    causes = {(row.person_id, row.cause) for row in found.notices}
    if len(causes) != len(found.notices):
        yield "somebody was told twice"
    for row in found.notices:
        if mails[row.id] != bool(row.urgent):
            yield f"notice {row.id} has {mails[row.id]} mails"
    told = {row.person_id for row in found.notices}
    for row in found.awaiting:
        if row.person_id not in told:
            yield f"person {row.person_id} was not told to sign"
