"""What the rectification services need from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from engine.actor import Actor
from engine.audit import AuditDraft
from workflows.rectification.records import (
    Case,
    Change,
    DueDeadline,
    Earlier,
    PositionChanged,
    Receipt,
    Recorded,
    SweepChange,
)


class TaskWork(Protocol):
    """One unit of work over one task, whose row it holds locked. Leaving it without a commit undoes all."""

    case: Case
    """The task as it stands."""

    def earlier(self, key: str) -> Earlier | None:
        """Give what an idempotency key was used for before, in this organisation."""
        ...

    def recorded(self, action: str, person: int) -> tuple[Recorded, ...]:
        """Give what the record holds of a person's deeds of one kind on this task, the newest first."""
        ...

    def apply(self, change: Change) -> Receipt:
        """Write a change, its audit entry and its notices, and commit."""
        ...


class TaskStore(Protocol):
    """Opens units of work over tasks."""

    def work(self, task: int, actor: Actor, now: datetime) -> AbstractContextManager[TaskWork]:
        """Lock a task of the actor's organisation and gather its case.

        Raises:
            NotFoundError: There is no such task for this actor.
            SurroundingsError: The database cannot be reached or is full.
        """
        ...

    def record(self, draft: AuditDraft, actor: Actor, now: datetime) -> None:
        """Write an audit entry on its own, for a refusal."""
        ...


class SweepWork(Protocol):
    """One unit of work over one due deadline, whose task it holds locked."""

    due: DueDeadline
    """The deadline as it stands."""

    def apply(self, change: SweepChange) -> None:
        """Write what the sweep decided, and commit."""
        ...


class SweepStore(Protocol):
    """Finds due deadlines and opens units of work over them."""

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Give deadlines whose next moment has come, the longest due first, at most ``limit``."""
        ...

    def work(self, deadline: int, /, now: datetime) -> AbstractContextManager[SweepWork | None]:
        """Lock a deadline's task and gather; None when another process has it or it is no longer due."""
        ...


class PositionStore(Protocol):
    """Finds positions that began or ended, and what rests on them."""

    def changed(self, now: datetime, limit: int) -> tuple[PositionChanged, ...]:
        """Give positions that nobody has looked at since they began, ended or were changed by hand."""
        ...

    def waiting(self, change: PositionChanged) -> tuple[tuple[int, int], ...]:
        """Give the open proposals that may now wait for somebody else, each as task and proposal."""
        ...

    def settle(self, change: PositionChanged, now: datetime) -> None:
        """Note that a position was looked at; one that is over ends the log-ins from before its end."""
        ...
