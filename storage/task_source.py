"""Tasks one by one, for whoever looks at all of them. Implements ``workflows.versions.ports.TaskSource``.

Every call is a short reading of its own, so that nobody who writes waits for it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, func, select

from engine.actor import Actor
from storage.database import Database
from storage.queries.task.case import case_of
from storage.tables import definition_version, plan, task
from workflows.rectification.records import Case
from workflows.versions.records import Standing

_TASKS = (
    select(task.c.id, task.c.number, plan.c.title, definition_version.c.version)
    .join_from(task, plan, plan.c.id == task.c.plan_id)
    .join(definition_version, definition_version.c.id == task.c.definition_version_id)
    .where(task.c.organisation_id == bindparam("organisation"), task.c.id > bindparam("after"))
    .order_by(task.c.id)
    .limit(bindparam("most"))
)
_SIZE = select(func.count()).select_from(task).where(task.c.organisation_id == bindparam("organisation"))


class SqlTaskSource:
    """The tasks of a database, read without a lock.

    Args:
        database: The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def size(self, actor: Actor) -> int:
        """Say how many tasks there are."""
        with self._database.read() as connection:
            return int(connection.execute(_SIZE, {"organisation": actor.organisation}).scalar_one())

    def tasks(self, actor: Actor, after: int, limit: int) -> tuple[Standing, ...]:
        """Give tasks of the actor's organisation whose identifiers come after one, in their order."""
        values = {"organisation": actor.organisation, "after": after, "most": limit}
        with self._database.read() as connection:
            rows = connection.execute(_TASKS, values).all()
        return tuple(Standing(row.id, row.title, row.number, row.version) for row in rows)

    def case(self, task: int, actor: Actor, today: date) -> Case:
        """Give a task as it stands.

        Raises:
            NotFoundError: There is no such task for this actor.
        """
        with self._database.read() as connection:
            return case_of(connection, actor, task, today)
