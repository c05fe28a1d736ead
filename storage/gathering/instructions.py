"""The matters and conclusions of a task, and the people who may be charged: read under the task's lock.

Must not decide anything with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

from storage.tables import account, conclusion, instruction, matter, position, secretary
from workflows.instructions.records import ConclusionRecord, MatterRecord, Standing
from workflows.rectification.records import Case

_TAKE_NO_PART = ("administrator", "inspector")
"""Roles that act on no task: who holds nothing else cannot be charged."""

_TODAY = (
    position.c.from_on <= bindparam("today"),
    or_(position.c.until_on.is_(None), position.c.until_on >= bindparam("today")),
)
_MATTERS = (
    select(matter.c.id, matter.c.raised_by, matter.c.instruction_id)
    .where(matter.c.task_id == bindparam("task"))
    .order_by(matter.c.id)
)
_CONCLUSIONS = (
    select(
        conclusion.c.id,
        conclusion.c.person_id,
        instruction.c.leader_id,
        instruction.c.recorded_by,
        conclusion.c.answered_at,
    )
    .join_from(conclusion, instruction, instruction.c.id == conclusion.c.instruction_id)
    .where(conclusion.c.task_id == bindparam("task"))
    .order_by(conclusion.c.id)
)
_PEOPLE = (
    select(position.c.person_id)
    .join_from(position, account, account.c.person_id == position.c.person_id)
    .where(
        position.c.organisation_id == bindparam("organisation"),
        position.c.role.not_in(_TAKE_NO_PART),
        account.c.disabled_at.is_(None),
        *_TODAY,
    )
)
_SECRETARIES = select(secretary.c.principal_id, secretary.c.person_id).where(
    secretary.c.principal_id.in_(bindparam("leaders", expanding=True)), secretary.c.ended_at.is_(None)
)
_OF_PERSON = position.alias("of_person")
_HEADS = (
    select(_OF_PERSON.c.person_id, position.c.person_id.label("head"))
    .join_from(_OF_PERSON, position, position.c.department_id == _OF_PERSON.c.department_id)
    .where(
        _OF_PERSON.c.person_id.in_(bindparam("people", expanding=True)),
        position.c.role == "department_head",
        *_TODAY,
    )
)


def standing_of(connection: Connection, case: Case, today: date) -> Standing:
    """Gather what a decision about matters and conclusions rests on.

    Args:
        connection: The unit of work that locked the task.
        case: The task.
        today: The calendar day on which positions count.
    """
    about = {"task": case.task.task}
    matters = connection.execute(_MATTERS, about).all()
    conclusions = connection.execute(_CONCLUSIONS, about).all()
    heads = heads_of(connection, {row.person_id for row in conclusions}, today)
    return Standing(
        case=case,
        matters=tuple(MatterRecord(row.id, row.raised_by, row.instruction_id is not None) for row in matters),
        conclusions=tuple(
            ConclusionRecord(
                conclusion=row.id,
                person=row.person_id,
                leader=row.leader_id,
                recorded_by=row.recorded_by,
                answered=row.answered_at is not None,
                heads=heads[row.person_id],
            )
            for row in conclusions
        ),
        people=chargeable(connection, case.task.organisation, today) | frozenset(case.leaders),
        secretaries=secretaries_of(connection, case.leaders),
    )


def chargeable(connection: Connection, organisation: int, today: date) -> frozenset[int]:
    """Give everybody who holds a position today in which somebody works on tasks, and can log in."""
    key = {"organisation": organisation, "today": today}
    return frozenset(connection.execute(_PEOPLE, key).scalars())


def secretaries_of(connection: Connection, leaders: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Give for each of some leaders the secretaries they allow to act for them."""
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    if leaders:
        for row in connection.execute(_SECRETARIES, {"leaders": sorted(leaders)}):
            found[row.principal_id] |= {row.person_id}
    return found


def heads_of(connection: Connection, people: set[int], today: date) -> Mapping[int, frozenset[int]]:
    """Give for each of some people who heads a department today in which they hold or held a position."""
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    if people:
        for row in connection.execute(_HEADS, {"people": sorted(people), "today": today}):
            found[row.person_id] |= {row.head}
    return found
