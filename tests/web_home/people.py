"""Further positions for people of the small court."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert

from storage.tables import position
from tests.support.seed import Court


def also_holds(court: Court, login: str, where: str, role: str) -> None:
    """Give somebody one more position."""
    with court.database.write() as connection:
        connection.execute(
            insert(position).values(
                organisation_id=court.organisation,
                person_id=court.people[login],
                department_id=court.departments[where],
                role=role,
                from_on=date(2026, 1, 1),
            )
        )
