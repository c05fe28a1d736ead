"""Makes demonstrations for the tests, on any day, in memory where the machine has room there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from cli.demo import court
from cli.demo.home import scratch
from cli.demo.mailbox.letters import Letters
from cli.demo.making import Workshop, make
from cli.demo.settling import Settled
from engine.actor import Actor
from storage.blobs.directory import DirectoryBlobStore
from storage.database import Database
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.timetable import DEFAULT_ZONE, Timetable
from workflows.rectification.service import Rules

MAIL_FROM = "整改督办 <zhenggai@example.test>"
BASE_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Made:
    """A demonstration as it stands on its day."""

    today: date
    now: datetime
    shop: Workshop
    settled: Settled
    steps: tuple[tuple[int, int], ...]

    def actor(self, login: str) -> Actor:
        """Give somebody of the court."""
        return self.settled.actor(login)

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Give what a statement finds."""
        with self.shop.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]


@contextmanager
def made(today: date, at: time = time(10, 30)) -> Iterator[Made]:
    """Make a demonstration on a day."""
    now = datetime.combine(today, at, DEFAULT_ZONE).astimezone(UTC)
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory(dir=scratch(Path(here))) as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder / 'zhenggai.db'}")
        database.migrate()
        shop = Workshop(
            database=database,
            blobs=DirectoryBlobStore(folder / "evidence"),
            letters=Letters(folder / "mailbox"),
            rules=Rules(Timetable(WorkingCalendar()), standard_ladders()),
            mail_from=MAIL_FROM,
            base_url=BASE_URL,
        )
        steps: list[tuple[int, int]] = []
        make(shop, now, lambda happened, of: steps.append((happened, of)))
        try:
            yield Made(today, now, shop, _settled(database), tuple(steps))
        finally:
            database.close()


def _settled(database: Database) -> Settled:
    """Find the court again as anybody would who opens the database."""
    with database.read() as connection:
        (organisation,) = connection.exec_driver_sql("SELECT id FROM organisation").scalars()
        departments = {
            name: number for number, name in connection.exec_driver_sql("SELECT id, name FROM department")
        }
        people = {
            login: number
            for number, login in connection.exec_driver_sql("SELECT person_id, login FROM account")
        }
    assert set(people) == {member.login for member in court.MEMBERS}
    return Settled(organisation, departments, people)
