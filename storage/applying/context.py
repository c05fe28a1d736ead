"""What every writer of a change is handed: the unit of work, and the subject that is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.actor import Actor
from engine.facts import OpenProposal
from workflows.rectification.records import Case


@dataclass(frozen=True, slots=True)
class Context:
    """The unit of work over one locked task.

    Attributes:
        connection: The unit of work.
        case: The task as gathered in it.
        actor: Who acts.
        now: The moment that everything written carries.
        extension: Which of the task's extensions the change is about; 0 for the task itself.
    """

    connection: Connection
    case: Case
    actor: Actor
    now: datetime
    extension: int = 0

    @property
    def proposal(self) -> OpenProposal | None:
        """The subject's open proposal as gathered."""
        return self.case.extension_proposal if self.extension else self.case.proposal

    @property
    def task(self) -> int:
        """The task's identifier."""
        return self.case.task.task

    @property
    def organisation(self) -> int:
        """The task's organisation."""
        return self.case.task.organisation
