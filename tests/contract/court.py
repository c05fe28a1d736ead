"""One task of an invented court, as a case and as rows; both begin from the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert

from engine.actor import Actor, Holding
from engine.facts import LatestChange
from storage import tables
from storage.database import Database
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.timetable import Timetable
from workflows.rectification.clocks import Clocks
from workflows.rectification.definition import built_in, built_in_text
from workflows.rectification.records import (
    Case,
    ClockRecord,
    ClockStarted,
    Part,
    PositionRecord,
    TaskRecord,
)
from workflows.rectification.service import Rules
from workflows.rectification.vocabulary import DeadlineKind, Role, TaskKind

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday morning in Shanghai."""

RULES = Rules(Timetable(WorkingCalendar()), standard_ladders())

ORGANISATION, OTHER_ORGANISATION = 1, 2
LEAD, SUPPORT, OFFICES, LEADERS = 1, 2, 3, 4
TASK = 1
MEASURES, CRITERIA = (1, 2), (1, 2)
TARGET = 30
DUE = date(2026, 9, 30)

_ROLES = (
    Role.HANDLER,
    Role.DEPARTMENT_HEAD,
    Role.RESPONSIBLE_LEADER,
    Role.PERFORMANCE_OFFICE,
    Role.PERFORMANCE_OFFICE_HEAD,
    Role.PERFORMANCE_LEADER,
    Role.VERIFICATION_GROUP,
    Role.PUBLICITY_OFFICE,
    Role.CONFIDENTIALITY_REVIEWER,
    Role.INSPECTOR,
)
PEOPLE = {role: number for number, role in enumerate(_ROLES, 1)}
"""One person per role; those of the department hold it in the lead department, the others in the offices."""

SECOND_HANDLER, SUPPORTER, DISABLED, LEFT, SUBSTITUTE = 11, 12, 13, 14, 15
_WHERE = {Role.HANDLER: LEAD, Role.DEPARTMENT_HEAD: LEAD, Role.RESPONSIBLE_LEADER: LEADERS}

POSITIONS = (
    *((number, _WHERE.get(role, OFFICES), role) for role, number in PEOPLE.items()),
    (SECOND_HANDLER, LEAD, Role.HANDLER),
    (SUPPORTER, SUPPORT, Role.HANDLER),
)
_MILESTONES = {"mid_term_report": date(2026, 8, 15), "year_end_report": date(2026, 11, 30)}
_SETTINGS = {"substitute.performance_office_head": str(SUBSTITUTE)}


def actor(role: Role) -> Actor:
    """The person of a role."""
    number = PEOPLE[role]
    held = frozenset(Holding(role, department) for who, department, role in POSITIONS if who == number)
    return Actor(number, ORGANISATION, held, "session", "192.0.2.7", "request")


def case() -> Case:
    """The task as it was created."""
    blank = Case(
        task=TaskRecord(
            task=TASK,
            organisation=ORGANISATION,
            plan=1,
            number=1,
            state="planned",
            version=1,
            round=1,
            kind=TaskKind.DATED,
            due_on=DUE,
            original_due_on=DUE,
            review_on=date(2026, 12, 31),
            acknowledged=False,
            suspended_from=None,
            latest=LatestChange(PEOPLE[Role.PERFORMANCE_OFFICE], NOW, "create"),
        ),
        definition_text=built_in_text(),
        measures=tuple(Part(measure, number) for number, measure in enumerate(MEASURES, 1)),
        criteria=(Part(CRITERIA[0], 1), Part(CRITERIA[1], 2, TARGET)),
        reports=(),
        clocks=(),
        lead_departments=(LEAD,),
        supporting_departments=(SUPPORT,),
        leaders=(PEOPLE[Role.RESPONSIBLE_LEADER],),
        positions=tuple(PositionRecord(*position) for position in POSITIONS),
        former=(PositionRecord(DISABLED, LEAD, Role.HANDLER),),
        submitters=frozenset(),
        milestones=_MILESTONES,
        settings=_SETTINGS,
    )
    return replace(blank, clocks=tuple(_record(n, clock) for n, clock in enumerate(_started(blank), 1)))


def next_moments() -> dict[int, datetime | None]:
    """The moment of the next rung of each clock that runs from the creation."""
    return {number: clock.next_at for number, clock in enumerate(_started(case()), 1)}


def _started(blank: Case) -> tuple[ClockStarted, ...]:
    clocks = Clocks(replace(blank, clocks=()), RULES.timetable, RULES.ladders, NOW)
    for deadline in built_in().definition.deadlines:
        if "created" in deadline.started_by:
            clocks.start(DeadlineKind(deadline.kind), None)
    return tuple(change for change in clocks.changes if isinstance(change, ClockStarted))


