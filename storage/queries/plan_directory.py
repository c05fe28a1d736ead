"""The directory as a plan's names are matched with it: departments, and people with today's posts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

from engine.actor import Actor
from storage.tables import account, department, person, position
from workflows.plans.records import DepartmentEntry, Directory, PersonEntry, Post

_DEPARTMENTS = (
    select(department.c.id, department.c.name, department.c.short_name)
    .where(department.c.organisation_id == bindparam("organisation"))
    .order_by(department.c.position, department.c.id)
)
_PEOPLE = (
    select(person.c.id, person.c.name, account.c.disabled_at)
    .join_from(person, account, account.c.person_id == person.c.id, isouter=True)
    .where(person.c.organisation_id == bindparam("organisation"))
    .order_by(person.c.id)
)
_POSTS = (
    select(position.c.person_id, position.c.role, position.c.department_id)
    .where(
        position.c.organisation_id == bindparam("organisation"),
        position.c.from_on <= bindparam("day"),
        or_(position.c.until_on.is_(None), position.c.until_on >= bindparam("day")),
    )
    .order_by(position.c.id)
)


def directory_of(connection: Connection, actor: Actor, on: date) -> Directory:
    """Give the departments and people of the actor's organisation, with the posts held on a day."""
    key = {"organisation": actor.organisation}
    posts: defaultdict[int, list[Post]] = defaultdict(list)
    for row in connection.execute(_POSTS, key | {"day": on}):
        posts[row.person_id].append(Post(row.role, row.department_id))
    return Directory(
        departments=tuple(
            DepartmentEntry(row.id, row.name, row.short_name) for row in connection.execute(_DEPARTMENTS, key)
        ),
        people=tuple(
            PersonEntry(row.id, row.name, tuple(posts[row.id]), active=row.disabled_at is None)
            for row in connection.execute(_PEOPLE, key)
        ),
    )
