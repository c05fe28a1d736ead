"""What the filters of lists offer: plans, departments and leaders of the actor's organisation."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, exists, select

from engine.actor import Actor
from storage.tables import department, person, plan, task_leader

Choice = tuple[int, str]
"""An identifier and its name."""

_PLANS = (
    select(plan.c.id, plan.c.title)
    .where(plan.c.organisation_id == bindparam("organisation"))
    .order_by(plan.c.year.desc(), plan.c.id.desc())
)
_DEPARTMENTS = (
    select(department.c.id, department.c.name)
    .where(department.c.organisation_id == bindparam("organisation"))
    .order_by(department.c.position, department.c.id)
)
_LEADERS = (
    select(person.c.id, person.c.name)
    .where(
        person.c.organisation_id == bindparam("organisation"),
        exists().where(task_leader.c.person_id == person.c.id),
    )
    .order_by(person.c.id)
)


def plans(connection: Connection, actor: Actor) -> tuple[Choice, ...]:
    """Give the plans, the newest first."""
    rows = connection.execute(_PLANS, {"organisation": actor.organisation})
    return tuple((row.id, row.title) for row in rows)


def departments(connection: Connection, actor: Actor) -> tuple[Choice, ...]:
    """Give the departments in the organisation's own order."""
    rows = connection.execute(_DEPARTMENTS, {"organisation": actor.organisation})
    return tuple((row.id, row.name) for row in rows)


def leaders(connection: Connection, actor: Actor) -> tuple[Choice, ...]:
    """Give everybody who is the responsible leader of a task."""
    rows = connection.execute(_LEADERS, {"organisation": actor.organisation})
    return tuple((row.id, row.name) for row in rows)
