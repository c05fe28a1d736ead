"""To-dos as rows: locked behind their task, decided once.

Implements ``workflows.milestones.ports.ToDoStore``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select, update

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.audit_log import append
from storage.database import Database
from storage.queries.plan_directory import directory_of
from storage.queries.scope import visible_tasks
from storage.queries.settings import settings_of
from storage.tables import awaiting, deadline, proposal, rung, task, task_department, to_do
from storage.telling import tell
from workflows.milestones.records import ToDoCase, ToDoChange

_FIND = select(to_do.c.task_id).where(
    to_do.c.id == bindparam("to_do"), to_do.c.organisation_id == bindparam("organisation")
)
_LOCK = (
    select(
        to_do.c.kind,
        to_do.c.role,
        to_do.c.task_id,
        to_do.c.outcome,
        rung.c.rung,
        deadline.c.kind.label("clock"),
        deadline.c.due_on,
    )
    .join_from(to_do, rung, rung.c.id == to_do.c.rung_id)
    .join(deadline, deadline.c.id == rung.c.deadline_id)
    .where(to_do.c.id == bindparam("to_do"))
    .with_for_update(of=to_do)
)
_LEADS = select(task_department.c.department_id).where(
    task_department.c.task_id == bindparam("task"), task_department.c.part == "lead"
)
_SIGNERS = (
    select(awaiting.c.person_id)
    .distinct()
    .join_from(awaiting, proposal, proposal.c.id == awaiting.c.proposal_id)
    .where(proposal.c.task_id == bindparam("task"), proposal.c.state == "open")
    .order_by(awaiting.c.person_id)
)
_DECIDE = (
    update(to_do)
    .where(to_do.c.id == bindparam("number"))
    .values(done_at=bindparam("now"), done_by=bindparam("who"), outcome=bindparam("decided"))
)


class SqlToDoStore:
    """The store in a database; ``zone`` is where calendar days begin and end."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    @contextmanager
    def work(self, to_do: int, actor: Actor, now: datetime) -> Iterator[_Work]:
        """Lock the task and the to-do.

        Raises:
            NotFoundError: There is none for this actor.
        """
        today = now.astimezone(self._zone).date()
        with self._database.write() as connection:
            yield _Work(connection, _case(connection, to_do, actor, today), actor, now)


class _Work:
    def __init__(self, connection: Connection, case: ToDoCase, actor: Actor, now: datetime) -> None:
        self.case = case
        self._connection = connection
        self._actor = actor
        self._now = now

    def apply(self, change: ToDoChange) -> None:
        """Write a decision; it is committed when the unit of work ends well."""
        values = {
            "number": self.case.to_do,
            "now": self._now,
            "who": self._actor.person,
            "decided": change.outcome,
        }
        self._connection.execute(_DECIDE, values)
        append(self._connection, change.audit, self._actor, self._now)
        tell(self._connection, self._actor.organisation, self.case.task, change.notices, self._now)


def _case(connection: Connection, number: int, actor: Actor, today: date) -> ToDoCase:
    key = {"to_do": number, "organisation": actor.organisation}
    of_task = connection.execute(_FIND, key).scalar_one_or_none()
    visible = select(task.c.id).where(task.c.id == of_task, visible_tasks(actor)).with_for_update(of=task)
    if of_task is None or connection.execute(visible).first() is None:
        raise NotFoundError("to_do_unknown", to_do=number)
    row = connection.execute(_LOCK, {"to_do": number}).one_or_none()
    if row is None:
        raise NotFoundError("to_do_unknown", to_do=number)
    leading = tuple(connection.execute(_LEADS, {"task": of_task}).scalars())
    if row.kind == "chase_signature":
        told = tuple(connection.execute(_SIGNERS, {"task": of_task}).scalars())
    else:
        told = _inspectors(connection, actor, leading, today)
    return ToDoCase(
        to_do=number,
        kind=row.kind,
        role=row.role,
        task=row.task_id,
        rung=row.rung,
        clock=row.clock,
        due_on=row.due_on,
        decided=row.outcome,
        lead_departments=leading,
        told=told,
    )


def _inspectors(
    connection: Connection, actor: Actor, leading: tuple[int, ...], today: date
) -> tuple[int, ...]:
    """Give the inspectors who watch over a task; where their own office leads it, the substitute does."""
    people = {entry.person: entry.posts for entry in directory_of(connection, actor, today).people}
    inspectors = [p for p, posts in people.items() if any(post.role == "inspector" for post in posts)]
    free = [p for p in inspectors if not any(post.department in leading for post in people[p])]
    if free or not inspectors:
        return tuple(free)
    substitute = settings_of(connection, actor).get("substitute.inspector", "")
    return (int(substitute),) if substitute.isdecimal() else ()
