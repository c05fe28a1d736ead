"""What instructions need from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from engine.actor import Actor
from workflows.instructions.records import Change, DueConclusion, Earlier, Reminder, Standing


class InstructionWork(Protocol):
    """One unit of work over one task, whose row it holds locked; leaving it with an error undoes all."""

    standing: Standing
    """The task as it stands."""

    def earlier(self, key: str) -> Earlier | None:
        """Give what a key was used for before, in this organisation."""
        ...

    def apply(self, change: Change) -> int:
        """Write a change with its audit entry and notices; give the number of what was written."""
        ...


class InstructionStore(Protocol):
    """Opens units of work over tasks."""

    def work(self, task: int, actor: Actor, now: datetime) -> AbstractContextManager[InstructionWork]:
        """Lock a task that the actor may see, and gather.

        Raises:
            NotFoundError: There is no such task for this actor.
            RefusedError: ``key_reused``: a constraint held what a decision had let through.
        """
        ...


class ReminderWork(Protocol):
    """One unit of work over one conclusion, whose task it holds locked."""

    due: DueConclusion
    """The conclusion as it stands."""

    def apply(self, reminder: Reminder) -> None:
        """Write a reminder."""
        ...


class ReminderStore(Protocol):
    """Finds conclusions to remind of."""

    def due(self, today: date, limit: int) -> tuple[int, ...]:
        """Give conclusions whose reminder has come, the longest due first, at most ``limit``."""
        ...

    def work(
        self, conclusion: int, /, today: date, now: datetime
    ) -> AbstractContextManager[ReminderWork | None]:
        """Lock a conclusion's task; None when another process has it or nothing is due any more."""
        ...
