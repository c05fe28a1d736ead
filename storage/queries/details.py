"""What files say of tasks beyond a list's line: their measures, criteria, helpers, and the latest words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks
from storage.tables import criterion, deadline, measure, measure_progress, task, task_department


@dataclass(frozen=True, slots=True)
class Words:
    """The latest words about a measure."""

    number: int
    text: str
    progress: str
    problems: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Completion:
    """The newest clock of a task's completion: its days, and when the department had done its part."""

    due_on: date
    original_due_on: date
    met_on: date | None
    held_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """A task in its own words, beyond what a line shows; ``completion`` is None where none was ever due."""

    deadline_text: str
    remark: str
    supporting: tuple[str, ...]
    measures: tuple[Words, ...]
    criteria: tuple[str, ...]
    completion: Completion | None = None


def details(connection: Connection, actor: Actor, tasks: Sequence[int]) -> dict[int, TaskDetails]:
    """Give the details of tasks the actor may see; five queries, however many tasks."""
    own = select(task.c.id, task.c.deadline_text, task.c.remark).where(
        task.c.id.in_(list(tasks)), visible_tasks(actor)
    )
    found = connection.execute(own).all()
    ids = [row.id for row in found]
    supporting = _grouped(connection, _supporting(ids))
    measures = _grouped(connection, _measures(ids))
    criteria = _grouped(connection, _criteria(ids))
    # The newest visit comes last and stays.
    clocks = {row.task_id: Completion(*row[1:]) for row in connection.execute(_completions(ids))}
    return {
        row.id: TaskDetails(
            deadline_text=row.deadline_text,
            remark=row.remark,
            supporting=tuple(item.name for item in supporting[row.id]),
            measures=tuple(
                Words(m.number, m.text, m.progress or "", m.problems or "", m.next_step or "")
                for m in measures[row.id]
            ),
            criteria=tuple(item.text for item in criteria[row.id]),
            completion=clocks.get(row.id),
        )
        for row in found
    }


def _supporting(ids: list[int]) -> Select[Any]:
    return (
        select(task_department.c.task_id, task_department.c.name)
        .where(task_department.c.task_id.in_(ids), task_department.c.part != "lead")
        .order_by(task_department.c.task_id, task_department.c.position)
    )


def _measures(ids: list[int]) -> Select[Any]:
    words = measure_progress.c
    return (
        select(
            measure.c.task_id,
            measure.c.number,
            measure.c.text,
            words.progress,
            words.problems,
            words.next_step,
        )
        .join_from(measure, measure_progress, words.measure_id == measure.c.id, isouter=True)
        .where(measure.c.task_id.in_(ids))
        .order_by(measure.c.task_id, measure.c.number)
    )


def _criteria(ids: list[int]) -> Select[Any]:
    return (
        select(criterion.c.task_id, criterion.c.text)
        .where(criterion.c.task_id.in_(ids))
        .order_by(criterion.c.task_id, criterion.c.number)
    )


def _completions(ids: list[int]) -> Select[Any]:
    table = deadline.c
    return (
        select(table.task_id, table.due_on, table.original_due_on, table.met_on, table.held_at)
        .where(table.task_id.in_(ids), table.kind == "completion")
        .order_by(table.task_id, table.visit)
    )


def _grouped(connection: Connection, statement: Select[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.task_id].append(row)
    return found
