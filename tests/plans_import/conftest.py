"""Stores of plans, in memory and on both databases, over the same invented court."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from storage.database import Database
from storage.plan_store import SqlPlanStore
from storage.tables import account, department, organisation, person, position
from tests.plans_import.memory import MemoryPlanStore
from tests.plans_import.samples import DIRECTORY, NOW
from workflows.plans.ports import PlanStore


def furnish(database: Database) -> None:
    """Put the invented court's directory into a database, under the identifiers that the samples name."""
    with database.write() as connection:
        connection.execute(
            insert(organisation), [{"id": 1, "name": "云岭市中级人民法院"}, {"id": 2, "name": "别的法院"}]
        )
        for place, entry in enumerate(DIRECTORY.departments):
            values = {"id": entry.department, "name": entry.name, "short_name": entry.short_name}
            connection.execute(insert(department), values | {"organisation_id": 1, "position": place})
        for someone in DIRECTORY.people:
            values = {"id": someone.person, "name": someone.name, "email": f"p{someone.person}@example.test"}
            connection.execute(insert(person), values | {"organisation_id": 1})
            login = {"person_id": someone.person, "organisation_id": 1, "login": f"p{someone.person}"}
            rest = {"password_hash": "-", "created_at": NOW}
            disabled = {"disabled_at": None if someone.active else NOW}
            connection.execute(insert(account), login | rest | disabled)
            for post in someone.posts:
                held = {"person_id": someone.person, "department_id": post.department, "role": post.role}
                connection.execute(
                    insert(position), held | {"organisation_id": 1, "from_on": date(2025, 1, 1)}
                )


@pytest.fixture
def furnished(database: Database) -> Database:
    """A database of each kind with the invented court."""
    furnish(database)
    return database


@pytest.fixture(
    params=["memory", "sqlite_database", "postgres_database"], ids=["memory", "sqlite", "postgresql"]
)
def store(request: pytest.FixtureRequest) -> PlanStore:
    """A store of each kind."""
    if request.param == "memory":
        return MemoryPlanStore(DIRECTORY)
    database: Database = request.getfixturevalue(request.param)
    furnish(database)
    return SqlPlanStore(database)


@pytest.fixture
def memory() -> MemoryPlanStore:
    """The store without a database."""
    return MemoryPlanStore(DIRECTORY)
