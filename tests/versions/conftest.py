"""A court with a few tasks, on each database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from engine.actor import Actor, system
from engine.bundle import Bundle
from storage.database import Database
from storage.definition_store import SqlVersionStore
from storage.migration_store import SqlMigrationStore
from storage.record_source import SqlRecordSource
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk, proposal
from trials.court.people import Court, settle
from trials.court.tasks import RULES, Assignment, assign
from workflows.rectification.vocabulary import Role
from workflows.versions.known import KINDS, TASKS, load
from workflows.versions.records import Published
from workflows.versions.rehearsing import Otherwise, Replayed, otherwise, replays

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KIND = KINDS[TASKS]


@dataclass(frozen=True, slots=True)
class Office:
    """The court at work on one database."""

    database: Database
    court: Court
    tasks: tuple[Assignment, ...]

    @property
    def system(self) -> Actor:
        """Whoever runs a command."""
        return system(self.court.organisation, "test")

    @property
    def versions(self) -> SqlVersionStore:
        """What was published."""
        return SqlVersionStore(self.database)

    @property
    def migrations(self) -> SqlMigrationStore:
        """Tasks that move."""
        return SqlMigrationStore(self.database, RULES.timetable.zone)

    @property
    def record(self) -> SqlRecordSource:
        """The record."""
        return SqlRecordSource(self.database)

    @property
    def desk(self) -> Desk:
        """Where commands are handed in."""
        return Desk(SqlTaskStore(self.database), self.court)

    def publish(self, text: str) -> Published:
        """Put a definition among the published ones, sound or not, and give it as it is kept."""
        self.versions.publish(load(text), self.system, NOW)
        return self.versions.versions(self.system, TASKS)[-1]

    def acknowledge(self, task: Assignment) -> None:
        """Let the handler acknowledge a new task."""
        bundle = Bundle(f"task:{task.task}", 1, "rectification@1", "acknowledge")
        self.desk.submit(task.task, self.court.people[Role.HANDLER][0], proposal(bundle, 1), NOW)

    def start(self, task: Assignment) -> None:
        """Let a new task be acknowledged and started, all signed."""
        self.acknowledge(task)
        self.desk.move("start", task, 2, NOW)

    def rehearse(self, text: str) -> list[Replayed]:
        """Decide everything in the record once more."""
        versions = self.versions.versions(self.system, TASKS)
        return list(replays(self.record, KIND, versions, KIND.compiled(text), self.system))

    def standing(self, text: str) -> list[Otherwise]:
        """Give the tasks that would stand differently."""
        today = RULES.timetable.local_day(NOW)
        found = otherwise(self.record, KIND, KIND.compiled(text), self.system, today)
        return [one for one in found if one is not None]


@pytest.fixture
def office(database: Database) -> Office:
    """Three tasks, all new."""
    court = settle(database, NOW)
    return Office(database, court, assign(database, court, 3, NOW))
