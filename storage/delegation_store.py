"""Delegations and secretaries as rows: one principal's at a time, under the lock on the principal.

Implements ``workflows.delegations.ports.DelegationStore``. Must not decide who may delegate to whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.audit_log import append
from storage.database import Database
from storage.tables import account, delegation, person, plan, position, secretary, task
from storage.telling import tell
from workflows.delegations.records import (
    NEW,
    Delegation,
    Mandate,
    MandateChange,
    Party,
    Scope,
    Terms,
)

_PRINCIPAL = (
    select(person.c.id)
    .where(person.c.id == bindparam("number"), person.c.organisation_id == bindparam("organisation"))
    .with_for_update()
)
_PARTIES = (
    select(person.c.id, position.c.role)
    .join_from(person, account, account.c.person_id == person.c.id)
    .outerjoin(
        position,
        (position.c.person_id == person.c.id)
        & (position.c.from_on <= bindparam("today"))
        & or_(position.c.until_on.is_(None), position.c.until_on >= bindparam("today")),
    )
    .where(
        person.c.id.in_(bindparam("people", expanding=True)),
        person.c.organisation_id == bindparam("organisation"),
        account.c.disabled_at.is_(None),
    )
)
_SECRETARIES = select(secretary.c.person_id).where(
    secretary.c.principal_id == bindparam("number"), secretary.c.ended_at.is_(None)
)
_STANDING = (
    select(delegation)
    .where(
        delegation.c.principal_id == bindparam("number"),
        delegation.c.withdrawn_at.is_(None),
        delegation.c.until_on >= bindparam("today"),
    )
    .order_by(delegation.c.id)
)
_FIND = select(delegation).where(
    delegation.c.id == bindparam("number"), delegation.c.organisation_id == bindparam("organisation")
)
_SUBJECT = {Scope.PLAN: plan, Scope.TASK: task}
_GRANT = insert(delegation).returning(delegation.c.id)
_WITHDRAW = (
    update(delegation)
    .where(delegation.c.id == bindparam("number"))
    .values(withdrawn_by=bindparam("by"), withdrawn_at=bindparam("now"))
)
_ALLOW = insert(secretary)
_DISALLOW = (
    update(secretary)
    .where(
        secretary.c.principal_id == bindparam("number"),
        secretary.c.person_id == bindparam("who"),
        secretary.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"))
)


def terms_of(row: Row[tuple[object, ...]]) -> Terms:
    """Give what a row of ``delegation`` says."""
    return Terms(
        principal=row.principal_id,
        delegate=row.delegate_id,
        from_on=row.from_on,
        until_on=row.until_on,
        scope=Scope(row.scope),
        about=row.plan_id if row.plan_id is not None else row.task_id,
    )


class SqlMandateWork:
    """One unit of work over what a locked principal arranged."""

    def __init__(self, connection: Connection, mandate: Mandate, actor: Actor, now: datetime) -> None:
        self.mandate = mandate
        self._connection = connection
        self._actor = actor
        self._now = now

    def grant(self, terms: Terms, change: MandateChange) -> int:
        """Write a delegation, and give its number."""
        row = {
            "organisation_id": self._actor.organisation,
            "principal_id": terms.principal,
            "delegate_id": terms.delegate,
            "from_on": terms.from_on,
            "until_on": terms.until_on,
            "scope": terms.scope,
            "plan_id": terms.about if terms.scope is Scope.PLAN else None,
            "task_id": terms.about if terms.scope is Scope.TASK else None,
            "granted_by": self._actor.person,
            "granted_at": self._now,
        }
        number = int(self._connection.execute(_GRANT, row).scalar_one())
        self._write(change, number)
        return number

    def withdraw(self, delegation: int, change: MandateChange) -> None:
        """Write that a delegation has ended now."""
        values = {"number": delegation, "by": self._actor.person, "now": self._now}
        self._connection.execute(_WITHDRAW, values)
        self._write(change)

    def allow(self, secretary: int, change: MandateChange) -> None:
        """Write that somebody may delegate on the principal's behalf."""
        row = {
            "organisation_id": self._actor.organisation,
            "principal_id": self.mandate.principal.person,
            "person_id": secretary,
            "allowed_at": self._now,
        }
        self._connection.execute(_ALLOW, row)
        self._write(change)

    def disallow(self, secretary: int, change: MandateChange) -> None:
        """Write that somebody may no longer."""
        values = {"number": self.mandate.principal.person, "who": secretary, "now": self._now}
        self._connection.execute(_DISALLOW, values)
        self._write(change)

    def _write(self, change: MandateChange, number: int | None = None) -> None:
        filled = {NEW: str(number)}
        organisation = self._actor.organisation
        tell(self._connection, organisation, None, change.notices, self._now, filled)
        audit = replace(change.audit, stream=change.audit.stream.replace(NEW, str(number)))
        append(self._connection, audit, self._actor, self._now)


class SqlDelegationStore:
    """The delegations of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, delegation: int, actor: Actor) -> Delegation:
        """Give a delegation, withdrawn or not.

        Raises:
            NotFoundError: ``delegation_not_found`` in the actor's organisation.
        """
        key = {"number": delegation, "organisation": actor.organisation}
        with self._database.read() as connection:
            row = connection.execute(_FIND, key).one_or_none()
        if row is None:
            raise NotFoundError("delegation_not_found", delegation=delegation)
        return Delegation(row.id, terms_of(row))

    @contextmanager
    def work(
        self,
        principal: int,
        actor: Actor,
        now: datetime,
        today: date,
        other: int | None = None,
        about: tuple[Scope, int | None] = (Scope.ALL, None),
    ) -> Iterator[SqlMandateWork]:
        """Lock a principal and gather what they arranged.

        Raises:
            NotFoundError: ``person_not_found`` in the actor's organisation.
        """
        with self._database.write() as connection:
            key = {"number": principal, "organisation": actor.organisation}
            if connection.execute(_PRINCIPAL, key).first() is None:
                raise NotFoundError("person_not_found", person=principal)
            parties = _parties(connection, [principal, *([other] if other else [])], actor, today)
            standing = connection.execute(_STANDING, {"number": principal, "today": today}).all()
            secretaries = connection.execute(_SECRETARIES, {"number": principal}).scalars()
            mandate = Mandate(
                principal=parties.get(principal, Party(principal, frozenset())),
                other=parties.get(other or 0),
                secretaries=frozenset(secretaries),
                standing=tuple(Delegation(row.id, terms_of(row)) for row in standing),
                exists=_exists(connection, actor, *about),
            )
            yield SqlMandateWork(connection, mandate, actor, now)


def _parties(connection: Connection, people: list[int], actor: Actor, today: date) -> dict[int, Party]:
    """Give the people with an enabled account, and the roles they hold today."""
    key = {"people": people, "organisation": actor.organisation, "today": today}
    roles: dict[int, set[str]] = {}
    for row in connection.execute(_PARTIES, key):
        roles.setdefault(row.id, set()).update([row.role] if row.role else [])
    return {number: Party(number, frozenset(held)) for number, held in roles.items()}


def _exists(connection: Connection, actor: Actor, scope: Scope, about: int | None) -> bool:
    if scope is Scope.ALL:
        return about is None
    table = _SUBJECT[scope]
    statement = select(table.c.id).where(table.c.id == about, table.c.organisation_id == actor.organisation)
    return connection.execute(statement).first() is not None
