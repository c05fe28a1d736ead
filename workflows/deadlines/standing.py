"""How a completion stands against a day: the same question for the original day and for the extended one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How something due on a day stands."""

    MET = "met"
    """按期: done by that day."""
    LATE = "late"
    """逾期完成: done after it."""
    OVERDUE = "overdue"
    """已逾期: not done, and the day has passed."""
    OPEN = "open"
    """未到期: not done, and there is time left."""


def standing(due_on: date, met_on: date | None, today: date) -> Standing:
    """Say how something stands.

    Args:
        due_on: The day it is or was due.
        met_on: The day that counts as done; None while it is not.
        today: The day of asking.
    """
    if met_on is None:
        return Standing.OVERDUE if today > due_on else Standing.OPEN
    return Standing.MET if met_on <= due_on else Standing.LATE
