"""Further positions for people of the small court."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, insert

from storage.tables import position, setting
from tests.support.seed import Court
from workflows.rectification.vocabulary import Role


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


def stands_in(court: Court, login: str, holder: str = "office", role: Role = Role.PERFORMANCE_OFFICE) -> None:
    """Let the only holder of a role sit in the lead department, and name somebody to stand in."""
    also_holds(court, holder, "审判管理办公室", role)
    named = setting.c.name == f"substitute.{role}"
    values = {"name": f"substitute.{role}", "value": str(court.people[login])}
    with court.database.write() as connection:
        connection.execute(delete(setting).where(named))
        connection.execute(insert(setting).values(organisation_id=court.organisation, **values))
