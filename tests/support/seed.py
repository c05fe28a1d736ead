"""A small invented court in a database: one person per role, one plan, and the application in front of it.

Whoever needs more than this moves tasks by the product's own services, as people would.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert

from engine.actor import Actor, Holding
from storage.accounts import hash_password
from storage.blob_index import keep_blob
from storage.blobs.memory import MemoryBlobStore
from storage.database import Database
from storage.plan_writing import write_plan
from storage.queries.plan_directory import directory_of
from storage.sessions import open_session
from storage.tables import account, department, organisation, person, position, setting
from tests.support.seed_plan import plan_of
from web import WebConfig, create_app
from web.login import COOKIE
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.timetable import Timetable
from workflows.evidence.records import Blob
from workflows.rectification.creating import Grounds, create
from workflows.rectification.definition import built_in_text
from workflows.rectification.service import Rules
from workflows.rectification.vocabulary import Role

PASSWORD: Final = "correct horse battery"
START: Final = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
"""Ten o'clock on a Monday in the court's time zone."""

DEPARTMENTS: Final = (
    *(
        "院领导",
        "审判管理办公室",
        "行装处",
        "机关党委",
        "宣传处",
        "政治部",
        "办公室",
        "督察室",
        "信息处",
        "研究室",
    ),
)

MEMBERS: Final = {
    "leader": ("拓跋松", "院领导", (Role.RESPONSIBLE_LEADER,)),
    "other_leader": ("贺兰柏", "院领导", (Role.RESPONSIBLE_LEADER,)),
    "performance_leader": ("独孤梅", "院领导", (Role.PERFORMANCE_LEADER,)),
    "president": ("长孙榆", "院领导", (Role.PRESIDENT,)),
    "handler": ("慕容竹", "审判管理办公室", (Role.HANDLER,)),
    "head": ("宇文兰", "审判管理办公室", (Role.DEPARTMENT_HEAD,)),
    "supporter": ("万俟菊", "行装处", (Role.HANDLER,)),
    "supporter_head": ("尉迟桂", "行装处", (Role.DEPARTMENT_HEAD,)),
    "office": ("呼延桐", "机关党委", (Role.PERFORMANCE_OFFICE,)),
    "office_head": ("赫连枫", "机关党委", (Role.PERFORMANCE_OFFICE_HEAD,)),
    "verifier": ("澹台杉", "政治部", (Role.VERIFICATION_GROUP,)),
    "publicity": ("公冶荷", "宣传处", (Role.PUBLICITY_OFFICE,)),
    "reviewer": ("濮阳槐", "办公室", (Role.CONFIDENTIALITY_REVIEWER,)),
    "inspector": ("宗政榕", "督察室", (Role.INSPECTOR,)),
    "administrator": ("轩辕棣", "信息处", (Role.ADMINISTRATOR,)),
    "stranger": ("钟离樟", "研究室", (Role.HANDLER,)),
    "nobody": ("令狐棠", "研究室", ()),
}
"""By login: name, department, roles."""


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Give the moment; each asking is a second later, as no two clicks are at once."""
        self.now += timedelta(seconds=1)
        return self.now

    def go_to(self, day: date) -> None:
        """Go to ten in the morning of a day."""
        self.now = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


@dataclass
class Court:
    """The court with everything in front of it."""

    database: Database
    blobs: MemoryBlobStore
    rules: Rules
    clock: Clock
    app: Flask
    organisation: int
    departments: dict[str, int]
    people: dict[str, int]
    source: Blob
    tasks: tuple[int, ...] = ()
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def visitor(self, login: str) -> FlaskClient:
        """Give a browser of somebody who is logged in."""
        if login not in self.clients:
            client = self.app.test_client()
            with self.database.write() as connection:
                token = open_session(
                    connection, self.people[login], self.organisation, "127.0.0.1", self.clock.now
                )
            client.set_cookie(COOKIE, token)
            self.clients[login] = client
        return self.clients[login]

    def go_to(self, day: date) -> None:
        """Go to ten in the morning of a day; nobody is still logged in from before."""
        self.clock.go_to(day)
        self.clients.clear()

    def actor(self, login: str) -> Actor:
        """Give somebody as services and queries know them."""
        _, where, roles = MEMBERS[login]
        holdings = frozenset(Holding(role, self.departments[where]) for role in roles)
        return Actor(self.people[login], self.organisation, holdings, request_id="test")


