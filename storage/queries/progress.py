"""How far a department's tasks are: what its handlers see first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines
from storage.tables import awaiting as awaiting_table
from storage.tables import (
    criterion,
    draft,
    evidence,
    evidence_part,
    measure,
    measure_progress,
    person,
    proposal,
    seat,
    task,
    task_department,
)
from workflows.rectification.records.progress import MeasureState, TaskProgress, Waiting

ENDS = ("publicized", "withheld", "cancelled")
"""States in which a department has nothing more to do by itself."""


def led_by(departments: Sequence[int]) -> ColumnElement[bool]:
    """Give the condition on ``task`` that one of these departments leads it."""
    return task.c.id.in_(
        select(task_department.c.task_id).where(
            task_department.c.department_id.in_(departments), task_department.c.part == "lead"
        )
    )


def led_tasks(connection: Connection, actor: Actor, *roles: str, most: int = 200) -> tuple[TaskLine, ...]:
    """Give the unfinished tasks led by a department in which the actor holds one of the roles."""
    departments = sorted(actor.departments(*roles))
    if not departments:
        return ()
    return lines(connection, actor, led_by(departments), task.c.state.not_in(ENDS), most=most)


def progress_of(connection: Connection, actor: Actor, found: Sequence[TaskLine]) -> dict[int, TaskProgress]:
    """Give how far each of these tasks is; a handful of queries, however many tasks."""
    ids = [line.task for line in found]
    if not ids:
        return {}
    acknowledged = set(connection.execute(_acknowledged(ids)).scalars())
    measures = _grouped(connection, _measures(ids))
    criteria = _grouped(connection, _criteria(ids))
    proven = _grouped(connection, _proven(ids))
    waiting = {row.task_id: Waiting(row.trigger, row.role, ()) for row in connection.execute(_waiting(ids))}
    signers = _grouped(connection, _signers(ids))
    drafts = _grouped(connection, _drafts(actor, ids))
    return {
        line.task: TaskProgress(
            task=line.task,
            state=line.state,
            kind=line.kind,
            acknowledged=line.task in acknowledged,
            measures=tuple(
                MeasureState(r.number, r.first_on, r.last_on, bool(r.progress)) for r in measures[line.task]
            ),
            criteria=tuple((r.id, r.number) for r in criteria[line.task]),
            proven=frozenset(
                int(r.part.partition(":")[2]) for r in proven[line.task] if r.round == line.round
            ),
            waiting=_named(waiting.get(line.task), tuple(r.name for r in signers[line.task])),
            begun=frozenset(r.trigger for r in drafts[line.task]),
        )
        for line in found
    }


def _named(waiting: Waiting | None, names: tuple[str, ...]) -> Waiting | None:
    return None if waiting is None else Waiting(waiting.trigger, waiting.role, names)


def _grouped(connection: Connection, statement: Select[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.task_id].append(row)
    return found


def _acknowledged(ids: list[int]) -> Select[Any]:
    return select(task.c.id).where(task.c.id.in_(ids), task.c.acknowledged_at.is_not(None))


def _measures(ids: list[int]) -> Select[Any]:
    return (
        select(
            measure.c.task_id,
            measure.c.number,
            measure_progress.c.first_on,
            measure_progress.c.last_on,
            measure_progress.c.progress,
        )
        .join_from(measure, measure_progress, measure_progress.c.measure_id == measure.c.id, isouter=True)
        .where(measure.c.task_id.in_(ids))
        .order_by(measure.c.task_id, measure.c.number)
    )


def _criteria(ids: list[int]) -> Select[Any]:
    return (
        select(criterion.c.task_id, criterion.c.id, criterion.c.number)
        .where(criterion.c.task_id.in_(ids))
        .order_by(criterion.c.task_id, criterion.c.number)
    )


def _proven(ids: list[int]) -> Select[Any]:
    return (
        select(evidence_part.c.task_id, evidence_part.c.part, evidence.c.round)
        .join_from(evidence_part, evidence, evidence.c.id == evidence_part.c.evidence_id)
        .where(evidence_part.c.task_id.in_(ids), evidence_part.c.part.startswith("criterion:"))
    )


def _waiting(ids: list[int]) -> Select[Any]:
    whose = and_(awaiting_table.c.proposal_id == proposal.c.id)
    return (
        select(proposal.c.task_id, proposal.c.trigger, seat.c.role)
        .join_from(proposal, awaiting_table, whose, isouter=True)
        .join(seat, seat.c.id == awaiting_table.c.seat_id, isouter=True)
        .where(proposal.c.task_id.in_(ids), proposal.c.state == "open", proposal.c.extension == 0)
    )


def _signers(ids: list[int]) -> Select[Any]:
    return (
        select(proposal.c.task_id, person.c.name)
        .join_from(awaiting_table, proposal, proposal.c.id == awaiting_table.c.proposal_id)
        .join(person, person.c.id == awaiting_table.c.person_id)
        .where(proposal.c.task_id.in_(ids), proposal.c.state == "open", proposal.c.extension == 0)
        .order_by(proposal.c.task_id, person.c.id)
    )


def _drafts(actor: Actor, ids: list[int]) -> Select[Any]:
    return select(draft.c.task_id, draft.c.trigger).where(
        draft.c.task_id.in_(ids), draft.c.person_id == actor.person
    )
