"""From one task's part of a sheet to a task that can be created, or the questions that stand in its way.

Pure code. A task without a date (immediate and ongoing ones excepted), a responsible leader of the directory,
a lead department or a criterion is not created; nothing is supplied silently.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflows.plans.naming import Naming
from workflows.plans.questions import Question
from workflows.plans.records import DepartmentPart, NewCriterion, NewDepartment, TaskContent
from workflows.plans.sheet import TaskSheet
from workflows.rectification.vocabulary import TaskKind

_LONGEST = {"section": 400, "deadline_text": 200}
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def day(text: str) -> date | None:
    """Give a typed day, or None where it is none or so far away that it must be a slip."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def missing(task: TaskSheet, naming: Naming) -> tuple[Question, ...]:
    """Give what has to be decided about one task, whom names mean excepted."""
    found = [
        *_missing_words(task),
        *_missing_day(task),
        *_missing_department(task, naming),
    ]
    if not task.lines("leaders"):
        found.append(Question("question.leader_missing", task.key("leaders"), task.number))
    if not task.lines("criteria") and not task.adopted:
        found.append(Question("question.criterion_missing", task.key("criteria"), task.number))
    return tuple(found)


def content(task: TaskSheet, number: int, naming: Naming) -> TaskContent:
    """Give the task as it is to be created; asked only where nothing is missing any more.

    Args:
        task: Its part of the sheet.
        number: Its number among the tasks to be created.
        naming: Whom the plan's names mean.
    """
    measures = task.lines("measures")
    dated = task.get("kind") == TaskKind.DATED
    return TaskContent(
        number=number,
        section=task.get("section"),
        problem=task.get("problem"),
        objective=task.get("objective"),
        remark=task.get("remark"),
        kind=TaskKind(task.get("kind")),
        also_ongoing=dated and task.get("also_ongoing") == "1",
        deadline_text=task.get("deadline_text"),
        due_on=day(task.get("due_on")) if dated else None,
        departments=tuple(_departments(task, naming)),
        leaders=tuple(dict.fromkeys(filter(None, map(naming.leader, task.lines("leaders"))))),
        measures=measures,
        criteria=(
            *(NewCriterion(text) for text in task.lines("criteria")),
            *(NewCriterion(measures[n - 1], n) for n in task.adopted),
        ),
    )


def _missing_words(task: TaskSheet) -> Iterator[Question]:
    if not task.get("objective"):
        yield Question("question.objective_missing", task.key("objective"), task.number)
    for field, most in _LONGEST.items():
        if len(task.get(field)) > most:
            yield Question("question.too_long", task.key(field), task.number, {"most": most})


def _missing_day(task: TaskSheet) -> Iterator[Question]:
    kind, typed = task.get("kind"), task.get("due_on")
    words = {"text": task.get("deadline_text")}
    if kind not in set(TaskKind):
        yield Question("question.kind_missing", task.key("kind"), task.number, words)
    elif kind != TaskKind.DATED and typed:
        # The plan's own words decide which of the two holds; a person reads them.
        yield Question("question.day_beside_kind", task.key("due_on"), task.number)
    elif kind == TaskKind.DATED and not typed:
        yield Question("question.day_missing", task.key("due_on"), task.number, words)
    elif kind == TaskKind.DATED and day(typed) is None:
        yield Question("question.day_malformed", task.key("due_on"), task.number, {"typed": typed})


def _missing_department(task: TaskSheet, naming: Naming) -> Iterator[Question]:
    leading = task.lines("lead")
    if not leading:
        yield Question("question.lead_missing", task.key("lead"), task.number)
    for name in leading:
        if naming.is_group(name):
            yield Question("question.lead_is_group", task.key("lead"), task.number, {"name": name})


def _departments(task: TaskSheet, naming: Naming) -> Iterator[NewDepartment]:
    seen: set[object] = set()
    for field, part in (("lead", DepartmentPart.LEAD), ("supporting", DepartmentPart.SUPPORTING)):
        for name in task.lines(field):
            found = naming.department(name)
            kind = part if found is not None else DepartmentPart.GROUP
            # A department that leads supports nobody besides, and nobody is named twice.
            if (found or name) not in seen:
                seen.add(found or name)
                yield NewDepartment(name, kind, found)