def _record(number: int, clock: ClockStarted) -> ClockRecord:
    return ClockRecord(number, clock.kind, clock.visit, clock.due_on, clock.original_due_on, "running", None)


def furnish(database: Database) -> None:
    """Write the same task as rows of an empty database, whose keys then are the same numbers."""
    with database.write() as connection:
        _directory(connection)
        _plan(connection)
        _task(connection)


def _add(connection: Connection, name: str, *rows: Mapping[str, object]) -> None:
    connection.execute(insert(tables.METADATA.tables[name]), [dict(row) for row in rows])


def _directory(connection: Connection) -> None:
    owned = {"organisation_id": ORGANISATION}
    _add(connection, "organisation", {"name": "云岭市中级人民法院"}, {"name": "别的法院"})
    for name in ("案件管理办公室", "档案管理处", "院机关", "院领导"):
        _add(connection, "department", owned | {"name": name})
    for number in range(1, SUBSTITUTE + 1):
        address = "" if number == PEOPLE[Role.DEPARTMENT_HEAD] else f"p{number}@example.test"
        _add(connection, "person", owned | {"name": f"第{number}人", "email": address})
        disabled = {"disabled_at": NOW if number == DISABLED else None}
        login = {"person_id": number, "login": f"p{number}", "password_hash": "-", "created_at": NOW}
        _add(connection, "account", owned | login | disabled)
    held = owned | {"from_on": date(2025, 1, 1)}
    for person, department, role in (*POSITIONS, (DISABLED, LEAD, Role.HANDLER)):
        _add(connection, "position", held | {"person_id": person, "department_id": department, "role": role})
    over = {"person_id": LEFT, "department_id": LEAD, "role": Role.HANDLER}
    _add(connection, "position", held | over | {"until_on": date(2026, 3, 1)})
    to_come = {"person_id": LEFT, "department_id": LEAD, "role": Role.HANDLER, "from_on": date(2027, 3, 1)}
    _add(connection, "position", owned | to_come)
    for name, value in _SETTINGS.items():
        _add(connection, "setting", owned | {"name": name, "value": value})


def _plan(connection: Connection) -> None:
    owned = {"organisation_id": ORGANISATION}
    definition = built_in().definition
    published = {"name": definition.name, "version": definition.version, "digest": definition.digest}
    _add(connection, "definition_version", owned | published | {"text": built_in_text(), "published_at": NOW})
    source = {"source_digest": "a" * 64, "source_name": "plan.txt"}
    made = {"title": "整改工作方案", "year": 2026, "review_on": date(2026, 12, 31), "created_at": NOW}
    _add(connection, "plan", owned | made | source)
    for kind, day in _MILESTONES.items():
        _add(connection, "milestone", owned | {"plan_id": 1, "kind": kind, "due_on": day, "what": "报送"})


def _task(connection: Connection) -> None:
    built = case()
    task, owned = built.task, {"organisation_id": ORGANISATION}
    row = {
        "plan_id": 1,
        "definition_version_id": 1,
        "number": 1,
        "objective": "缩短等候时间。",
        "kind": task.kind,
        "due_on": DUE,
        "original_due_on": DUE,
        "state": task.state,
        "latest_person_id": task.latest.person,
        "latest_at": NOW,
        "latest_action": task.latest.action,
        "created_at": NOW,
    }
    _add(connection, "task", owned | row)
    of_task: dict[str, object] = {**owned, "task_id": TASK}
    for place, (department, part) in enumerate(((LEAD, "lead"), (SUPPORT, "supporting"), (None, "group"))):
        named = {"position": place, "department_id": department, "name": "部门", "part": part}
        _add(connection, "task_department", of_task | named)
    for place, leader in enumerate(built.leaders):
        _add(connection, "task_leader", of_task | {"position": place, "person_id": leader})
    for one in built.measures:
        _add(connection, "measure", of_task | {"number": one.number, "text": "公布办法。"})
    for one in built.criteria:
        judged: dict[str, object] = {"number": one.number, "text": "缩短五日。", "target": one.target}
        _add(connection, "criterion", of_task | judged)
    for clock in _started(built):
        begun = {"kind": clock.kind, "visit": 1, "due_on": clock.due_on, "started_at": NOW}
        rest = {"original_due_on": clock.original_due_on, "state": "running", "next_at": clock.next_at}
        _add(connection, "deadline", of_task | begun | rest)
