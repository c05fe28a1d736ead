"""Writers that leave each other no pause, and how often each of them had its turn."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Barrier, Event

from engine.commands import Withdraw
from engine.errors import ZhenggaiError
from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court import moves
from trials.court.moves import Desk
from trials.court.people import Court, settle
from trials.court.places import Places
from trials.court.tasks import RULES, Assignment, assign
from trials.outcome import Outcome, Tooth
from trials.writers.unqueued import Unqueued
from workflows.rectification.vocabulary import Role

DEFAULT = 2000
"""Turns of all writers in a full run."""

_WRITERS = 4
_LEAST = 200
"""Fewer turns than this say nothing about shares."""
_HALF = 0.5
_PATIENCE = 20
_SLOWEST = 600.0
_FORKING = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class _Writer:
    """One process: it proposes and withdraws on a task of its own, without a pause.

    Attributes:
        url: The database's address.
        court: Its people.
        on: The task.
        opener: What is made of the address: the product's database, or one with a fault.
        turns: Where it counts its turns.
        failed: Where all count the turns that failed.
        together: What all wait at before they begin.
        over: Set when it is over.
    """

    url: str
    court: Court
    on: Assignment
    opener: Callable[[str], Database]
    turns: Synchronized[int]
    failed: Synchronized[int]
    together: Barrier
    over: Event

    def __call__(self) -> None:
        """Write until it is over; a turn that fails is counted as such."""
        database = self.opener(self.url)
        desk, handler = Desk(SqlTaskStore(database), self.court), self.court.people[Role.HANDLER][0]
        self.together.wait()
        while not self.over.is_set():
            now = datetime.now(UTC)
            content = moves.bundle("start", self.on, RULES.timetable.local_day(now))
            try:
                opened = desk.submit(self.on.task, handler, moves.proposal(content, 2), now)
                self._count(self.turns)
                desk.submit(self.on.task, handler, Withdraw(opened.proposal or 0, 1), now)
                self._count(self.turns)
            except ZhenggaiError:
                self._count(self.failed)
        database.close()

    def _count(self, where: Synchronized[int]) -> None:
        with where.get_lock():
            where.value += 1


@dataclass(frozen=True, slots=True)
class _Shares:
    """What came of one run: the turns of each writer, and how many turns or writers failed."""

    turns: tuple[int, ...]
    failed: int
    seconds: float

    @property
    def slowest(self) -> float:
        """The slowest writer's share of a fair one."""
        return min(self.turns) * len(self.turns) / max(1, sum(self.turns))

    def faults(self) -> list[str]:
        """Say what is wrong with them."""
        wrong = [f"{self.failed} turns failed"] if self.failed else []
        if self.slowest < _HALF:
            wrong.append(f"the slowest of {self.turns} got {self.slowest:.3f} of a fair share")
        return wrong


def run(place: Places, n: int, dice: random.Random) -> Outcome:
    """Let four write until they had ``n`` turns, and at least some hundreds; then where nobody queues."""
    del dice
    wanted = max(n, _LEAST)
    shares = _write(place, wanted, Database)
    counts = {
        "turns": sum(shares.turns),
        "least": min(shares.turns),
        "most": max(shares.turns),
        "failed": shares.failed,
        "slowest_percent_of_fair_share": round(100 * shares.slowest),
        "turns_a_second": round(sum(shares.turns) / shares.seconds),
    }
    return Outcome(n, counts, shares.faults(), _planted(place))


def _planted(place: Places) -> Tooth:
    fault = "writers that try again and again where they should queue"
    for tries in range(1, _PATIENCE + 1):
        if _write(place, _LEAST, Unqueued).faults():
            return Tooth(fault, caught=True, after=tries)
    return Tooth(fault, caught=False, after=_PATIENCE)


def _write(place: Places, wanted: int, opener: Callable[[str], Database]) -> _Shares:
    """Let four processes write until they had so many turns together."""
    url, court, tasks = _settle(place)
    turns = [_FORKING.Value("q", 0) for _ in range(_WRITERS)]
    failed, together, over = _FORKING.Value("q", 0), _FORKING.Barrier(_WRITERS + 1), _FORKING.Event()
    workers = [
        _FORKING.Process(target=_Writer(url, court, on, opener, each, failed, together, over), daemon=True)
        for on, each in zip(tasks, turns, strict=True)
    ]
    for worker in workers:
        worker.start()
    together.wait()
    began = time.monotonic()
    while sum(each.value for each in turns) < wanted and time.monotonic() - began < _SLOWEST:
        time.sleep(0.01)
    # Shares are read before anybody learns that it is over: the last turns belong to nobody's patience.
    seen, seconds = tuple(each.value for each in turns), time.monotonic() - began
    over.set()
    for worker in workers:
        worker.join(60)
    died = sum(worker.exitcode != 0 for worker in workers)
    return _Shares(seen, failed.value + died, seconds)


def _settle(place: Places) -> tuple[str, Court, tuple[Assignment, ...]]:
    url = place.new()
    database = Database(url)
    try:
        now = datetime.now(UTC)
        court = settle(database, now)
        tasks = assign(database, court, _WRITERS, now)
        desk = Desk(SqlTaskStore(database), court)
        for on in tasks:
            desk.move("acknowledge", on, 1, now)
    finally:
        database.close()
    return url, court, tasks
