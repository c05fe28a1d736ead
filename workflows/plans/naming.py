"""Whom the names of a plan mean: what the directory says, and what a person said where it says nothing.

Answering for a name once serves every task that names it. Must not know how the answers were typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from workflows.plans import matching, numerals
from workflows.plans.matching import Match
from workflows.plans.questions import Question
from workflows.plans.records import Directory
from workflows.plans.sheet import Sheet, TaskSheet

GROUP = "group"
"""The answer that a department's name is kept as written and gives no seat."""


class Naming:
    """The names of one sheet against one directory."""

    def __init__(self, sheet: Sheet, directory: Directory) -> None:
        self._sheet = sheet
        self._directory = directory

    @cached_property
    def _departments(self) -> frozenset[int]:
        return frozenset(entry.department for entry in self._directory.departments)

    @cached_property
    def _people(self) -> frozenset[int]:
        return frozenset(entry.person for entry in self._directory.people if entry.active)

    def department(self, name: str) -> int | None:
        """Give the department a name means; None for a group and where a person has to say."""
        said = self._sheet.meaning("department", name)
        number = numerals.typed(said)
        if number in self._departments:
            return number
        return None if said == GROUP else matching.match_department(name, self._directory).found

    def is_group(self, name: str) -> bool:
        """Say whether a name is kept as written: a person said so, or it names no single department."""
        if self.department(name) is not None:
            return False
        return self._sheet.meaning("department", name) == GROUP or matching.is_group(name)

    def leader(self, name: str) -> int | None:
        """Give the person a leader's name means; None where a person has to say."""
        said = self._sheet.meaning("leader", name)
        number = numerals.typed(said)
        if number in self._people:
            return number
        return matching.match_person(name, self._directory).found

    def questions(self) -> Iterator[Question]:
        """Give one question for each name that means nobody, or several, with the tasks that name it."""
        for name in matching.distinct(n for t in self._sheet.tasks for n in _named(t)):
            if self.department(name) is None and not self.is_group(name):
                match = matching.match_department(name, self._directory)
                yield self._question("department", name, match, ("lead", "supporting"))
        for name in matching.distinct(n for t in self._sheet.tasks for n in t.lines("leaders")):
            if self.leader(name) is None:
                yield self._question(
                    "leader", name, matching.match_person(name, self._directory), ("leaders",)
                )

    def _question(self, kind: str, name: str, match: Match, fields: tuple[str, ...]) -> Question:
        code = "ambiguous" if match.candidates else "inactive" if match.inactive else "unknown"
        tasks = [t.number for t in self._sheet.tasks if any(name in t.lines(field) for field in fields)]
        numbers = "、".join(map(str, tasks))
        return Question(f"question.{kind}_{code}", f"{kind}:{name}", params={"name": name, "tasks": numbers})


def _named(task: TaskSheet) -> tuple[str, ...]:
    return (*task.lines("lead"), *task.lines("supporting"))
