"""Organisations, departments, people and the positions they hold: adding, changing, ending.

Every call is part of the caller's unit of work and is recorded there. Nothing is ever removed: a position
ends on a day. Must not know plans or tasks.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Insert, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor, system
from engine.audit import AuditDraft, FreeText
from engine.errors import NotFoundError, ZhenggaiError
from storage.audit_log import append
from storage.sessions import EndReason, end_sessions_of
from storage.tables import department, organisation, person, position

_ADD_ORGANISATION = insert(organisation)
_ADD_DEPARTMENT = insert(department)
_ADD_PERSON = insert(person)
_ADD_POSITION = insert(position)
_CHANGE_PERSON = (
    update(person)
    .where(person.c.id == bindparam("number"))
    .values(name=bindparam("called"), email=bindparam("mail"), locale=bindparam("reads"))
)
_END_POSITION = (
    update(position)
    .where(position.c.id == bindparam("number"))
    .values(until_on=bindparam("until"), next_on=position.c.from_on)
)
_PERSON = select(person).where(
    person.c.id == bindparam("number"), person.c.organisation_id == bindparam("organisation")
)
_DEPARTMENT = select(department.c.id).where(
    department.c.id == bindparam("number"), department.c.organisation_id == bindparam("organisation")
)
_POSITION = select(position).where(
    position.c.id == bindparam("number"), position.c.organisation_id == bindparam("organisation")
)
_ORGANISATIONS = select(organisation.c.id, organisation.c.name).order_by(organisation.c.id)
_LAST_PLACE = select(func.coalesce(func.max(department.c.position), 0)).where(
    department.c.organisation_id == bindparam("organisation")
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of this installation."""

    organisation: int
    name: str


def organisations(connection: Connection) -> tuple[Organisation, ...]:
    """Give the organisations of this installation, the first one first; for commands alone."""
    return tuple(Organisation(row.id, row.name) for row in connection.execute(_ORGANISATIONS))


def add_organisation(
    connection: Connection, name: str, now: datetime, *, parent: int | None = None, request_id: str = ""
) -> int:
    """Add an organisation; nobody of it exists yet, so the system does it.

    Raises:
        ZhenggaiError: ``organisation_exists``.
    """
    number = _insert(
        connection, _ADD_ORGANISATION, {"name": name, "parent_id": parent}, "organisation_exists", name
    )
    _record(connection, "organisation", number, "create", system(number, request_id), now, {"parent": parent})
    return number


def add_department(
    connection: Connection, name: str, actor: Actor, now: datetime, *, short_name: str = ""
) -> int:
    """Add a department behind the others of the actor's organisation.

    Raises:
        ZhenggaiError: ``department_exists``.
    """
    scope = {"organisation": actor.organisation}
    row = {
        "organisation_id": actor.organisation,
        "name": name,
        "short_name": short_name,
        "position": connection.execute(_LAST_PLACE, scope).scalar_one() + 1,
    }
    number = _insert(connection, _ADD_DEPARTMENT, row, "department_exists", name)
    references = {"department": number}
    _record(connection, "organisation", actor.organisation, "add_department", actor, now, references)
    return number


def add_person(
    connection: Connection, name: str, actor: Actor, now: datetime, *, email: str = "", locale: str = "zh"
) -> int:
    """Add a person; two may share a name."""
    row = {"organisation_id": actor.organisation, "name": name, "email": email, "locale": locale}
    (number,) = connection.execute(_ADD_PERSON, row).inserted_primary_key or (0,)
    _record(connection, "person", number, "create", actor, now, {}, {"name": name, "email": email})
    return int(number)


def change_person(
    connection: Connection,
    number: int,
    actor: Actor,
    now: datetime,
    *,
    name: str | None = None,
    email: str | None = None,
    locale: str | None = None,
) -> None:
    """Change what is given of a person; what was said before stays in the record until it is erased.

    Raises:
        NotFoundError: ``person_not_found``.
    """
    row = connection.execute(_PERSON, {"number": number, "organisation": actor.organisation}).one_or_none()
    if row is None:
        raise NotFoundError("person_not_found", person=number)
    values = {
        "number": number,
        "called": row.name if name is None else name,
        "mail": row.email if email is None else email,
        "reads": row.locale if locale is None else locale,
    }
    connection.execute(_CHANGE_PERSON, values)
    texts = {name: text for name, text in (("name", name), ("email", email)) if text is not None}
    references = {} if locale is None else {"locale": locale}
    _record(connection, "person", number, "change", actor, now, references, texts)


