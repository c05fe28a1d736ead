"""The sweep with a thousand due deadlines, among ten thousand open ones and among a million.

``growth`` says what the million costs; ``ratio`` compares with the same rows written by bare statements in as
many transactions, on a copy of the larger database. EXPLAIN must name the index on the next moment.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bench import bare, crowd, rows
from bench.bare import Bare
from bench.explain import index_of_due
from bench.figures import RUNS, Figures
from storage.database import Database
from storage.sweep_store import SqlSweepStore
from trials.court.people import settle
from trials.court.places import Places, places
from trials.court.tasks import RULES, Dates, assign
from workflows.rectification.sweeping import run_sweep
from workflows.rectification.vocabulary import DeadlineKind

DEFAULT = 1_000_000
"""Open deadlines in the larger database."""

INDEX = "ix_deadline_next_at"
"""What EXPLAIN must name."""

_SMALL, _DUE = 10_000, 1_000
# A Wednesday among working days, so that the rung of the day itself falls on it.
_DUE_ON = date(2026, 6, 10)
_MORNING = RULES.timetable.morning(_DUE_ON)
# Each turn has deadlines of its own, so that none has to be put back; the first turn warms everything up.
_TURNS = RUNS + 1
_KINDS = (DeadlineKind.COMPLETION, DeadlineKind.YEAR_END_REPORT, DeadlineKind.MID_TERM_REPORT)
_PARTS = _TURNS // len(_KINDS)
_DUE_QUERY = 'SELECT "id" FROM "deadline" WHERE "next_at" <= ? ORDER BY "next_at" LIMIT ?'


def run(backend: str, n: int) -> Figures:
    """Measure with ``n`` deadlines open, and with 10,000, or a tenth where ``n`` is small."""
    small = min(_SMALL, max(n // 10, 50))
    due = min(_DUE, small // 10)
    with places(backend) as place:
        urls = [_fill(place, size, due) for size in (small, n)]
        copy = place.copy(urls[1])
        with _scene(urls[0], due) as few, _scene(urls[1], due) as many, _opened(copy) as floor:
            turns = [_turn(few, many, floor, number) for number in range(_TURNS)]
            index = index_of_due(many.database, _moment(_TURNS), due)
            same = rows.snapshot(many.look, many.touched) == rows.snapshot(floor, many.touched)
    ours_few, ours, bare_ones = (
        [seconds * 1000 for seconds in side] for side in zip(*turns[1:], strict=True)
    )
    more = {
        "due": due,
        "smaller": small,
        "ours_in_smaller": round(statistics.median(ours_few), 4),
        "growth": round(statistics.median(ours) / statistics.median(ours_few), 3),
        "index": index,
        "same_rows": same,
    }
    unit = f"milliseconds of processor time for {due} due"
    return Figures(n, ours, bare_ones, unit, more, sound=same and index == INDEX)


def _moment(turn: int) -> datetime:
    """A turn's deadlines come due some minutes after those of the turn before."""
    return _MORNING + timedelta(minutes=turn)


def _fill(place: Places, size: int, due: int) -> str:
    """Make a database with so many open deadlines, so many of them due at each turn."""
    url = place.new()
    database = Database(url)
    try:
        now = _MORNING - timedelta(days=90)
        court = settle(database, now)
        days = Dates(*(_DUE_ON + timedelta(days=days) for days in (60, 150, 120)))
        pattern = assign(database, court, 1, now, days)[0].task
        tasks = crowd.multiply(database, pattern, size, _MORNING + timedelta(days=10))
        for turn in range(_TURNS):
            kind, part = divmod(turn, _PARTS)
            columns = {
                "due_on": _DUE_ON,
                # Whatever lies before the beginning of a clock does not exist: one rung fires at each turn.
                "started_at": _MORNING - timedelta(hours=1),
                "next_at": _moment(turn),
            }
            crowd.let_come_due(database, tasks[part * due : (part + 1) * due], _KINDS[kind], columns)
    finally:
        database.close()
    return url


@dataclass(frozen=True, slots=True)
class _Scene:
    """A filled database; ``touched`` says which rows of it a sweep can touch."""

    database: Database
    look: Bare
    due: int
    touched: Mapping[str, str]

    def sweep(self, now: datetime) -> float:
        """Let the product sweep, and give its processor seconds."""
        store, clock = SqlSweepStore(self.database, RULES.timetable.zone), self.look.clock()
        started = clock()
        resolved = run_sweep(store, RULES.ladders, RULES.timetable, now, self.due)
        spent = clock() - started
        if resolved != self.due:
            message = f"{resolved} of {self.due} due deadlines were resolved"
            raise RuntimeError(message)
        return spent


@contextmanager
def _scene(url: str, due: int) -> Iterator[_Scene]:
    database = Database(url)
    try:
        with _opened(url) as look:
            yield _Scene(database, look, due, crowd.condition(look, due * _PARTS))
    finally:
        database.close()


@contextmanager
def _opened(url: str) -> Iterator[Bare]:
    connection = bare.connect(url)
    try:
        yield connection
    finally:
        connection.close()


def _turn(few: _Scene, many: _Scene, floor: Bare, number: int) -> tuple[float, float, float]:
    """Give the seconds of the product in the smaller and in the larger database, and of bare statements."""
    now = _moment(number)
    in_few = few.sweep(now)
    before = rows.snapshot(many.look, many.touched)
    in_many = many.sweep(now)
    work = rows.difference(before, rows.snapshot(many.look, many.touched))
    clock = floor.clock()
    started = clock()
    floor.rows(_DUE_QUERY, (f"{now:%Y-%m-%d %H:%M:%S.%f}+00:00", many.due))
    for statements in work.values():
        floor.write(statements)
    return in_few, in_many, clock() - started
