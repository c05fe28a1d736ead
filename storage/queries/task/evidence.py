"""The evidence handed in for a task, and the bytes behind one piece of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, or_, select, true

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.scope import DEPARTMENTAL, WATCHING, stands_in, visible_tasks
from storage.queries.task.limits import of_task
from storage.tables import (
    awaiting,
    blob,
    evidence,
    evidence_part,
    signature,
    task,
    task_department,
    task_leader,
)
from workflows.evidence.records import Blob


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence with the parts it proves; see ``storage.tables.evidence``."""

    task: int
    evidence: int
    proposal: int | None
    round: int
    kind: str
    title: str
    level: str
    sha256: str | None
    size: int | None
    file_name: str | None
    address: str | None
    document_number: str | None
    place: str | None
    custodian: str | None
    effective_on: date | None
    handed_in_by: int
    handed_in_at: datetime
    proves: tuple[str, ...] = ()


_COLUMNS = (
    *("round", "kind", "title", "level", "sha256", "size", "file_name", "address"),
    *("document_number", "place", "custodian", "effective_on", "handed_in_by", "handed_in_at"),
)


def evidence_of(connection: Connection, actor: Actor, *numbers: int) -> tuple[EvidenceRow, ...]:
    """Give everything that was handed in for tasks, the oldest first; two queries."""
    parts: dict[int, list[str]] = {}
    found = select(evidence_part.c.evidence_id, evidence_part.c.part).where(
        of_task(evidence_part.c.task_id, actor, *numbers)
    )
    for row in connection.execute(found.order_by(evidence_part.c.part)):
        parts.setdefault(row.evidence_id, []).append(row.part)
    statement = (
        select(
            evidence.c.task_id.label("task"),
            evidence.c.id.label("evidence"),
            evidence.c.proposal_id.label("proposal"),
            *(evidence.c[name] for name in _COLUMNS),
        )
        .where(of_task(evidence.c.task_id, actor, *numbers))
        .order_by(evidence.c.id)
    )
    return tuple(
        EvidenceRow(**row, proves=tuple(parts.get(row["evidence"], ())))
        for row in connection.execute(statement).mappings()
    )


WORK_SECRET = "work_secret"
"""The level whose files are not for every department that supports a task."""


def _within_level(actor: Actor) -> ColumnElement[bool]:
    """Work secrets go to lead department, leaders, offices or substitutes, who handed them in or signs."""
    if actor.person is None or actor.has_role(*WATCHING):
        return true()
    person, led = actor.person, sorted(actor.departments(*DEPARTMENTAL))
    lead = select(task_department.c.task_id).where(
        task_department.c.department_id.in_(led), task_department.c.part == "lead"
    )
    leading = select(task_leader.c.task_id).where(task_leader.c.person_id == person)
    signing = select(awaiting.c.proposal_id).where(awaiting.c.person_id == person)
    signed = select(signature.c.proposal_id).where(signature.c.person_id == person)
    return or_(
        evidence.c.level != WORK_SECRET,
        evidence.c.handed_in_by == person,
        task.c.id.in_(lead),
        task.c.id.in_(leading),
        stands_in(person),
        evidence.c.proposal_id.in_(signing),
        evidence.c.proposal_id.in_(signed),
    )


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that may be handed out: its bytes' record and the name it was handed in under."""

    blob: Blob
    file_name: str


def stored_file(connection: Connection, actor: Actor, number: int) -> StoredFile:
    """Give the file of one piece of evidence.

    Raises:
        NotFoundError: There is none that this actor may see, or the evidence is no file.
    """
    statement = (
        select(blob.c.digest, blob.c.sm3, blob.c.size, blob.c.chunks, evidence.c.file_name)
        .select_from(evidence)
        .join(task, task.c.id == evidence.c.task_id)
        .join(blob, blob.c.digest == evidence.c.sha256)
        .where(evidence.c.id == number, visible_tasks(actor), _within_level(actor))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NotFoundError("evidence_not_found", evidence=number)
    return StoredFile(
        Blob(row.digest, row.sm3, row.size, tuple(json.loads(row.chunks))), row.file_name or row.digest
    )