def add_position(
    connection: Connection,
    person_number: int,
    in_department: int,
    role: str,
    from_on: date,
    actor: Actor,
    now: datetime,
    *,
    until_on: date | None = None,
) -> int:
    """Give a person a position from a day until and with another; open-ended where that is None.

    A seat that was vacant learns of it from the deadline process, on the day and not before.

    Raises:
        NotFoundError: ``person_not_found`` or ``department_not_found`` in the actor's organisation.
        ZhenggaiError: ``position_days_reversed``.
    """
    scope = {"organisation": actor.organisation}
    if connection.execute(_PERSON, scope | {"number": person_number}).first() is None:
        raise NotFoundError("person_not_found", person=person_number)
    if connection.execute(_DEPARTMENT, scope | {"number": in_department}).first() is None:
        raise NotFoundError("department_not_found", department=in_department)
    if until_on is not None and until_on < from_on:
        raise ZhenggaiError("position_days_reversed")
    row = {
        "organisation_id": actor.organisation,
        "person_id": person_number,
        "department_id": in_department,
        "role": role,
        "from_on": from_on,
        "until_on": until_on,
        "next_on": from_on,
    }
    (number,) = connection.execute(_ADD_POSITION, row).inserted_primary_key or (0,)
    references = {"position": number, "department": in_department, "role": role, "from": from_on}
    _record(connection, "person", person_number, "add_position", actor, now, references | {"until": until_on})
    return int(number)


def end_position(
    connection: Connection, number: int, last_day: date, actor: Actor, now: datetime, today: date
) -> int:
    """Let a position end with a day; one that is over today costs its holder the log-ins that rest on it.

    The caller asks for the seats that the holder sits on to be resolved again (see
    :func:`storage.queries.seats.open_proposals_of`), so that nobody waits; the deadline process looks after
    it in any case, also where the day is still to come.

    Returns:
        Who held it.

    Raises:
        NotFoundError: ``position_not_found``.
        ZhenggaiError: ``position_days_reversed``: it would end more than a day before it began.
    """
    row = connection.execute(_POSITION, {"number": number, "organisation": actor.organisation}).one_or_none()
    if row is None:
        raise NotFoundError("position_not_found", position=number)
    # A position given by mistake ends on the day before it began: it was never held.
    if last_day < row.from_on - timedelta(days=1):
        raise ZhenggaiError("position_days_reversed")
    connection.execute(_END_POSITION, {"number": number, "until": last_day})
    references = {"position": number, "role": row.role, "until": last_day}
    _record(connection, "person", row.person_id, "end_position", actor, now, references)
    if last_day < today:
        end_sessions_of(connection, row.person_id, EndReason.ROLE_LOST, now)
    return int(row.person_id)


def _insert(
    connection: Connection, statement: Insert, row: Mapping[str, object], taken: str, name: str
) -> int:
    try:
        (number,) = connection.execute(statement, row).inserted_primary_key or (0,)
    except IntegrityError as error:
        raise ZhenggaiError(taken, name=name) from error
    return int(number)


def _record(
    connection: Connection,
    kind: str,
    number: int,
    action: str,
    actor: Actor,
    now: datetime,
    references: Mapping[str, object],
    texts: Mapping[str, str] | None = None,
) -> None:
    """Write the entry; names and addresses are a person's data: the entry has their salted digests alone."""
    draft = AuditDraft(
        stream=f"{kind}:{number}",
        action=action,
        references=references,
        texts=tuple(
            FreeText(name, secrets.token_hex(16), text) for name, text in (texts or {}).items() if text
        ),
    )
    append(connection, draft, actor, now)
