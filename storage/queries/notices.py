"""What a person was told (待阅), whether a mail told it too or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.notice_params import spoken_params
from storage.tables import notice, task


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing a person was told.

    Attributes:
        notice: Its identifier.
        kind: What was told.
        params: The values of its sentence, people by name.
        urgent: Whether it could not wait for the day's digest.
        created_at: When.
        read_at: When the person saw it; None while they have not.
        task: The task it is about, where it is about one.
        number: That task's number in its plan.
        objective: That task's objective.
    """

    notice: int
    kind: str
    params: Mapping[str, str | int]
    urgent: bool
    created_at: datetime
    read_at: datetime | None
    task: int | None
    number: int | None
    objective: str


_NOTICES: Select[Any] = (
    select(
        notice.c.id,
        notice.c.kind,
        notice.c.params,
        notice.c.urgent,
        notice.c.created_at,
        notice.c.read_at,
        notice.c.task_id,
        task.c.number,
        task.c.objective,
    )
    .join_from(notice, task, task.c.id == notice.c.task_id, isouter=True)
    .where(notice.c.person_id == bindparam("person"), notice.c.organisation_id == bindparam("organisation"))
    .order_by(notice.c.created_at.desc(), notice.c.id.desc())
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).where(
    notice.c.person_id == bindparam("person"),
    notice.c.organisation_id == bindparam("organisation"),
    notice.c.read_at.is_(None),
)


def notices(
    connection: Connection,
    actor: Actor,
    *,
    unread: bool = False,
    without: Collection[str] = (),
    before: int | None = None,
    most: int = 50,
) -> tuple[NoticeLine, ...]:
    """Give what the actor was told, the newest first.

    Args:
        connection: The reading.
        actor: Who looks; nobody sees what others were told.
        unread: Only what they have not seen.
        without: Kinds that are left out.
        before: Only what was told before this notice.
        most: No more than this.
    """
    statement = _NOTICES
    if unread:
        statement = statement.where(notice.c.read_at.is_(None))
    if without:
        statement = statement.where(notice.c.kind.not_in(sorted(without)))
    if before is not None:
        statement = statement.where(notice.c.id < before)
    key = {"person": actor.person, "organisation": actor.organisation, "most": most}
    rows = connection.execute(statement, key).all()
    values = spoken_params(connection, [row.params for row in rows])
    return tuple(_line(row, params) for row, params in zip(rows, values, strict=True))


def task_of_notice(connection: Connection, actor: Actor, number: int) -> int | None:
    """Give the task a notice of the actor's own is about; None where it is about no single one.

    Raises:
        NotFoundError: ``notice_not_found``: the actor was told no such thing.
    """
    statement = select(notice.c.task_id).where(
        notice.c.id == number,
        notice.c.person_id == actor.person,
        notice.c.organisation_id == actor.organisation,
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NotFoundError("notice_not_found", notice=number)
    found: int | None = row.task_id
    return found


def count_unread(connection: Connection, actor: Actor, without: Collection[str] = ()) -> int:
    """Count what the actor was told and has not seen, some kinds left out."""
    statement = _COUNT.where(notice.c.kind.not_in(sorted(without))) if without else _COUNT
    key = {"person": actor.person, "organisation": actor.organisation}
    return connection.execute(statement, key).scalar_one()


def _line(row: Row[Any], params: Mapping[str, str | int]) -> NoticeLine:
    return NoticeLine(
        notice=row.id,
        kind=row.kind,
        params=params,
        urgent=row.urgent,
        created_at=row.created_at,
        read_at=row.read_at,
        task=row.task_id,
        number=row.number,
        objective=row.objective or "",
    )
