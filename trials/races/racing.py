"""Rounds of racing, and what must hold of them: one winner, a loser who knows why, a task that is whole."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Barrier

from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk
from trials.court.people import Court, settle
from trials.court.places import Places
from trials.court.tasks import RULES, Assignment, assign
from trials.crash.halves import halves
from trials.crash.traces import Traces, look
from trials.outcome import Outcome, Tooth
from trials.race.unlocked import UnlockedStore
from trials.races.ground import Ground, Press, Race, Said
from trials.races.handover import only
from trials.races.kinds import RACES
from web.wording import Wording
from workflows.catalogue import LANGUAGES
from workflows.rectification.ports import TaskStore
from workflows.rectification.vocabulary import Role

DEFAULT = 200
"""Rounds of each race in a full run on SQLite; half as many prove the same on PostgreSQL."""

_PATIENCE = 100
_HEAD_START = 0.004
_STEP = 0.001
_FAULT = "a command that lets go of its task between looking and writing"


@dataclass(slots=True)
class _Scene:
    database: Database
    court: Court
    dice: random.Random
    opener: Callable[[Database], TaskStore] = SqlTaskStore
    counts: Counter[str] = field(default_factory=Counter)
    lead: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def round(self, race: Race, on: Assignment, pool: ThreadPoolExecutor) -> list[str]:
        """Let both press once, and say what is wrong."""
        # Who raced before may have handed the role over.
        only(self.database, self.court, 0)
        presses = race.begin(Ground(self.database, Desk(self.opener(self.database), self.court), on))
        said = _at_once(presses, pool, self._late(race))
        with self.database.read() as connection:
            found = look(connection, on.task)
        won = race.won(said, found)
        self.lead[race.name] += _STEP if won[0] is not race.later_wins else -_STEP
        for side, first in zip(race.sides, won, strict=True):
            self.counts[f"{race.name}: {side} first"] += first
        wrong = [] if sum(won) == 1 else [f"{sum(won)} winners: {said}"]
        wrong += [fault for number in range(2) for fault in self._loser(race, number, said[number])]
        return [f"{race.name}, task {on.task}: {fault}" for fault in wrong + _halves(found, race)]

    def _late(self, race: Race) -> tuple[float, float]:
        """Give how late each side presses: whoever won more often has it harder, so that both come to win."""
        lead = self.lead[race.name]
        first, second = (self.dice.uniform(0, _HEAD_START) for _ in race.sides)
        return first + max(0.0, lead), second + max(0.0, -lead)

    def _loser(self, race: Race, number: int, said: Said) -> list[str]:
        """Whoever was refused learns why, in each language."""
        if said.done or not race.losers[number]:
            return []
        if not said.refused(*race.losers[number]):
            return [f"{race.sides[number]} was refused for {said.reasons}"]
        words = [
            Wording(each, RULES.timetable.zone, self.court.names).reason(said.reasons[0])
            for each in LANGUAGES
        ]
        return [] if all(words) and len(set(words)) == len(words) else [f"{said.reasons} says nothing"]


def run(place: Places, n: int, dice: random.Random) -> Outcome:
    """Run every race ``n`` times; then with a command that lets go of its task."""
    scene, tasks = _settle(place, n * len(RACES), dice)
    faults: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        for number, on in enumerate(tasks):
            faults += scene.round(RACES[number % len(RACES)], on, pool)
        scene.database.close()
        tooth = _planted(place, dice, pool)
    return Outcome(n, {"races": len(RACES), **scene.counts}, faults, tooth)


def _planted(place: Places, dice: random.Random, pool: ThreadPoolExecutor) -> Tooth:
    scene, tasks = _settle(place, _PATIENCE, dice)
    scene.opener = UnlockedStore
    try:
        for tries, on in enumerate(tasks, 1):
            if scene.round(RACES[0], on, pool):
                return Tooth(_FAULT, caught=True, after=tries)
    finally:
        scene.database.close()
    return Tooth(_FAULT, caught=False, after=len(tasks))


def _at_once(presses: Sequence[Press], pool: ThreadPoolExecutor, late: Sequence[float]) -> list[Said]:
    """Let both press at the same moment, give or take what a finger takes."""
    barrier = Barrier(len(presses))

    def press(number: int) -> Said:
        barrier.wait()
        time.sleep(late[number])
        return presses[number]()

    return list(pool.map(press, range(len(presses))))


def _halves(found: Traces, race: Race) -> list[str]:
    """The task is whole; where somebody else now has to sign, the record says so once more."""
    if race.sides[1] != "removal":
        return halves(found)
    return [fault for fault in halves(found) if "recorded is" not in fault]


def _settle(place: Places, count: int, dice: random.Random) -> tuple[_Scene, tuple[Assignment, ...]]:
    database = Database(place.new())
    now = datetime.now(UTC)
    court = settle(database, now, {Role.DEPARTMENT_HEAD: 2})
    tasks = assign(database, court, count, now)
    return _Scene(database, court, dice), tasks
