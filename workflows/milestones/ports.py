"""What urging and deciding need from storage."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from engine.actor import Actor
from engine.audit import AuditDraft
from workflows.milestones.records import MilestoneCase, ToDoCase, ToDoChange, Urge


class MilestoneStore(Protocol):
    """Reads who is missing, and writes who was urged."""

    def missing(self, plan: int, kind: str, actor: Actor, today: date) -> MilestoneCase:
        """Give what is missing for a milestone, as far as the actor may see it.

        Raises:
            NotFoundError: The plan has no such milestone, or is another organisation's.
        """
        ...

    def urge(self, urges: Sequence[Urge], audit: AuditDraft, actor: Actor, now: datetime) -> frozenset[int]:
        """Write the notices of departments not told of the same cause before, and record it.

        Returns:
            The departments that are told now.
        """
        ...


class ToDoWork(Protocol):
    """One unit of work over one to-do; leaving it without a commit undoes all."""

    case: ToDoCase
    """The to-do as it stands."""

    def apply(self, change: ToDoChange) -> None:
        """Write a decision and commit."""
        ...


class ToDoStore(Protocol):
    """Opens units of work over to-dos."""

    def work(self, to_do: int, actor: Actor, now: datetime) -> AbstractContextManager[ToDoWork]:
        """Lock the task and the to-do.

        Raises:
            NotFoundError: There is none for this actor.
        """
        ...
