"""What every writer of a change is handed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.actor import Actor
from workflows.rectification.records import Case


@dataclass(frozen=True, slots=True)
class Context:
    """The unit of work over one locked task.

    Attributes:
        connection: The unit of work.
        case: The task as gathered in it.
        actor: Who acts.
        now: The moment that everything written carries.
    """

    connection: Connection
    case: Case
    actor: Actor
    now: datetime

    @property
    def task(self) -> int:
        """The task's identifier."""
        return self.case.task.task

    @property
    def organisation(self) -> int:
        """The task's organisation."""
        return self.case.task.organisation
