"""What confirming a plan needs from storage, and the failures it promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.errors import ZhenggaiError
from workflows.plans.records import (
    Created,
    Directory,
    DraftRecord,
    DraftState,
    EarlierImport,
    NewDraft,
    NewPlan,
)


class DraftStaleError(ZhenggaiError):
    """Somebody else saved the import meanwhile (``plan_draft_changed``); nothing was changed."""

    def __init__(self) -> None:
        super().__init__("plan_draft_changed")


class DraftClosedError(ZhenggaiError):
    """The import was confirmed or discarded (``plan_draft_closed``: ``draft_state``); nothing was changed."""

    def __init__(self, state: DraftState) -> None:
        super().__init__("plan_draft_closed", draft_state=state)


class PlanExistsError(ZhenggaiError):
    """A plan of this title and year exists already (``plan_exists``: ``title``, ``year``)."""

    def __init__(self, title: str, year: int) -> None:
        super().__init__("plan_exists", title=title, year=year)


class PlanStore(Protocol):
    """Keeps imports that wait for a person, and creates plans. Every call is one transaction."""

    def directory(self, actor: Actor, on: date) -> Directory:
        """Give the departments and people of the actor's organisation, with the posts held on a day."""
        ...

    def settings(self, actor: Actor) -> Mapping[str, str]:
        """Give the organisation's settings."""
        ...

    def definition(self, actor: Actor, name: str) -> str | None:
        """Give the text of the newest definition that the organisation published; None where it has none."""
        ...

    def earlier(self, source_digest: str, actor: Actor) -> tuple[EarlierImport, ...]:
        """Give what came of the same file before, the newest first; discarded imports are left out."""
        ...

    def begin(self, draft: NewDraft, actor: Actor, now: datetime) -> int:
        """Keep a document that was read, and record it; gives the import's identifier."""
        ...

    def load(self, draft: int, actor: Actor) -> DraftRecord:
        """Give an import.

        Raises:
            NotFoundError: The actor's organisation has none with this identifier.
        """
        ...

    def save(
        self,
        draft: int,
        version: int,
        corrections: Mapping[str, str],
        audit: AuditDraft,
        actor: Actor,
        now: datetime,
    ) -> int:
        """Replace the corrections of an open import, record it, and give its new version.

        Raises:
            NotFoundError: See :meth:`load`.
            DraftStaleError: It is no longer of this version.
            DraftClosedError: It is no longer open.
        """
        ...

    def discard(self, draft: int, version: int, audit: AuditDraft, actor: Actor, now: datetime) -> None:
        """Put an open import aside, and record it.

        Raises:
            NotFoundError: See :meth:`load`.
            DraftStaleError: See :meth:`save`.
            DraftClosedError: See :meth:`save`.
        """
        ...

    def create(
        self, draft: int, version: int, plan: NewPlan, audit: AuditDraft, actor: Actor, now: datetime
    ) -> Created:
        """Create a plan with all its tasks from an open import and close the import, all or nothing.

        Raises:
            NotFoundError: See :meth:`load`.
            DraftStaleError: See :meth:`save`.
            DraftClosedError: See :meth:`save`.
            PlanExistsError: The organisation has a plan of this title and year.
        """
        ...
