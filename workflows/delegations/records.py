"""What is gathered and written when somebody delegates their signature: frozen data and its vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from engine.audit import AuditDraft
from workflows.rectification.records import NoticeDraft
from workflows.rectification.vocabulary import Role

DELEGATING_ROLES: Final = (
    Role.DEPARTMENT_HEAD,
    Role.RESPONSIBLE_LEADER,
    Role.PERFORMANCE_OFFICE_HEAD,
    Role.PERFORMANCE_LEADER,
    Role.CONFIDENTIALITY_REVIEWER,
)
"""Whoever signs may delegate: the roles in which the definition asks for a signature."""

APART_ROLES: Final = (Role.INSPECTOR, Role.ADMINISTRATOR)
"""Roles that take no part in tasks; whoever holds nothing else signs for nobody."""

LONGEST: Final = 366
"""Days that one delegation may last: longer is a change of office, not a journey."""

NEW: Final = "{new}"
"""Stands in a stream and in a notice's cause for the number of a delegation that is only now granted."""


class Scope(StrEnum):
    """On what somebody may sign for another."""

    ALL = "all"
    """Everything."""
    PLAN = "plan"
    """The tasks of one plan."""
    TASK = "task"
    """One task."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a delegation says.

    Attributes:
        principal: For whom is signed.
        delegate: Who signs.
        from_on: The first day.
        until_on: The last day; it counts whole.
        scope: On what.
        about: The plan or the task; None where the scope is everything.
    """

    principal: int
    delegate: int
    from_on: date
    until_on: date
    scope: Scope = Scope.ALL
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation that was not withdrawn, under its number."""

    delegation: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Party:
    """A person of the organisation: the roles held today, none where the account is disabled."""

    person: int
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a principal has arranged, locked.

    Attributes:
        principal: Whose signature it is about.
        other: The delegate or secretary it is about; None where there is no such person.
        secretaries: Who may delegate on the principal's behalf.
        standing: The principal's delegations that nobody withdrew and whose last day has not passed.
        exists: Whether the plan or task asked for is the organisation's; true where none is asked for.
    """

    principal: Party
    other: Party | None
    secretaries: frozenset[int]
    standing: tuple[Delegation, ...]
    exists: bool = True


@dataclass(frozen=True, slots=True)
class MandateChange:
    """What is written beside the row itself: who is told, and what is recorded."""

    notices: tuple[NoticeDraft, ...]
    audit: AuditDraft
