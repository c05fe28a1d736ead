"""The facts of an extension that its guards read: identifiers, days and vocabulary, for they are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.facts import Facts


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """An extension and what of its task matters to it.

    Attributes:
        task: The task.
        number: Which of the task's extensions it is, from 1.
        stored: Whether it was asked for before; asking brings it into being.
        task_state: Where the task stands.
        due_on: The day the task is due as it stands; None where no clock for its completion is open.
        latest_on: The last day that may be asked for; None where no limit is set.
        today: The calendar day in the organisation's time zone.
        short_days: How many calendar days are still a short extension.
        granted: How many of the task's extensions were granted before.
    """

    task: int
    number: int
    stored: bool
    task_state: str
    due_on: date | None
    latest_on: date | None
    today: date
    short_days: int
    granted: int


def extension_facts(facts: Facts) -> ExtensionFacts:
    """Give a subject's facts as those of an extension.

    Raises:
        TypeError: They are another workflow's.
    """
    if not isinstance(facts.details, ExtensionFacts):
        message = f"{facts.subject} carries no facts of an extension"
        raise TypeError(message)
    return facts.details
