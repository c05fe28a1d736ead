"""The store in memory and the one on each database, over the same task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.tables import definition_version, position
from storage.task_store import SqlTaskStore
from tests.contract.court import PEOPLE, case, furnish, next_moments
from tests.contract.look import rows_of
from tests.contract.moves import Course
from tests.fakes.rows import Rows
from tests.fakes.tasks import MemoryTaskStore
from workflows.rectification.ports import TaskStore
from workflows.rectification.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Stand:
    """A store with the task, and a look at what it keeps."""

    store: TaskStore
    course: Course
    rows: Callable[[], Rows]
    end_positions: Callable[[int], None]
    run_on: Callable[[str], None]


def memory_stand() -> Stand:
    """The store without a database."""
    store = MemoryTaskStore(case(), next_moments(), unreachable={PEOPLE[Role.DEPARTMENT_HEAD]})

    def end(person: int) -> None:
        positions = tuple(held for held in store.rows.case.positions if held.person != person)
        store.rows.case = replace(store.rows.case, positions=positions)

    def run_on(text: str) -> None:
        store.rows.case = replace(store.rows.case, definition_text=text)

    return Stand(store, Course(store), lambda: store.rows, end, run_on)


def sql_stand(database: Database) -> Stand:
    """The store on a database."""
    furnish(database)
    store = SqlTaskStore(database)
    course = Course(store)

    def end(person: int) -> None:
        with database.write() as connection:
            held = update(position).where(position.c.person_id == person)
            connection.execute(held.values(until_on=position.c.from_on))

    def run_on(text: str) -> None:
        with database.write() as connection:
            connection.execute(update(definition_version).values(text=text))

    return Stand(store, course, lambda: rows_of(database, course.case()), end, run_on)


@pytest.fixture(
    params=["memory", "sqlite_database", "postgres_database"], ids=["memory", "sqlite", "postgresql"]
)
def stand(request: pytest.FixtureRequest) -> Stand:
    """A store of each kind."""
    if request.param == "memory":
        return memory_stand()
    return sql_stand(request.getfixturevalue(request.param))


@pytest.fixture
def course(stand: Stand) -> Course:
    """The task on its way in a store of each kind."""
    return stand.course
