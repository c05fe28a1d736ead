"""The matters, instructions and meetings of a task, with their conclusions and answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.gathering.instructions import chargeable, heads_of
from storage.queries.scope import visible_tasks
from storage.queries.task.limits import of_task
from storage.tables import conclusion, instruction, matter, person, task


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter; ``instruction`` is what took it up, None while it waits for the leader."""

    matter: int
    leader: int
    text: str
    raised_by: int
    raised_at: datetime
    instruction: int | None


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """An instruction or a meeting; ``evidence`` is its minutes."""

    instruction: int
    leader: int
    kind: str
    given_on: date
    text: str
    evidence: int | None
    recorded_by: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ConclusionRow:
    """A conclusion and its answer; ``heads`` are those who may answer for the person."""

    conclusion: int
    instruction: int
    number: int
    text: str
    person: int
    due_on: date
    answered_at: datetime | None
    answered_by: int | None
    answer: str
    evidence: int | None
    heads: frozenset[int] = frozenset()


_MATTER = ("id", "leader_id", "text", "raised_by", "raised_at", "instruction_id")
_INSTRUCTION = ("id", "leader_id", "kind", "given_on", "text", "evidence_id", "recorded_by", "recorded_at")
_CONCLUSION = (
    *("id", "instruction_id", "number", "text", "person_id", "due_on"),
    *("answered_at", "answered_by", "answer", "evidence_id"),
)


def matters(connection: Connection, actor: Actor, number: int) -> tuple[MatterRow, ...]:
    """Give what was raised about a task, the newest first."""
    statement = select(*(matter.c[name] for name in _MATTER)).where(of_task(matter.c.task_id, actor, number))
    return tuple(MatterRow(*row) for row in connection.execute(statement.order_by(matter.c.id.desc())))


def instructions(connection: Connection, actor: Actor, number: int) -> tuple[InstructionRow, ...]:
    """Give the instructions and meetings about a task, the newest first."""
    columns = (instruction.c[name] for name in _INSTRUCTION)
    statement = select(*columns).where(of_task(instruction.c.task_id, actor, number))
    newest = statement.order_by(instruction.c.given_on.desc(), instruction.c.id.desc())
    return tuple(InstructionRow(*row) for row in connection.execute(newest))


def conclusions(connection: Connection, actor: Actor, number: int, today: date) -> tuple[ConclusionRow, ...]:
    """Give the conclusions of a task's instructions in their order, and who may answer them today."""
    columns = (conclusion.c[name] for name in _CONCLUSION)
    statement = select(*columns).where(of_task(conclusion.c.task_id, actor, number))
    order = (conclusion.c.instruction_id, conclusion.c.number)
    rows = [ConclusionRow(*row) for row in connection.execute(statement.order_by(*order))]
    heads = heads_of(connection, {row.person for row in rows if row.answered_at is None}, today)
    return tuple(replace(row, heads=heads.get(row.person, frozenset())) for row in rows)


def task_of_conclusion(connection: Connection, actor: Actor, number: int) -> int:
    """Give the task a conclusion belongs to.

    Raises:
        NotFoundError: There is no such conclusion that this actor may see.
    """
    statement = (
        select(task.c.id)
        .join(conclusion, conclusion.c.task_id == task.c.id)
        .where(conclusion.c.id == number, visible_tasks(actor))
    )
    found = connection.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFoundError("conclusion_unknown")
    return int(found)


def to_choose_from(
    connection: Connection, actor: Actor, first: Collection[int], today: date
) -> tuple[tuple[int, str], ...]:
    """Give who may be charged with a conclusion, by name: who works on the task comes first."""
    people = chargeable(connection, actor.organisation, today) | frozenset(first)
    statement = select(person.c.id, person.c.name).where(
        person.c.organisation_id == actor.organisation, person.c.id.in_(sorted(people))
    )
    places = {number: place for place, number in enumerate(first)}
    rows = connection.execute(statement.order_by(person.c.id)).all()
    ordered = sorted(rows, key=lambda row: (places.get(row.id, len(places)), row.id))
    return tuple((row.id, row.name) for row in ordered)
