"""Over all tasks: what was raised to a leader, how much a leader took up, what somebody has to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines_of
from storage.tables import conclusion, instruction, matter, person


@dataclass(frozen=True, slots=True)
class RaisedLine:
    """A matter that waits for the actor, with who raised it and its task."""

    matter: int
    text: str
    raised_by: str
    raised_at: datetime
    line: TaskLine


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A conclusion the actor has to answer, with whose instruction it is and its task."""

    conclusion: int
    text: str
    due_on: date
    kind: str
    leader: str
    line: TaskLine


def raised_to(connection: Connection, actor: Actor, most: int = 50) -> tuple[RaisedLine, ...]:
    """Give the matters that wait for the actor, the oldest first."""
    statement = (
        select(matter.c.id, matter.c.text, person.c.name, matter.c.raised_at, matter.c.task_id)
        .join_from(matter, person, person.c.id == matter.c.raised_by)
        .where(
            matter.c.leader_id == actor.person,
            matter.c.instruction_id.is_(None),
            matter.c.organisation_id == actor.organisation,
        )
        .order_by(matter.c.raised_at, matter.c.id)
        .limit(most)
    )
    rows = connection.execute(statement).all()
    about = {line.task: line for line in lines_of(connection, actor, {row.task_id for row in rows})}
    return tuple(RaisedLine(*row[:4], line=about[row.task_id]) for row in rows if row.task_id in about)


def taken_up(connection: Connection, actor: Actor, since: date) -> Mapping[str, int]:
    """Count what a leader took up since a day, by form; a form without any is left out."""
    statement = (
        select(instruction.c.kind, func.count())
        .where(
            instruction.c.leader_id == actor.person,
            instruction.c.given_on >= since,
            instruction.c.organisation_id == actor.organisation,
        )
        .group_by(instruction.c.kind)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def to_answer(connection: Connection, actor: Actor, most: int = 100) -> tuple[ChargeLine, ...]:
    """Give what the actor has to answer, the earliest day first."""
    statement = (
        select(
            conclusion.c.id,
            conclusion.c.text,
            conclusion.c.due_on,
            instruction.c.kind,
            person.c.name,
            conclusion.c.task_id,
        )
        .join_from(conclusion, instruction, instruction.c.id == conclusion.c.instruction_id)
        .join(person, person.c.id == instruction.c.leader_id)
        .where(
            conclusion.c.person_id == actor.person,
            conclusion.c.answered_at.is_(None),
            conclusion.c.organisation_id == actor.organisation,
        )
        .order_by(conclusion.c.due_on, conclusion.c.id)
        .limit(most)
    )
    rows = connection.execute(statement).all()
    about = {line.task: line for line in lines_of(connection, actor, {row.task_id for row in rows})}
    return tuple(ChargeLine(*row[:5], line=about[row.task_id]) for row in rows if row.task_id in about)
