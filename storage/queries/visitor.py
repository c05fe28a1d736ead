"""Who stands behind a log-in: the person with today's positions, or why the log-in has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Date, and_, bindparam, or_, select

from engine.actor import Mandate
from storage.gathering.delegated import valid
from storage.tables import account, delegation, department, organisation, person, position, session


@dataclass(frozen=True, slots=True)
class Post:
    """A position held today, with its department's name."""

    role: str
    department: int
    department_name: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is logged in."""

    session: str
    person: int
    name: str
    login: str
    locale: str
    organisation: int
    organisation_name: str
    must_change: bool
    seen_at: datetime
    posts: tuple[Post, ...]
    mandates: frozenset[Mandate] = frozenset()


@dataclass(frozen=True, slots=True)
class Ended:
    """A log-in that has ended: why, and the language to say it in."""

    reason: str
    locale: str


EXPIRED = "expired"
"""Nobody used the log-in for too long."""
DISABLED = "disabled"
"""The account was disabled."""

_VISIT = (
    select(
        session.c.id,
        session.c.seen_at,
        session.c.expires_at,
        session.c.ended_at,
        session.c.end_reason,
        person.c.id.label("person"),
        person.c.name,
        person.c.locale,
        account.c.login,
        account.c.must_change,
        account.c.disabled_at,
        organisation.c.id.label("organisation"),
        organisation.c.name.label("organisation_name"),
    )
    .join(person, person.c.id == session.c.person_id)
    .join(account, account.c.person_id == person.c.id)
    .join(organisation, organisation.c.id == session.c.organisation_id)
    .where(session.c.id == bindparam("session"))
)

_POSTS = (
    select(position.c.role, department.c.id, department.c.name)
    .join(department, department.c.id == position.c.department_id)
    .where(
        and_(
            position.c.person_id == bindparam("person"),
            position.c.from_on <= bindparam("today"),
            or_(position.c.until_on.is_(None), position.c.until_on >= bindparam("today")),
        )
    )
    .order_by(position.c.id)
)

_MANDATES = select(
    delegation.c.principal_id, delegation.c.scope, delegation.c.plan_id, delegation.c.task_id
).where(delegation.c.delegate_id == bindparam("person"), valid(bindparam("today", type_=Date())))


def visitor(connection: Connection, digest: str, now: datetime, today: date) -> Visitor | Ended | None:
    """Give whoever is logged in.

    This is the one query that takes no actor: it is what the actor is made from.

    Args:
        connection: A reading.
        digest: SHA-256 of the cookie's token.
        now: The moment of asking.
        today: The calendar day, which decides the positions.

    Returns:
        The visitor, why their log-in has ended, or None where there never was such a log-in.
    """
    row = connection.execute(_VISIT, {"session": digest}).one_or_none()
    if row is None:
        return None
    if row.ended_at is not None:
        return Ended(row.end_reason or EXPIRED, row.locale)
    if row.disabled_at is not None:
        return Ended(DISABLED, row.locale)
    if row.expires_at <= now:
        return Ended(EXPIRED, row.locale)
    posts = connection.execute(_POSTS, {"person": row.person, "today": today})
    return Visitor(
        session=row.id,
        person=row.person,
        name=row.name,
        login=row.login,
        locale=row.locale,
        organisation=row.organisation,
        organisation_name=row.organisation_name,
        must_change=row.must_change,
        seen_at=row.seen_at,
        posts=tuple(Post(*post) for post in posts),
        mandates=mandates_of(connection, row.person, today),
    )


def mandates_of(connection: Connection, person: int, today: date) -> frozenset[Mandate]:
    """Give in whose place a person may sign on a day."""
    rows = connection.execute(_MANDATES, {"person": person, "today": today})
    return frozenset(
        Mandate(row.principal_id, row.scope, row.plan_id if row.plan_id is not None else row.task_id)
        for row in rows
    )
