"""A plan as a form: flat named fields, what was read below what a person corrected.

Owns the names of the fields; a web form, a command and the stored corrections all use the same. Must not know
the directory or what is still missing.

``title`` and the like belong to the plan; ``milestone.2.due_on`` to its second date for everybody and
``task.3.objective`` to its third task; ``milestones`` and ``tasks`` count them. Lists have one line per item.
``department:NAME`` and ``leader:NAME`` say whom a name of the plan means, ``settled.4`` that a person looked
at the reader's fourth question and leaves the field as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.plans import numerals

PLAN_FIELDS = ("title", "document_number", "issued_on", "basis", "approved_by", "year", "review_on")
"""Fields of the plan itself."""

MILESTONE_FIELDS = ("kind", "due_on", "what")
"""Fields of a date for everybody."""

TASK_FIELDS = (
    "section",
    "problem",
    "objective",
    "measures",
    "criteria",
    "adopted",
    "leaders",
    "lead",
    "supporting",
    "kind",
    "due_on",
    "also_ongoing",
    "deadline_text",
    "remark",
    "dropped",
)
"""Fields of a task; ``adopted`` lists the numbers of measures that serve as their own criterion."""

MOST_TASKS = 500
"""More tasks than this are no plan but a slip of the keyboard."""

MOST_MILESTONES = 50
"""More dates for everybody than this likewise."""

_COUNTS = ("tasks", "milestones")
_NUMBERED = re.compile(
    rf"task\.[1-9]\d{{0,2}}\.(?:{'|'.join(TASK_FIELDS)})"
    rf"|milestone\.[1-9]\d?\.(?:{'|'.join(MILESTONE_FIELDS)})|settled\.[1-9]\d{{0,2}}"
)
_NAMED = re.compile(r"(?:department|leader):.{1,200}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def known(name: str) -> bool:
    """Say whether a field of this name can belong to a sheet."""
    return (
        name in PLAN_FIELDS
        or name in _COUNTS
        or _NUMBERED.fullmatch(name) is not None
        or _NAMED.fullmatch(name) is not None
    )


def cleaned(value: str) -> str:
    """Give a typed value without signs that nobody types and no database keeps, and without outer blanks."""
    return _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True)
class TaskSheet:
    """One task's part of a sheet; ``number`` counts from 1 in the order of the document."""

    number: int
    fields: Mapping[str, str]

    def get(self, field: str) -> str:
        """Give a field's value, empty where it has none."""
        return self.fields.get(self.key(field), "").strip()

    def lines(self, field: str) -> tuple[str, ...]:
        """Give the items of a list, without empty ones."""
        return tuple(line.strip() for line in self.get(field).split("\n") if line.strip())

    def key(self, field: str) -> str:
        """Give the full name of a field."""
        return f"task.{self.number}.{field}"

    @property
    def dropped(self) -> bool:
        """Whether a person said that this is no task."""
        return self.get("dropped") == "1"

    @property
    def adopted(self) -> tuple[int, ...]:
        """The numbers of measures that serve as their own criterion, in order."""
        numbers = {numerals.typed(part.strip()) for part in self.get("adopted").split(",")}
        return tuple(n for n in range(1, len(self.lines("measures")) + 1) if n in numbers)


@dataclass(frozen=True)
class Sheet:
    """A whole plan as fields."""

    fields: Mapping[str, str]

    def get(self, name: str) -> str:
        """Give a field's value, empty where it has none."""
        return self.fields.get(name, "").strip()

    @property
    def all_tasks(self) -> tuple[TaskSheet, ...]:
        """Every task, also those a person dropped."""
        return tuple(TaskSheet(n, self.fields) for n in range(1, self._count("tasks", MOST_TASKS) + 1))

    @property
    def tasks(self) -> tuple[TaskSheet, ...]:
        """The tasks that are to be created."""
        return tuple(task for task in self.all_tasks if not task.dropped)

    @property
    def milestones(self) -> tuple[int, ...]:
        """The numbers of the dates for everybody that say anything."""
        return tuple(
            n
            for n in self.all_milestones
            if self.get(f"milestone.{n}.due_on") or self.get(f"milestone.{n}.what")
        )

    @property
    def all_milestones(self) -> range:
        """The numbers of every date for everybody, also those that say nothing yet."""
        return range(1, self._count("milestones", MOST_MILESTONES) + 1)

    def settled(self, question: int) -> bool:
        """Say whether a person looked at a question of the reader's and leaves the field as it is."""
        return self.get(f"settled.{question}") == "1"

    def meaning(self, kind: str, name: str) -> str:
        """Give what a person said a name means: an identifier, ``group``, or nothing."""
        return self.get(f"{kind}:{name}")

    def _count(self, name: str, most: int) -> int:
        return min(numerals.typed(self.get(name)) or 0, most)


def corrected(read: Mapping[str, str], corrections: Mapping[str, str]) -> Sheet:
    """Lay a person's corrections over what was read."""
    return Sheet({**read, **corrections})


def changes(read: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """Give the corrections that a filled-in form amounts to: fields that differ from what was read.

    Args:
        read: The fields as they were read.
        typed: The form's fields by name; names that no sheet has are left out, missing ones stay as read.
    """
    values = {name: cleaned(value) for name, value in typed.items() if known(name)}
    return {name: value for name, value in values.items() if value != cleaned(read.get(name, ""))}
