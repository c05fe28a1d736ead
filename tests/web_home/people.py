"""Further positions for people of the small court."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, update

from storage.tables import position, setting
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


def stands_in(court: Court, login: str) -> None:
    """Let the performance office sit in the lead department, and name somebody to stand in for it."""
    also_holds(court, "office", "审判管理办公室", "performance_office")
    with court.database.write() as connection:
        connection.execute(
            update(setting)
            .where(setting.c.name == "substitute.performance_office")
            .values(value=str(court.people[login]))
        )
