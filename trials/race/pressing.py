"""Eight hands that press at once: eight threads, or eight processes that wait at one barrier."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Protocol

from engine.commands import Command
from engine.reasons import Reason, RefusedError
from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk
from trials.court.people import Court
from workflows.rectification.ports import TaskStore
from workflows.rectification.records import Receipt

HANDS = 8
"""How many press at once."""


@dataclass(frozen=True, slots=True)
class Press:
    """One person's command on a task."""

    who: int
    task: int
    command: Command


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: a receipt, the reasons of a refusal, or what broke."""

    who: int
    at: datetime
    receipt: Receipt | None
    reasons: tuple[Reason, ...]
    fault: str = ""


class Hands(Protocol):
    """Whoever lets eight people press at once."""

    def press(self, presses: Sequence[Press]) -> list[Answer]:
        """Let everybody press, and wait for all the answers."""
        ...


Opener = Callable[[Database], TaskStore]
"""What a process makes of the database: the product's store, or one with a fault."""


def _pressed(desk: Desk, press: Press) -> Answer:
    now = datetime.now(UTC)
    try:
        return Answer(press.who, now, desk.submit(press.task, press.who, press.command, now), ())
    except RefusedError as error:
        return Answer(press.who, now, None, error.refusal.reasons)
    # The others wait for this one: whatever breaks is told, and is what the trial looks for.
    except Exception as error:  # noqa: BLE001
        return Answer(press.who, now, None, (), repr(error))


class _Threads:
    def __init__(self, desk: Desk, pool: ThreadPoolExecutor) -> None:
        self._desk = desk
        self._pool = pool
        self._barrier = threading.Barrier(HANDS)

    def press(self, presses: Sequence[Press]) -> list[Answer]:
        return list(self._pool.map(self._one, presses))

    def _one(self, press: Press) -> Answer:
        self._barrier.wait()
        return _pressed(self._desk, press)


class _Processes:
    def __init__(self, ends: Sequence[Connection]) -> None:
        self._ends = ends

    def press(self, presses: Sequence[Press]) -> list[Answer]:
        for end, press in zip(self._ends, presses, strict=True):
            end.send(press)
        return [end.recv() for end in self._ends]


@contextmanager
def threads(url: str, court: Court) -> Iterator[Hands]:
    """Eight threads of this process over one database."""
    database = Database(url)
    try:
        with ThreadPoolExecutor(HANDS) as pool:
            yield _Threads(Desk(SqlTaskStore(database), court), pool)
    finally:
        database.close()


@contextmanager
def processes(url: str, court: Court, opener: Opener = SqlTaskStore) -> Iterator[Hands]:
    """Eight processes, each with the database to itself; must be entered before any thread is started."""
    forking = multiprocessing.get_context("fork")
    barrier = forking.Barrier(HANDS)
    pairs = [forking.Pipe() for _ in range(HANDS)]

    def serve(end: Connection) -> None:
        database = Database(url)
        desk = Desk(opener(database), court)
        while (press := end.recv()) is not None:
            barrier.wait()
            end.send(_pressed(desk, press))
        database.close()

    workers = [forking.Process(target=serve, args=(theirs,), daemon=True) for _, theirs in pairs]
    for worker in workers:
        worker.start()
    try:
        yield _Processes([ours for ours, _ in pairs])
    finally:
        for ours, _ in pairs:
            ours.send(None)
        for worker in workers:
            worker.join(10)