def court(url: str) -> Court:
    """Make the court in an empty database."""
    database = Database(url)
    database.migrate()
    with database.write() as connection:
        made, departments, people = _directory(connection)
    found = _opened(database, made, departments, people)
    found.tasks = _plan(found)
    return found


def court_again(url: str, like: Court) -> Court:
    """Open a copy of a court's database."""
    found = _opened(Database(url), like.organisation, like.departments, like.people)
    found.tasks = like.tasks
    return found


def _opened(database: Database, made: int, departments: dict[str, int], people: dict[str, int]) -> Court:
    clock, blobs = Clock(), MemoryBlobStore()
    rules = Rules(Timetable(WorkingCalendar()), standard_ladders())
    config = WebConfig(
        database=database,
        blobs=blobs,
        rules=rules,
        secret_key="a key for tests that nobody guesses",
        base_url="http://127.0.0.1:8000",
        clock=clock,
    )
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    # The copy of a court has the file of its plan too.
    source = blobs.put(io.BytesIO("整改工作方案".encode()), 1 << 20)
    return Court(database, blobs, rules, clock, app, made, departments, people, source)


@cache
def _hashed() -> str:
    return hash_password(PASSWORD, cost=2)


def _directory(connection: Connection) -> tuple[int, dict[str, int], dict[str, int]]:
    made = int(
        connection.execute(
            insert(organisation).values(name="试验省高级人民法院").returning(organisation.c.id)
        ).scalar_one()
    )
    departments = {
        name: int(
            connection.execute(
                insert(department)
                .values(organisation_id=made, name=name, position=number)
                .returning(department.c.id)
            ).scalar_one()
        )
        for number, name in enumerate(DEPARTMENTS)
    }
    people = {login: _member(connection, made, departments, login) for login in MEMBERS}
    substitutes = {
        Role.PERFORMANCE_OFFICE: "verifier",
        Role.PERFORMANCE_OFFICE_HEAD: "reviewer",
        Role.PERFORMANCE_LEADER: "other_leader",
    }
    for role, login in substitutes.items():
        connection.execute(
            insert(setting).values(organisation_id=made, name=f"substitute.{role}", value=str(people[login]))
        )
    return made, departments, people


def _member(connection: Connection, made: int, departments: dict[str, int], login: str) -> int:
    name, where, roles = MEMBERS[login]
    row = {"organisation_id": made, "name": name, "email": f"{login}@example.test"}
    number = int(connection.execute(insert(person).values(**row).returning(person.c.id)).scalar_one())
    connection.execute(
        insert(account).values(
            person_id=number,
            organisation_id=made,
            login=login,
            password_hash=_hashed(),
            must_change=False,
            created_at=START,
        )
    )
    for role in roles:
        connection.execute(
            insert(position).values(
                organisation_id=made,
                person_id=number,
                department_id=departments[where],
                role=role,
                from_on=date(2026, 1, 1),
            )
        )
    return number


def _plan(found: Court) -> tuple[int, ...]:
    actor = found.actor("office")
    content = plan_of(found.departments, found.people)
    with found.database.read() as connection:
        directory = directory_of(connection, actor, date(2026, 6, 1))
    grounds = Grounds(built_in_text(), directory, {}, found.rules)
    source = (found.source.digest, "方案.txt")
    new = create(content, source, grounds, found.organisation, actor.person, found.clock())
    with found.database.write() as connection:
        keep_blob(connection, found.source, found.clock())
        return write_plan(connection, new, actor, found.clock()).tasks
