"""Writes a confirmed plan with its tasks, in the unit of work of whoever calls.

Must not know documents, corrections or what makes a task complete: it writes what it is handed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor
from engine.audit import AuditDraft
from storage.audit_log import append
from storage.definition_rows import published
from storage.tables import (
    criterion,
    deadline,
    measure,
    milestone,
    plan,
    task,
    task_department,
    task_leader,
)
from storage.telling import tell
from workflows.plans.ports import PlanExistsError
from workflows.plans.records import NEW, Created, NewPlan, NewTask, TaskContent

_SAME_PLAN = select(plan.c.id).where(
    plan.c.organisation_id == bindparam("organisation"),
    plan.c.title == bindparam("title"),
    plan.c.year == bindparam("year"),
)
_NEW_PLAN = insert(plan).returning(plan.c.id)
_NEW_TASK = insert(task).returning(task.c.id)
_NEW_MEASURE = insert(measure).returning(measure.c.id)
_NEW_MILESTONE = insert(milestone)
_NEW_DEPARTMENT = insert(task_department)
_NEW_LEADER = insert(task_leader)
_NEW_CRITERION = insert(criterion)
_NEW_DEADLINE = insert(deadline)


def write_plan(connection: Connection, new: NewPlan, actor: Actor, now: datetime) -> Created:
    """Write a plan with everything that comes into being with it.

    Args:
        connection: The unit of work.
        new: The plan.
        actor: Who confirmed it.
        now: When.

    Raises:
        PlanExistsError: The organisation has a plan of this title and year.
    """
    definition = published(connection, new.definition, actor, now)
    identifier = _plan(connection, new, actor, now)
    _record(connection, new.audit, identifier, actor, now, {})
    tasks = tuple(_task(connection, item, identifier, definition, actor, now) for item in new.tasks)
    return Created(identifier, tasks)


def _plan(connection: Connection, new: NewPlan, actor: Actor, now: datetime) -> int:
    content = new.content
    same = {"organisation": actor.organisation, "title": content.title, "year": content.year}
    if connection.execute(_SAME_PLAN, same).first() is not None:
        raise PlanExistsError(content.title, content.year)
    values = {
        "organisation_id": actor.organisation,
        "title": content.title,
        "document_number": content.document_number,
        "issued_on": content.issued_on,
        "basis": content.basis,
        "approved_by": content.approved_by,
        "year": content.year,
        "review_on": content.review_on,
        "source_digest": new.source_digest,
        "source_name": new.source_name,
        "created_by": actor.person,
        "created_at": now,
    }
    try:
        identifier = int(connection.execute(_NEW_PLAN, values).scalar_one())
    except IntegrityError as error:
        # Somebody confirmed the same plan between the look and the writing.
        raise PlanExistsError(content.title, content.year) from error
    if content.milestones:
        connection.execute(
            _NEW_MILESTONE,
            [
                {
                    "organisation_id": actor.organisation,
                    "plan_id": identifier,
                    "kind": item.kind,
                    "due_on": item.due_on,
                    "what": item.what,
                }
                for item in content.milestones
            ],
        )
    return identifier


def _task(
    connection: Connection, new: NewTask, in_plan: int, definition: int, actor: Actor, now: datetime
) -> int:
    values = _task_values(new, actor, now) | {"plan_id": in_plan, "definition_version_id": definition}
    identifier = int(connection.execute(_NEW_TASK, values).scalar_one())
    _people(connection, new.content, identifier, actor.organisation)
    _parts(connection, new.content, identifier, actor.organisation)
    _clocks(connection, new, identifier, actor.organisation, now)
    _record(connection, new.audit, identifier, actor, now, {"plan": in_plan})
    tell(connection, actor.organisation, identifier, new.notices, now, {NEW: str(identifier)})
    return identifier


def _task_values(new: NewTask, actor: Actor, now: datetime) -> dict[str, object]:
    content = new.content
    return {
        "organisation_id": actor.organisation,
        "number": content.number,
        "section": content.section,
        "problem": content.problem,
        "objective": content.objective,
        "remark": content.remark,
        "kind": content.kind,
        "also_ongoing": content.also_ongoing,
        "deadline_text": content.deadline_text,
        "due_on": content.due_on,
        "original_due_on": content.due_on,
        "state": new.state,
        "version": 1,
        "round": 1,
        "next_due_on": new.next_due_on,
        "next_kind": new.next_kind,
        "latest_person_id": actor.person,
        "latest_at": now,
        "latest_action": "create",
        "created_at": now,
    }


def _people(connection: Connection, content: TaskContent, identifier: int, organisation: int) -> None:
    common: dict[str, object] = {"task_id": identifier, "organisation_id": organisation}
    connection.execute(
        _NEW_DEPARTMENT,
        [
            common | {"position": n, "department_id": d.department, "name": d.name, "part": d.part}
            for n, d in enumerate(content.departments, start=1)
        ],
    )
    connection.execute(
        _NEW_LEADER,
        [common | {"position": n, "person_id": who} for n, who in enumerate(content.leaders, start=1)],
    )


def _parts(connection: Connection, content: TaskContent, identifier: int, organisation: int) -> None:
    """Write measures, then criteria: one that was taken over from a measure names it."""
    common = {"task_id": identifier, "organisation_id": organisation}
    measures = {
        number: connection.execute(_NEW_MEASURE, common | {"number": number, "text": text}).scalar_one()
        for number, text in enumerate(content.measures, start=1)
    }
    connection.execute(
        _NEW_CRITERION,
        [
            common
            | {
                "number": number,
                "text": item.text,
                "taken_from_measure_id": None if item.measure is None else measures[item.measure],
                "unit": "",
            }
            for number, item in enumerate(content.criteria, start=1)
        ],
    )


def _clocks(connection: Connection, new: NewTask, identifier: int, organisation: int, now: datetime) -> None:
    if not new.clocks:
        return
    connection.execute(
        _NEW_DEADLINE,
        [
            {
                "organisation_id": organisation,
                "task_id": identifier,
                "kind": clock.kind,
                "visit": clock.visit,
                "version": 1,
                "due_on": clock.due_on,
                "original_due_on": clock.original_due_on,
                "state": "running",
                "started_at": now,
                "waited_days": 0,
                "next_at": clock.next_at,
            }
            for clock in new.clocks
        ],
    )


def _record(
    connection: Connection,
    draft: AuditDraft,
    identifier: int,
    actor: Actor,
    now: datetime,
    more: Mapping[str, object],
) -> None:
    """Record something in the chain of what has only now got its number."""
    stream = draft.stream.replace(NEW, str(identifier))
    append(connection, replace(draft, stream=stream, references={**draft.references, **more}), actor, now)
