"""The process that is killed: it works on one task and says on a pipe what was acknowledged."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import Enum

from sqlalchemy import Connection, event

from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk
from trials.court.people import Court
from trials.court.tasks import RULES, Assignment
from trials.crash.choosing import choose

READY = "ready"
"""The first line on the pipe: everything is open, the work begins."""


class Plant(Enum):
    """What is broken on purpose."""

    NOTHING = "nothing"
    """The product as it is."""
    SPLIT = "a commit split in two, the entry of the record in the second"
    """A change is committed before its entry in the record."""
    EARLY = "an acknowledgement before its commit"
    """Somebody is told that it is done before it is."""
    FORGETFUL = "a request that is not known again"
    """What was asked for before is decided anew."""


@dataclass(frozen=True, slots=True)
class Work:
    """One life of the process."""

    url: str
    court: Court
    on: Assignment
    seed: int
    plant: Plant
    pipe: int

    def __call__(self) -> None:
        """Work until somebody kills it."""
        database = _Split(self.url) if self.plant is Plant.SPLIT else Database(self.url)
        desk = Desk(SqlTaskStore(database), self.court)
        dice = random.Random(self.seed)
        self._say(READY)
        while True:
            now = datetime.now(UTC)
            with database.read() as connection:
                choice = choose(connection, self.court, self.on, RULES.timetable.local_day(now), dice)
            self._say({"asks": choice.as_text()})
            if self.plant is Plant.EARLY:
                self._say(choice.acknowledgement())
            receipt = desk.submit(self.on.task, choice.who, choice.command, now)
            if self.plant is not Plant.EARLY:
                self._say({**choice.acknowledgement(), "answer": asdict(receipt)})

    def _say(self, line: str | Mapping[str, object]) -> None:
        # Whatever arrives without its end was said to nobody.
        os.write(self.pipe, json.dumps(line).encode() + b"\n")


class _Split(Database):
    """Commits what was written so far before an entry of the record is written."""

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with super().write() as connection:
            event.listen(connection, "before_cursor_execute", self._split)
            yield connection

    def _split(self, connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("INSERT INTO audit_entry"):
            return
        cursor = connection.connection.cursor()
        for text in ("COMMIT", "BEGIN IMMEDIATE" if self.dialect == "sqlite" else "BEGIN"):
            cursor.execute(text)
