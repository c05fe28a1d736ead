"""What storage hands over about versions and the record, and what it is asked to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.audit import AuditDraft
from workflows.rectification.records import ClockStopped, DeadlineKind


@dataclass(frozen=True, slots=True)
class Published:
    """A definition as an organisation published it.

    Attributes:
        identifier: Its row.
        name: Its name.
        version: Its version.
        digest: SHA-256 of its text.
        text: Its text.
        published_at: When.
    """

    identifier: int
    name: str
    version: int
    digest: str
    text: str
    published_at: datetime

    @property
    def reference(self) -> str:
        """Name and version, for example ``rectification@2``."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A task on its version.

    Attributes:
        task: Its identifier.
        plan: Its plan's title.
        number: Its number in the plan.
        version: The version it runs on.
    """

    task: int
    plan: str
    number: int
    version: int


@dataclass(frozen=True, slots=True)
class Migrated:
    """A task moves to another version: storage writes all of it or none.

    Attributes:
        definition: The row of the version it moves to.
        clocks: The clocks that end, because the version does not know their kinds.
        next_due_on: The day that runs out first afterwards.
        next_kind: The kind of that clock.
        audit: The entry of the record of operations.
    """

    definition: int
    clocks: tuple[ClockStopped, ...]
    next_due_on: date | None
    next_kind: DeadlineKind | None
    audit: AuditDraft


@dataclass(frozen=True, slots=True)
class Recorded:
    """A proposal, a revision or a signature as the record has it.

    Attributes:
        entry: The entry's identifier, which is where the next piece begins.
        number: The task's number in its plan.
        body: What the entry says.
        bundle: The canonical text of what it is about; None where it was not found.
        waiting: The canonical text of the proposal that was open; None where none was, or it was not found.
    """

    entry: int
    number: int
    body: Mapping[str, Any]
    bundle: str | None
    waiting: str | None
