"""Settles the invented court in an empty database: organisation, departments, people, accounts, substitutes.

It uses what an administrator's commands use. Must not know plans or tasks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cli.demo import court
from engine.actor import Actor, Holding, system
from storage import account_keeping, accounts, directory, settings
from storage.database import Database
from workflows.deadlines.timetable import Timetable
from workflows.rectification.gathering import SUBSTITUTE

_REQUEST = "demo"


@dataclass(frozen=True, slots=True)
class Settled:
    """The court as it stands in the database.

    Attributes:
        organisation: Its identifier.
        departments: By name.
        people: By login.
    """

    organisation: int
    departments: Mapping[str, int]
    people: Mapping[str, int]

    def actor(self, login: str) -> Actor:
        """Give somebody of the court as the services know them."""
        member = next(member for member in court.MEMBERS if member.login == login)
        department = self.departments[member.department]
        return Actor(
            person=self.people[login],
            organisation=self.organisation,
            holdings=frozenset(Holding(role, department) for role in member.roles),
            address="127.0.0.1",
            request_id=_REQUEST,
        )


def settle(database: Database, timetable: Timetable, now: datetime) -> Settled:
    """Write the court.

    Args:
        database: An empty database of the newest schema.
        timetable: Says which day it is.
        now: When everybody takes up their position.
    """
    # Everybody has the same password, so its costly hash is made once.
    password = account_keeping.OneTime(court.PASSWORD, accounts.hash_password(court.PASSWORD))
    today = timetable.local_day(now)
    with database.write() as connection:
        organisation = directory.add_organisation(connection, court.COURT, now, request_id=_REQUEST)
        actor = system(organisation, _REQUEST)
        departments = {
            name: directory.add_department(connection, name, actor, now) for name in court.DEPARTMENTS
        }
        people = {}
        for member in court.MEMBERS:
            number = directory.add_person(connection, member.name, actor, now, email=member.address)
            people[member.login] = number
            for role in member.roles:
                directory.add_position(
                    connection, number, departments[member.department], role, today, actor, now
                )
            account_keeping.add_account(
                connection, number, member.login, password, actor, now, must_change=False
            )
        chosen = {f"{SUBSTITUTE}{role}": str(people[login]) for role, login in court.SUBSTITUTES.items()}
        settings.set_settings(connection, chosen, actor, now)
    return Settled(organisation, departments, people)
