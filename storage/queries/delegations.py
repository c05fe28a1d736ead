"""Delegations as their page shows them: whose, to whom, on what, until when, and what was signed by them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from engine.actor import Actor
from storage.tables import delegation, person, plan, proposal, secretary, signature, task

_PRINCIPAL, _DELEGATE = person.alias("principal"), person.alias("delegate")
_GRANTED, _WITHDRAWN = person.alias("granted"), person.alias("withdrawn")


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation with the names of everybody in it.

    Attributes:
        delegation: Its identifier.
        principal: For whom is signed.
        principal_name: Their name.
        delegate_name: Who signs.
        from_on: Its first day.
        until_on: Its last day.
        scope: ``all``, ``plan`` or ``task``.
        plan_title: Its plan, where it is for one.
        number: The number of its task, where it is for one.
        objective: That task's objective.
        granted_by: Who granted it: the principal, or their secretary.
        granted_at: When.
        withdrawn_by: Who withdrew it.
        withdrawn_at: When.
    """

    delegation: int
    principal: int
    principal_name: str
    delegate_name: str
    from_on: date
    until_on: date
    scope: str
    plan_title: str | None
    number: int | None
    objective: str | None
    granted_by: str
    granted_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None

    def stands(self, today: date) -> bool:
        """Say whether it holds or is still to begin."""
        return self.withdrawn_at is None and self.until_on >= today


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, and since when they are allowed what they are listed for."""

    person: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """A signature that a delegate gave."""

    at: datetime
    person: str
    principal: str
    role: str
    trigger: str
    task: int
    number: int
    objective: str


def delegations_of(
    connection: Connection, actor: Actor, principals: Collection[int], most: int = 200
) -> tuple[DelegationLine, ...]:
    """Give the delegations of certain principals, withdrawn ones and past ones too, the newest first."""
    return _lines(connection, actor, delegation.c.principal_id.in_(sorted(principals)), most)


def delegated_to(connection: Connection, actor: Actor, most: int = 200) -> tuple[DelegationLine, ...]:
    """Give the delegations by which the actor may sign for others, past ones too, the newest first."""
    return _lines(connection, actor, delegation.c.delegate_id == actor.person, most)


def secretaries_of(connection: Connection, actor: Actor) -> tuple[Someone, ...]:
    """Give who may delegate on the actor's behalf."""
    statement = _allowed(person.c.id == secretary.c.person_id).where(
        secretary.c.principal_id == actor.person, person.c.organisation_id == actor.organisation
    )
    return tuple(Someone(*row) for row in connection.execute(statement))


def allowing(connection: Connection, actor: Actor) -> tuple[Someone, ...]:
    """Give on whose behalf the actor may delegate, as their secretary."""
    statement = _allowed(person.c.id == secretary.c.principal_id).where(
        secretary.c.person_id == actor.person, person.c.organisation_id == actor.organisation
    )
    return tuple(Someone(*row) for row in connection.execute(statement))


def uses(
    connection: Connection, actor: Actor, principals: Collection[int], most: int = 50
) -> tuple[Use, ...]:
    """Give what was signed in the place of certain principals, the newest first."""
    statement = (
        select(
            signature.c.signed_at,
            _DELEGATE.c.name,
            _PRINCIPAL.c.name,
            signature.c.role,
            proposal.c.trigger,
            task.c.id,
            task.c.number,
            task.c.objective,
        )
        .join_from(signature, proposal, proposal.c.id == signature.c.proposal_id)
        .join(task, task.c.id == proposal.c.task_id)
        .join(_DELEGATE, _DELEGATE.c.id == signature.c.person_id)
        .join(_PRINCIPAL, _PRINCIPAL.c.id == signature.c.on_behalf_of)
        .where(
            signature.c.on_behalf_of.in_(sorted(principals)),
            signature.c.organisation_id == actor.organisation,
        )
        .order_by(signature.c.signed_at.desc())
        .limit(most)
    )
    return tuple(Use(*row) for row in connection.execute(statement))


def _allowed(which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(person.c.id, person.c.name, secretary.c.allowed_at)
        .join_from(secretary, person, which)
        .where(secretary.c.ended_at.is_(None))
        .order_by(secretary.c.id)
    )


def _lines(
    connection: Connection, actor: Actor, which: ColumnElement[bool], most: int
) -> tuple[DelegationLine, ...]:
    statement: Select[Any] = (
        select(
            delegation.c.id,
            _PRINCIPAL.c.id,
            _PRINCIPAL.c.name,
            _DELEGATE.c.name,
            delegation.c.from_on,
            delegation.c.until_on,
            delegation.c.scope,
            plan.c.title,
            task.c.number,
            task.c.objective,
            _GRANTED.c.name,
            delegation.c.granted_at,
            _WITHDRAWN.c.name,
            delegation.c.withdrawn_at,
        )
        .join_from(delegation, _PRINCIPAL, _PRINCIPAL.c.id == delegation.c.principal_id)
        .join(_DELEGATE, _DELEGATE.c.id == delegation.c.delegate_id)
        .join(_GRANTED, _GRANTED.c.id == delegation.c.granted_by)
        .outerjoin(_WITHDRAWN, _WITHDRAWN.c.id == delegation.c.withdrawn_by)
        .outerjoin(plan, plan.c.id == delegation.c.plan_id)
        .outerjoin(task, task.c.id == delegation.c.task_id)
        .where(which, delegation.c.organisation_id == actor.organisation)
        .order_by(delegation.c.id.desc())
        .limit(most)
    )
    return tuple(DelegationLine(*row) for row in connection.execute(statement))
