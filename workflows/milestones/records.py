"""What is gathered and written when missing reports are urged and to-dos are decided: frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.audit import AuditDraft
from workflows.rectification.records import NoticeDraft


class ToDoOutcome(StrEnum):
    """How a to-do was decided."""

    ASKED = "asked"
    """提请督察室关注: the inspector's office is told."""
    NOT_ASKED = "not_asked"
    """暂不提请."""
    CHASED = "chased"
    """催请签批: whoever owes the signature is told."""
    NOT_CHASED = "not_chased"
    """暂不催请."""


OUTCOMES: Mapping[str, tuple[ToDoOutcome, ToDoOutcome]] = {
    "ask_inspector": (ToDoOutcome.ASKED, ToDoOutcome.NOT_ASKED),
    "chase_signature": (ToDoOutcome.CHASED, ToDoOutcome.NOT_CHASED),
}
"""For each kind of to-do how it may be decided: yes, or not now."""


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A task whose report is missing, and the departments that lead it."""

    task: int
    number: int
    due_on: date
    departments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MilestoneCase:
    """What is missing for one milestone of one plan.

    Attributes:
        plan: The plan.
        kind: The milestone's kind, which is also the clock's.
        missing: Tasks whose report was never handed in, or was returned.
        people: For each department the people who act for it.
        office: The name under which the performance office speaks.
    """

    plan: int
    kind: str
    missing: tuple[MissingReport, ...]
    people: Mapping[int, tuple[int, ...]]
    office: str


@dataclass(frozen=True, slots=True)
class Urge:
    """One department is urged: about its first missing task, naming all of them.

    Attributes:
        department: The department.
        task: The task the notice leads to.
        cause: What is told but once: this department, this milestone, this day.
        notices: Who is told.
    """

    department: int
    task: int
    cause: str
    notices: tuple[NoticeDraft, ...]


@dataclass(frozen=True, slots=True)
class UrgeReceipt:
    """What urging came to: departments told now, told earlier the same day, and with nobody to tell."""

    told: tuple[int, ...]
    told_before: tuple[int, ...]
    vacant: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToDoCase:
    """A to-do as it stands, locked.

    Attributes:
        to_do: Its identifier.
        kind: What is to be decided.
        role: The office that decides.
        task: The task.
        rung: The ladder's rung that left it.
        clock: The clock's kind.
        due_on: The clock's day.
        decided: How it was decided, where it was.
        lead_departments: Who leads the task.
        told: Whom a yes tells.
    """

    to_do: int
    kind: str
    role: str
    task: int
    rung: str
    clock: str
    due_on: date
    decided: str | None
    lead_departments: tuple[int, ...]
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToDoChange:
    """What a decision about a to-do writes."""

    outcome: ToDoOutcome
    notices: tuple[NoticeDraft, ...]
    audit: AuditDraft
