"""Ends and starts scheduler processes at random while the days go by."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from storage.database import Database
from storage.tables import rung
from trials.court.hands import Child, fork
from trials.court.people import Court, settle
from trials.court.places import Places, wait_until_alone
from trials.court.sabotage import drop_unique
from trials.court.tasks import RULES, Dates, assign
from trials.outcome import Outcome, Tooth
from trials.restarts.life import Life, product
from trials.restarts.once import faults, twice
from trials.restarts.unlocked import UnlockedSweeps
from workflows.rectification.ports import SweepStore
from workflows.rectification.sweeping import run_sweep

DEFAULT = 200
"""Restarts in a full run."""

_PROCESSES = 2
_LIFE = 0.5
_PLANS = 4
_BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_DAYS = timedelta(days=100)
_PATIENCE = 10
_PLANTED = 8
_OBEYS_WITHIN = 60.0
_FAULT = "a sweep without its lock and without the unique key of a rung"


@dataclass(slots=True)
class _Scene:
    """A database whose rungs come due while a hundred days go by."""

    url: str
    court: Court
    dice: random.Random
    sweeps: Callable[[Database], SweepStore] = product
    counts: Counter[str] = field(default_factory=Counter)

    def restart(self, times: int) -> list[str]:
        """Let two processes run; so many times, end one or both and start them again, some days later."""
        wrong: list[str] = []
        running = [self._start(0) for _ in range(_PROCESSES)]
        for number in range(1, times + 1):
            time.sleep(self.dice.uniform(0, _LIFE))
            for place in self.dice.sample(range(_PROCESSES), self.dice.randint(1, _PROCESSES)):
                wrong += self._end(running[place])
                running[place] = self._start(number / times)
        for child in running:
            wrong += self._end(child)
        return wrong

    def _start(self, elapsed: float) -> Child:
        return fork(Life(self.url, _BEGIN + _DAYS * elapsed, self.sweeps))

    def _end(self, child: Child) -> list[str]:
        """Half of them are told to end, half are killed."""
        if self.dice.random() < 0.5:
            self.counts["killed"] += 1
            child.kill()
            return []
        self.counts["told"] += 1
        child.tell(signal.SIGTERM)
        status = child.wait_at_most(_OBEYS_WITHIN)
        if status is None:
            child.kill()
        # Told before it could listen, a process ends by the signal itself.
        return [] if status in {0, -signal.SIGTERM} else [f"a process told to end ended with {status}"]


def run(place: Places, n: int, dice: random.Random) -> Outcome:
    """Restart ``n`` times; then do the same without what keeps two processes apart."""
    scene = _settle(place, n, dice)
    wrong = scene.restart(n)
    database = Database(scene.url)
    try:
        wait_until_alone(database)
        with database.read() as connection:
            scene.counts["rungs_by_processes"] = connection.execute(
                select(func.count(rung.c.id))
            ).scalar_one()
        end = _BEGIN + _DAYS
        while run_sweep(product(database), RULES.ladders, RULES.timetable, end):
            pass
        with database.read() as connection:
            wrong += faults(connection, scene.court, end)
            outcomes = connection.execute(select(rung.c.outcome, func.count()).group_by(rung.c.outcome))
            scene.counts.update({f"rungs_{outcome}": number for outcome, number in outcomes})
    finally:
        database.close()
    return Outcome(n, {"restarts": n, **scene.counts}, wrong, _planted(place, dice))


def _planted(place: Places, dice: random.Random) -> Tooth:
    for tries in range(1, _PATIENCE + 1):
        scene = _settle(place, _PLANTED, dice)
        scene.sweeps = UnlockedSweeps
        database = Database(scene.url)
        try:
            drop_unique(database, "rung", "uq_rung_deadline_id_version_visit_rung")
            database.close()
            scene.restart(_PLANTED)
            wait_until_alone(database)
            with database.read() as connection:
                if twice(connection):
                    return Tooth(_FAULT, caught=True, after=tries)
        finally:
            database.close()
    return Tooth(_FAULT, caught=False, after=_PATIENCE)


def _settle(place: Places, restarts: int, dice: random.Random) -> _Scene:
    """Create tasks enough to keep two processes busy for so many restarts."""
    url = place.new()
    database = Database(url)
    try:
        court = settle(database, _BEGIN)
        for number in range(_PLANS):
            later = timedelta(days=5 * number)
            assign(database, court, max(5, restarts // 2), _BEGIN, _dates(later))
    finally:
        database.close()
    return _Scene(url, court, dice)


def _dates(later: timedelta) -> Dates:
    return Dates(*(date(2026, month, day) + later for month, day in ((4, 10), (5, 8), (4, 24))))
