"""Departments and people as everybody with a log-in may read them: who holds what from when until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.choices import Choice
from storage.tables import department, person, position


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department with how many people hold a position in it today, and who heads it."""

    department: int
    name: str
    short_name: str
    people: int
    heads: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A position.

    Attributes:
        position: Its identifier.
        role: The role.
        department: Where it is held.
        department_name: That department's name.
        person: Who holds it.
        person_name: Their name.
        from_on: The first day.
        until_on: The last day; None where none is set.
    """

    position: int
    role: str
    department: int
    department_name: str
    person: int
    person_name: str
    from_on: date
    until_on: date | None

    def over(self, today: date) -> bool:
        """Say whether it has ended."""
        return self.until_on is not None and self.until_on < today

    def ahead(self, today: date) -> bool:
        """Say whether it has yet to begin."""
        return self.from_on > today


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a list, with the positions held today."""

    person: int
    name: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class People:
    """A page of people; ``following`` is the key of the next one, where there is one."""

    lines: tuple[PersonLine, ...]
    following: int | None


def _held_on(day: str) -> ColumnElement[bool]:
    return and_(
        position.c.from_on <= bindparam(day),
        or_(position.c.until_on.is_(None), position.c.until_on >= bindparam(day)),
    )


_OURS = position.c.organisation_id == bindparam("organisation")
_DEPARTMENTS = (
    select(
        department.c.id,
        department.c.name,
        department.c.short_name,
        func.count(position.c.person_id.distinct()).label("people"),
    )
    .join_from(
        department, position, and_(position.c.department_id == department.c.id, _held_on("day")), isouter=True
    )
    .where(department.c.organisation_id == bindparam("organisation"))
    .group_by(department.c.id)
    .order_by(department.c.position, department.c.id)
)
_HEADS = (
    select(position.c.department_id, person.c.id, person.c.name)
    .join_from(position, person, person.c.id == position.c.person_id)
    .where(_OURS, position.c.role == "department_head", _held_on("day"))
    .order_by(position.c.id)
)
_HELD = (
    select(
        position.c.id,
        position.c.role,
        department.c.id,
        department.c.name,
        person.c.id,
        person.c.name,
        position.c.from_on,
        position.c.until_on,
    )
    .join_from(position, department, department.c.id == position.c.department_id)
    .join(person, person.c.id == position.c.person_id)
    .where(_OURS)
)
_HELD_IN = (
    _HELD.where(position.c.department_id == bindparam("number"))
    .order_by(position.c.until_on.is_not(None), position.c.until_on.desc(), position.c.id)
    .limit(bindparam("most"))
)
_HELD_BY = (
    _HELD.where(position.c.person_id == bindparam("number"))
    .order_by(position.c.from_on.desc(), position.c.id.desc())
    .limit(bindparam("most"))
)
_HELD_TODAY = _HELD.where(
    position.c.person_id.in_(bindparam("people", expanding=True)), _held_on("day")
).order_by(position.c.id)
_ONE = _HELD.where(position.c.id == bindparam("number"))
_DEPARTMENT = select(department.c.id, department.c.name, department.c.short_name).where(
    department.c.id == bindparam("number"), department.c.organisation_id == bindparam("organisation")
)


def departments(connection: Connection, actor: Actor, today: date) -> tuple[DepartmentLine, ...]:
    """Give the departments in the organisation's own order."""
    key = {"organisation": actor.organisation, "day": today}
    heads: defaultdict[int, list[Choice]] = defaultdict(list)
    for where, who, name in connection.execute(_HEADS, key):
        heads[where].append((who, name))
    return tuple(
        DepartmentLine(row.id, row.name, row.short_name, row.people, tuple(heads[row.id]))
        for row in connection.execute(_DEPARTMENTS, key)
    )


def department_names(connection: Connection, actor: Actor, number: int) -> tuple[str, str]:
    """Give the name and the short name of a department.

    Raises:
        NotFoundError: ``department_not_found`` in the actor's organisation.
    """
    key = {"organisation": actor.organisation, "number": number}
    row = connection.execute(_DEPARTMENT, key).one_or_none()
    if row is None:
        raise NotFoundError("department_not_found", department=number)
    return row.name, row.short_name


def held_in(connection: Connection, actor: Actor, number: int, most: int) -> tuple[Held, ...]:
    """Give the positions of a department: those without an end first, then the latest ended."""
    return _held(connection, actor, _HELD_IN, number, most)


def held_by(connection: Connection, actor: Actor, number: int, most: int) -> tuple[Held, ...]:
    """Give the positions of a person, the latest begun first."""
    return _held(connection, actor, _HELD_BY, number, most)


def position_of(connection: Connection, actor: Actor, number: int) -> Held:
    """Give a position.

    Raises:
        NotFoundError: ``position_not_found`` in the actor's organisation.
    """
    key = {"organisation": actor.organisation, "number": number}
    row = connection.execute(_ONE, key).one_or_none()
    if row is None:
        raise NotFoundError("position_not_found", position=number)
    return Held(*row)


def people(connection: Connection, actor: Actor, words: str, after: int, size: int, today: date) -> People:
    """Give a page of people whose name contains every one of some words, behind an identifier."""
    statement = (
        select(person.c.id, person.c.name)
        .where(person.c.organisation_id == actor.organisation, person.c.id > after)
        .where(*(person.c.name.contains(word, autoescape=True) for word in words.split()))
        .order_by(person.c.id)
        .limit(size + 1)
    )
    rows = connection.execute(statement).all()
    shown = rows[:size]
    held = held_today(connection, actor, [row.id for row in shown], today)
    lines = tuple(PersonLine(row.id, row.name, tuple(held[row.id])) for row in shown)
    return People(lines, shown[-1].id if len(rows) > size else None)


def held_today(
    connection: Connection, actor: Actor, of: Collection[int], today: date
) -> defaultdict[int, list[Held]]:
    """Give the positions that some people hold today, by person."""
    found: defaultdict[int, list[Held]] = defaultdict(list)
    if of:
        key = {"organisation": actor.organisation, "people": sorted(of), "day": today}
        for row in connection.execute(_HELD_TODAY, key):
            held = Held(*row)
            found[held.person].append(held)
    return found


def _held(
    connection: Connection, actor: Actor, statement: Select[Any], number: int, most: int
) -> tuple[Held, ...]:
    key = {"organisation": actor.organisation, "number": number, "most": most}
    return tuple(Held(*row) for row in connection.execute(statement, key))
