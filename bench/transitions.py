"""One whole move of a task: proposal with evidence, two signatures, history, record, notices and mails.

The move is a rework (退回整改), because people are told of it by urgent mail: it touches the outbox as
well. The password check is left out. The floor writes the same rows, found by comparing the tables, in the
same three transactions on a copy of the same database; in the end both copies must hold the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench import bare, rows
from bench.bare import Bare, Statement
from bench.figures import RUNS, Figures
from bench.rows import Snapshot
from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court.moves import SIGNERS, Desk, bundle, proposal, proposer, signature
from trials.court.people import Court, settle
from trials.court.places import Places, places
from trials.court.tasks import RULES, Assignment, assign

DEFAULT = 50
"""Moves in each run."""

_TRIGGER = "rework"
# Statements are compiled and prepared when they are met the first times; a server meets them all day.
_WARM = 8


@dataclass(frozen=True, slots=True)
class _Scene:
    court: Court
    tasks: tuple[Assignment, ...]
    version: int
    now: datetime


def run(backend: str, n: int) -> Figures:
    """Measure ``n`` moves in each run."""
    ours: list[float] = []
    floor: list[float] = []
    written, same = 0, True
    with places(backend) as place:
        url = place.new()
        scene = _prepare(url, n + _WARM)
        for _ in range(RUNS):
            product = _product(place, url, scene)
            statements = _statements(place, url, scene, product.turns)
            ours.append(product.spent / n * 1000)
            floor.append(statements.spent / n * 1000)
            same = same and product.left == statements.left
            written = sum(rows.counted(done) for turn in product.turns for done in turn.values())
    more = {
        "rows": round(written / len(scene.tasks), 1),
        "transactions": 1 + len(SIGNERS[_TRIGGER]),
        "same_rows": same,
    }
    return Figures(n, ours, floor, "milliseconds of processor time a move", more, sound=same)


def _prepare(url: str, count: int) -> _Scene:
    """Bring tasks to where they can be sent back, through the product."""
    now = datetime.now(UTC)
    database = Database(url)
    try:
        court = settle(database, now)
        tasks = assign(database, court, count, now)
        desk = Desk(SqlTaskStore(database), court)
        version = 1
        for task in tasks:
            version = 1
            for trigger in ("acknowledge", "start", "complete"):
                version = desk.move(trigger, task, version, now).version
    finally:
        database.close()
    return _Scene(court, tasks, version, now)


Turn = dict[int, tuple[Statement, ...]]
"""What one command wrote, task by task."""


@dataclass(frozen=True, slots=True)
class _Done:
    """Processor seconds, what was written command by command, and what the tables hold in the end."""

    spent: float
    turns: Sequence[Turn]
    left: Snapshot


def _product(place: Places, url: str, scene: _Scene) -> _Done:
    """Let the product move every task."""
    copy = place.copy(url)
    database, look = Database(copy), bare.connect(copy)
    try:
        return _moved(Desk(SqlTaskStore(database), scene.court), look, scene)
    finally:
        look.close()
        database.close()
        place.drop(copy)


def _moved(desk: Desk, look: Bare, scene: _Scene) -> _Done:
    clock = look.clock()
    today = RULES.timetable.local_day(scene.now)
    contents = {task.task: bundle(_TRIGGER, task, today) for task in scene.tasks}
    spent = 0.0
    work: list[Turn] = []
    proposals: dict[int, int] = {}
    before = rows.snapshot(look)
    for role in (None, *SIGNERS[_TRIGGER]):
        who = scene.court.people[role or proposer(_TRIGGER)][0]
        for part, counts in _parts(scene.tasks):
            started = clock()
            for task in part:
                content = contents[task.task]
                command = (
                    proposal(content, scene.version)
                    if role is None
                    else signature(proposals[task.task], 1, content.digest)
                )
                receipt = desk.submit(task.task, who, command, scene.now)
                proposals[task.task] = receipt.proposal or 0
            spent += (clock() - started) * counts
        after = rows.snapshot(look)
        work.append(rows.difference(before, after))
        before = after
    return _Done(spent, work, before)


def _statements(place: Places, url: str, scene: _Scene, work: Sequence[Turn]) -> _Done:
    """Write the same rows by bare statements."""
    copy = place.copy(url)
    connection = bare.connect(copy)
    try:
        clock = connection.clock()
        spent = 0.0
        for turn in work:
            for part, counts in _parts(scene.tasks):
                started = clock()
                for task in part:
                    connection.write(turn[task.task])
                spent += (clock() - started) * counts
        return _Done(spent, work, rows.snapshot(connection))
    finally:
        connection.close()
        place.drop(copy)


def _parts(tasks: Sequence[Assignment]) -> tuple[tuple[Sequence[Assignment], bool], ...]:
    """The first tasks warm everything up and do not count."""
    return (tasks[:_WARM], False), (tasks[_WARM:], True)
