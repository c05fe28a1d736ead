"""What delegating needs from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from engine.actor import Actor
from workflows.delegations.records import Delegation, Mandate, MandateChange, Scope, Terms


class MandateWork(Protocol):
    """One unit of work over what one principal arranged, locked. Leaving it by an error undoes all."""

    mandate: Mandate
    """It as it stands."""

    def grant(self, terms: Terms, change: MandateChange) -> int:
        """Write a delegation, and give its number."""
        ...

    def withdraw(self, delegation: int, change: MandateChange) -> None:
        """Write that a delegation has ended now."""
        ...

    def allow(self, secretary: int, change: MandateChange) -> None:
        """Write that somebody may delegate on the principal's behalf."""
        ...

    def disallow(self, secretary: int, change: MandateChange) -> None:
        """Write that somebody may no longer."""
        ...


class DelegationStore(Protocol):
    """Finds delegations and opens units of work over principals."""

    def find(self, delegation: int, actor: Actor) -> Delegation:
        """Give a delegation, withdrawn or not.

        Raises:
            NotFoundError: ``delegation_not_found`` in the actor's organisation.
        """
        ...

    def work(
        self,
        principal: int,
        actor: Actor,
        now: datetime,
        today: date,
        other: int | None = None,
        about: tuple[Scope, int | None] = (Scope.ALL, None),
    ) -> AbstractContextManager[MandateWork]:
        """Lock a principal and gather what they arranged.

        Args:
            principal: Whose signature it is about.
            actor: Who asks.
            now: When.
            today: The calendar day on which roles and periods count.
            other: The delegate or secretary it is about.
            about: The scope asked for, with its plan or task.

        Raises:
            NotFoundError: ``person_not_found`` in the actor's organisation.
        """
        ...
