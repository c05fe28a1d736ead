"""Lights beside tasks in lists: computed when they are shown, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from storage.queries.lines import TaskLine
from web.context import lights, today
from workflows.deadlines.lights import Reading
from workflows.deadlines.records import Light
from workflows.rectification.vocabulary import DeadlineKind

NO_READING: Final = Reading(Light.NONE, 0, 0)
"""What a task shows whose department owes nothing now."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A task with its light."""

    line: TaskLine
    reading: Reading


def reading(kind: str | None, due_on: date | None) -> Reading:
    """Give the light of a clock as of today; none where no clock runs."""
    if kind is None or due_on is None:
        return NO_READING
    return lights().read(DeadlineKind(kind), due_on, today())


def shown(lines: Iterable[TaskLine]) -> list[Shown]:
    """Give tasks with their lights."""
    return [Shown(line, reading(line.next_kind, line.next_due_on)) for line in lines]
