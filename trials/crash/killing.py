"""Kills the process at random moments and looks at what it leaves."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TextIO

from sqlalchemy import Connection, select

from storage.database import Database
from storage.tables import proposal, proposal_revision, signature, step
from storage.task_store import SqlTaskStore
from tests.support.surroundings import ROOT
from trials.court.hands import fork
from trials.court.moves import Desk
from trials.court.people import Court, settle
from trials.court.places import Places, wait_until_alone
from trials.court.tasks import Assignment, assign
from trials.crash.halves import halves
from trials.crash.resending import ForgetfulStore, resend
from trials.crash.traces import look
from trials.crash.worker import READY, Plant, Work
from trials.outcome import Outcome, Tooth

DEFAULT = 200
"""Kills in a full run."""

_TASKS = 8
# Acknowledgements that a process may live to give before the moment of its death is drawn.
_HEARD = 8
_PATIENCE = 100


@dataclass(slots=True)
class _Scene:
    """A database whose tasks are worked on, one by one, by processes that are killed.

    Attributes:
        heard: What the latest process said before the moment of its death was drawn.
        pace: The seconds that a command takes, as learnt so far.
    """

    url: str
    court: Court
    tasks: tuple[Assignment, ...]
    dice: random.Random
    entries: Counter[int] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)
    pace: float = 0.05

    def kill_once(self, plant: Plant) -> list[str]:
        """Let a process work, kill it, and say what is wrong with what it leaves."""
        self.heard = []
        on = self.dice.choice(self.tasks)
        read, write = os.pipe()
        child = fork(Work(self.url, self.court, on, self.dice.getrandbits(32), plant, write))
        os.close(write)
        with os.fdopen(read) as lines:
            alive = json.loads(lines.readline() or "null") == READY and self._hear(lines)
            child.kill()
            # A line that was cut off was acknowledged to nobody.
            lived = [json.loads(line) for line in [*self.heard, *lines] if line.endswith("\n")]
        said = [line for line in lived if "asks" not in line]
        wrong = [] if alive else ["the process ended by itself"]
        wrong += self._look(on.task, said)
        if plant in {Plant.NOTHING, Plant.FORGETFUL}:
            wrong += self._resend(on.task, lived, plant)
        return wrong

    def _resend(self, number: int, lived: list[dict[str, Any]], plant: Plant) -> list[str]:
        """Ask for everything again that was asked for in that life; the last may be done only now."""
        database = Database(self.url)
        try:
            store = SqlTaskStore(database) if plant is Plant.NOTHING else ForgetfulStore(database)
            wrong, late = resend(Desk(store, self.court), number, lived)
        finally:
            database.close()
        self.counts.update(resent=len(lived) - len([line for line in lived if "asks" not in line]), late=late)
        if plant is Plant.NOTHING and late:
            self.entries[number] += late
        return wrong + (self._look(number, [], unheard=0) if plant is Plant.NOTHING else [])

    def _hear(self, lines: TextIO) -> bool:
        """Listen to some acknowledgements, and then for a random part of the time that the next ones take."""
        began = time.monotonic()
        # Each command is asked for in one line and acknowledged in the next.
        self.heard = [lines.readline() for _ in range(2 * self.dice.randint(0, _HEARD))]
        if self.heard:
            self.pace += ((time.monotonic() - began) / (len(self.heard) / 2) - self.pace) / 4
        time.sleep(self.dice.uniform(0, 1.5 * self.pace))
        return "" not in self.heard

    def look_at_all(self) -> list[str]:
        """Say what is wrong with any task."""
        return [fault for on in self.tasks for fault in self._look(on.task, [])]

    def _look(self, number: int, said: list[dict[str, object]], unheard: int = 1) -> list[str]:
        database = Database(self.url)
        try:
            wait_until_alone(database)
            with database.read() as connection:
                found = look(connection, number)
                missing = [f"missing: {line}" for line in said if not _is_there(connection, line)]
        finally:
            database.close()
        new = len(found.entries) - self.entries[number]
        self.entries[number] = len(found.entries)
        self.counts.update(acknowledged=len(said), unheard=max(0, new - len(said)))
        self.counts.update(str(line["what"]).lower() for line in said)
        # The last command may be done though nobody heard of it: the process died in between.
        more = (
            [] if len(said) <= new <= len(said) + unheard else [f"{len(said)} acknowledged, {new} recorded"]
        )
        return missing + more + halves(found)


def run(place: Places, n: int, dice: random.Random) -> Outcome:
    """Kill ``n`` times, then plant the faults and kill until they are caught."""
    scene = _settle(place, dice)
    faults: list[str] = []
    for _ in range(n):
        faults += scene.kill_once(Plant.NOTHING)
    counts = {"kills": n, **scene.counts}
    faults += scene.look_at_all()
    faults += _verify(scene.url)
    planted = [_planted(_settle(place, dice), plant) for plant in Plant if plant is not Plant.NOTHING]
    return Outcome(n, counts, faults, planted[0], planted[1:])


def _settle(place: Places, dice: random.Random) -> _Scene:
    url = place.new()
    database = Database(url)
    try:
        now = datetime.now(UTC)
        court = settle(database, now)
        tasks = assign(database, court, _TASKS, now)
    finally:
        database.close()
    return _Scene(url, court, tasks, dice, Counter({on.task: 1 for on in tasks}))


def _planted(scene: _Scene, plant: Plant) -> Tooth:
    for tries in range(1, _PATIENCE + 1):
        if scene.kill_once(plant):
            return Tooth(plant.value, caught=True, after=tries)
    return Tooth(plant.value, caught=False, after=_PATIENCE)


def _is_there(connection: Connection, line: dict[str, object]) -> bool:
    """Look for what was acknowledged."""
    match line["what"]:
        case "Propose":
            wanted = [select(table.c.id).where(table.c.key == line["key"]) for table in (proposal, step)]
        case "Revise":
            wanted = [
                select(proposal_revision.c.revision).where(
                    proposal_revision.c.proposal_id == line["proposal"],
                    proposal_revision.c.digest == line["digest"],
                )
            ]
        case "Sign":
            wanted = [
                select(signature.c.id).where(
                    signature.c.proposal_id == line["proposal"],
                    signature.c.revision == line["revision"],
                    signature.c.person_id == line["who"],
                )
            ]
        case _:
            ended = "sent_back" if line["what"] == "SendBack" else "withdrawn"
            wanted = [
                select(proposal.c.id).where(proposal.c.id == line["proposal"], proposal.c.state == ended)
            ]
    return any(connection.execute(statement).first() for statement in wanted)


def _verify(url: str) -> list[str]:
    """Let the product's own command examine the record of operations."""
    command = [sys.executable, "-m", "cli", "audit", "verify"]
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
        given = {**os.environ, "ZHENGGAI_DATABASE_URL": url, "ZHENGGAI_DATA_DIR": folder}
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [f"audit verify: {done.returncode} {done.stdout}{done.stderr}"]
