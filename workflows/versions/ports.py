"""What versions need from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from engine.actor import Actor
from engine.definition import Definition
from workflows.rectification.records import Case
from workflows.versions.records import Migrated, Published, Recorded, Standing


class VersionStore(Protocol):
    """Keeps what was published. Every call is one transaction."""

    def versions(self, actor: Actor, name: str) -> tuple[Published, ...]:
        """Give what the actor's organisation published under a name, the oldest first."""
        ...

    def publish(self, definition: Definition, actor: Actor, now: datetime) -> int:
        """Write a version with its audit entry, and give its row.

        Raises:
            RefusedError: ``version_not_next``: somebody else published this version meanwhile.
        """
        ...


class TaskSource(Protocol):
    """Reads tasks one by one, without a lock."""

    def size(self, actor: Actor) -> int:
        """Say how many tasks there are."""
        ...

    def tasks(self, actor: Actor, after: int, limit: int) -> tuple[Standing, ...]:
        """Give tasks of the actor's organisation whose identifiers come after one, in their order."""
        ...

    def case(self, task: int, actor: Actor, today: date) -> Case:
        """Give a task as it stands.

        Raises:
            NotFoundError: There is no such task for this actor.
        """
        ...


class MigrationWork(Protocol):
    """One unit of work over one task, whose row it holds locked. Leaving it with an error undoes all."""

    case: Case
    """The task as it stands."""

    def apply(self, migrated: Migrated) -> None:
        """Write what moves the task to another version."""
        ...


class MigrationStore(TaskSource, Protocol):
    """Opens units of work over tasks that move to another version."""

    def work(self, task: int, actor: Actor, now: datetime) -> AbstractContextManager[MigrationWork]:
        """Lock a task of the actor's organisation and gather its case.

        Raises:
            NotFoundError: There is no such task for this actor.
            SurroundingsError: The database cannot be reached or is full.
        """
        ...


class RecordSource(TaskSource, Protocol):
    """Reads the record in pieces."""

    def count(self, actor: Actor) -> int:
        """Say how many proposals, revisions and signatures the record holds."""
        ...

    def piece(self, actor: Actor, after: int, limit: int) -> tuple[Recorded, ...]:
        """Give those whose entries come after one, the oldest first, at most ``limit``."""
        ...
