"""What the directory of the small court holds, read from the tables."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from storage.queries.directory import held_by
from storage.tables import person, position
from tests.support.seed import Court

TODAY = date(2026, 6, 1)


def held(court: Court, login: str) -> list[tuple[str, date, date | None]]:
    with court.database.read() as connection:
        found = held_by(connection, court.actor("administrator"), court.people[login], 100)
    return [(item.role, item.from_on, item.until_on) for item in found]


def position_of(court: Court, login: str) -> int:
    with court.database.read() as connection:
        statement = select(position.c.id).where(position.c.person_id == court.people[login])
        return int(connection.execute(statement).scalars().first() or 0)


def found_person(court: Court, name: str) -> int | None:
    with court.database.read() as connection:
        found = connection.execute(select(person.c.id).where(person.c.name == name)).scalar_one_or_none()
    return None if found is None else int(found)
