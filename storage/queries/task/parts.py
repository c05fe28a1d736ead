"""A task's measures with the latest words about them, its criteria, and how they were judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.actor import Actor
from storage.queries.task.limits import of_task
from storage.tables import criterion, measure, measure_progress, verdict


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with its dates and the latest words about it; empty where nothing was said yet."""

    task: int
    measure: int
    number: int
    text: str
    first_on: date | None
    last_on: date | None
    progress: str
    problems: str
    next_step: str
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion; ``from_measure`` says that a measure serves as it."""

    task: int
    criterion: int
    number: int
    text: str
    target: int | None
    unit: str
    from_measure: bool


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """How a criterion was judged, by the ``department`` or the ``verifier``."""

    criterion: int
    round: int
    given_by: str
    verdict: str
    note: str
    person: int
    proposal: int
    at: datetime


def measures(connection: Connection, actor: Actor, *numbers: int) -> tuple[MeasureRow, ...]:
    """Give the measures of tasks in their order."""
    said = measure_progress.c
    statement = (
        select(
            measure.c.task_id,
            measure.c.id,
            measure.c.number,
            measure.c.text,
            said.first_on,
            said.last_on,
            said.progress,
            said.problems,
            said.next_step,
            said.updated_at,
        )
        .join(measure_progress, said.measure_id == measure.c.id, isouter=True)
        .where(of_task(measure.c.task_id, actor, *numbers))
        .order_by(measure.c.task_id, measure.c.number)
    )
    return tuple(
        MeasureRow(*row[:6], row.progress or "", row.problems or "", row.next_step or "", row.updated_at)
        for row in connection.execute(statement)
    )


def criteria(connection: Connection, actor: Actor, *numbers: int) -> tuple[CriterionRow, ...]:
    """Give the criteria of tasks in their order."""
    table = criterion.c
    statement = (
        select(
            table.task_id,
            table.id,
            table.number,
            table.text,
            table.target,
            table.unit,
            table.taken_from_measure_id.is_not(None),
        )
        .where(of_task(table.task_id, actor, *numbers))
        .order_by(table.task_id, table.number)
    )
    return tuple(
        CriterionRow(row.task_id, row.id, row.number, row.text, row.target, row.unit, bool(row[-1]))
        for row in connection.execute(statement)
    )


def verdicts(connection: Connection, actor: Actor, number: int) -> tuple[VerdictRow, ...]:
    """Give every verdict on a task's criteria, the oldest first."""
    table = verdict.c
    statement = (
        select(
            table.criterion_id,
            table.round,
            table.given_by,
            table.verdict,
            table.note,
            table.person_id,
            table.proposal_id,
            table.at,
        )
        .where(of_task(table.task_id, actor, number))
        .order_by(table.id)
    )
    return tuple(VerdictRow(*row) for row in connection.execute(statement))
