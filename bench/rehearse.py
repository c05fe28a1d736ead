"""A change of the rules, rehearsed over everything the record holds: decided once more, and compared.

The change touches every move, so that nothing is passed over as decided by the same rules. The floor reads
the same entries and bundles by bare statements and parses them, which is what anybody would have to do first.
Entries beyond those of the tasks that really went their way are copies of these.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text

from bench import bare
from bench.bare import Bare
from bench.figures import RUNS, Figures
from engine.actor import system
from storage.database import Database
from storage.definition_store import SqlVersionStore
from storage.record_source import SqlRecordSource
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk
from trials.court.people import settle
from trials.court.places import places
from trials.court.tasks import assign
from workflows.versions.known import KINDS, TASKS
from workflows.versions.rehearsing import replays
from workflows.versions.replaying import Verdict

DEFAULT = 10_000
"""Recorded proposals and signatures in each run."""

_TASKS = 20
_COURSE = ("acknowledge", "start", "suspend", "resume", "complete", "rework")
_PIECE = 500
_COPY = text(
    "INSERT INTO audit_entry (organisation_id, stream, seq, at, person_id, action, body, sha256, sm3) "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :times) "
    "SELECT organisation_id, stream || '.' || i, seq, at, person_id, action, body, sha256, sm3 "
    "FROM n, audit_entry WHERE action IN ('propose', 'sign') ORDER BY i, id LIMIT :lacking"
)
_ENTRIES = (
    "SELECT id, body FROM audit_entry WHERE organisation_id = ? AND action IN ('propose', 'revise', 'sign') "
    "AND id > ? ORDER BY id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one rehearsal took, in processor time and on the clock on the wall, and what it found."""

    spent: float
    seconds: float
    found: Counter[str]


def run(backend: str, n: int) -> Figures:
    """Rehearse over ``n`` recorded steps in each run, at least as many as the tasks of the bench make."""
    ours: list[_Run] = []
    floor: list[float] = []
    with places(backend) as place:
        url = place.new()
        organisation, steps = _prepare(url, n)
        for _ in range(RUNS):
            connection = bare.connect(url)
            ours.append(_rehearse(url, organisation, connection))
            floor.append(_read(connection, organisation))
            connection.close()
    starts = steps // (_TASKS * 15)
    sound = all(
        each.found["seen"] == steps
        and not each.found[Verdict.UNCLEAR]
        and each.found[Verdict.REFUSED] >= starts
        for each in ours
    )
    more = {"steps": steps, "slowest_seconds": round(max(each.seconds for each in ours), 2)}
    unit = "seconds of processor time a rehearsal"
    return Figures(n, [each.spent for each in ours], floor, unit, more, sound=sound)


def _prepare(url: str, n: int) -> tuple[int, int]:
    """Let some tasks go their way, and copy what was recorded of them until there is enough."""
    now = datetime.now(UTC)
    database = Database(url)
    try:
        court = settle(database, now)
        desk = Desk(SqlTaskStore(database), court)
        for task in assign(database, court, _TASKS, now):
            version = 1
            for trigger in _COURSE:
                version = desk.move(trigger, task, version, now).version
        source, actor = SqlRecordSource(database), system(court.organisation, "bench")
        have = source.count(actor)
        if n > have:
            with database.write() as connection:
                connection.execute(_COPY, {"times": n // have + 1, "lacking": n - have})
        return court.organisation, source.count(actor)
    finally:
        database.close()


def _changed() -> str:
    """Another document for starting, and a kind of evidence that makes every move a case of its own."""
    text_ = KINDS[TASKS].text().replace("version = 1", "version = 2", 1)
    text_ = text_.replace("evidence_kinds = [", 'evidence_kinds = ["letter",', 1)
    return text_.replace('evidence = ["work_plan"]', 'evidence = ["work_plan", "letter"]', 1)


def _rehearse(url: str, organisation: int, connection: Bare) -> _Run:
    kind, actor = KINDS[TASKS], system(organisation, "bench")
    database = Database(url)
    try:
        after = kind.compiled(_changed())
        versions = SqlVersionStore(database).versions(actor, kind.name)
        found = Counter[str]()
        clock, began = connection.clock(), time.monotonic()
        before = clock()
        for one in replays(SqlRecordSource(database), kind, versions, after, actor):
            found["seen"] += 1
            found.update(difference.verdict for difference in one.differences)
        return _Run(clock() - before, time.monotonic() - began, found)
    finally:
        database.close()


def _read(connection: Bare, organisation: int) -> float:
    clock = connection.clock()
    before, last = clock(), 0
    while piece := connection.rows(_ENTRIES, (organisation, last, _PIECE)):
        last = piece[-1][0]
        bodies = [json.loads(body) for _, body in piece]
        proposals = sorted({b["references"]["proposal"] for b in bodies if "proposal" in b["references"]})
        marks = ", ".join("?" for _ in proposals)
        bundles = connection.rows(
            f"SELECT bundle FROM proposal_revision WHERE proposal_id IN ({marks})",
            proposals,
        )
        for (bundle,) in bundles:
            json.loads(bundle)
    return clock() - before
