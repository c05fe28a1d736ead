"""The invented court's people: who holds which role, in rows.

Names say what somebody does, so that nobody takes them for a real person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Insert, insert

from engine.actor import Actor
from storage.database import Database
from storage.tables import account, department, organisation, person, position
from workflows.rectification.vocabulary import Role

_LEAD, _OFFICE, _LEADERS, _PUBLICITY = "牵头部门", "绩效办", "院领导", "宣传处"
_HELD_IN = {
    Role.HANDLER: (_LEAD, "承办人"),
    Role.DEPARTMENT_HEAD: (_LEAD, "部门负责人"),
    Role.RESPONSIBLE_LEADER: (_LEADERS, "责任领导"),
    Role.PERFORMANCE_LEADER: (_LEADERS, "分管领导"),
    Role.PERFORMANCE_OFFICE: (_OFFICE, "绩效专员"),
    Role.PERFORMANCE_OFFICE_HEAD: (_OFFICE, "绩效办主任"),
    Role.VERIFICATION_GROUP: (_OFFICE, "核验员"),
    Role.PUBLICITY_OFFICE: (_PUBLICITY, "宣传干事"),
    Role.CONFIDENTIALITY_REVIEWER: (_PUBLICITY, "保密审查员"),
}
_USUAL = {Role.HANDLER: 2, Role.PERFORMANCE_OFFICE: 2, Role.VERIFICATION_GROUP: 2, Role.PUBLICITY_OFFICE: 2}
_FROM = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Court:
    """An organisation with one department that leads every task, and the offices around it.

    Attributes:
        organisation: Its identifier.
        department: The lead department.
        people: Who holds each role.
        names: Everybody's name.
    """

    organisation: int
    department: int
    people: Mapping[Role, tuple[int, ...]]
    names: Mapping[int, str]

    def actor(self, role: Role, number: int = 0) -> Actor:
        """Give somebody of a role as they act."""
        return self.as_actor(self.people[role][number])

    def as_actor(self, who: int) -> Actor:
        """Give a person as they act."""
        return Actor(who, self.organisation, session="trial", address="192.0.2.1", request_id=f"trial-{who}")


def settle(database: Database, now: datetime, crowd: Mapping[Role, int] | None = None) -> Court:
    """Bring the court into an empty database.

    Args:
        database: The database.
        now: The moment.
        crowd: How many people hold a role, where not as many as usual.
    """
    counts = {role: (crowd or {}).get(role, _USUAL.get(role, 1)) for role in _HELD_IN}
    with database.write() as connection:
        court = _row(connection, insert(organisation), name="试验法院")
        rooms = {
            name: _row(connection, insert(department), organisation_id=court, name=name, short_name="")
            for name in dict.fromkeys(room for room, _ in _HELD_IN.values())
        }
        names: dict[int, str] = {}
        people: dict[Role, tuple[int, ...]] = {}
        for role, (room, title) in _HELD_IN.items():
            members = [
                _member(connection, court, rooms[room], role, f"{title}{number}", now)
                for number in range(1, counts[role] + 1)
            ]
            names |= {who: f"{title}{number}" for number, who in enumerate(members, 1)}
            people[role] = tuple(members)
    return Court(court, rooms[_LEAD], people, names)


def _member(connection: Connection, court: int, room: int, role: Role, name: str, now: datetime) -> int:
    who = _row(connection, insert(person), organisation_id=court, name=name, email="", locale="zh")
    connection.execute(person.update().where(person.c.id == who).values(email=f"p{who}@court.example"))
    enabled = {"person_id": who, "organisation_id": court, "login": f"p{who}", "created_at": now}
    # Nobody logs in: what stands here is the hash of no password.
    connection.execute(insert(account).values({**enabled, "password_hash": "none"}))
    connection.execute(
        insert(position).values(
            organisation_id=court, person_id=who, department_id=room, role=role, from_on=_FROM
        )
    )
    return who


def _row(connection: Connection, statement: Insert, **values: object) -> int:
    found = connection.execute(statement.values(**values)).inserted_primary_key
    return int(found[0]) if found else 0
