"""Who is missing for a milestone, and the notices of whoever is urged.

Implements ``workflows.milestones.ports.MilestoneStore``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.errors import NotFoundError
from storage.audit_log import append, lock_chain
from storage.database import Database
from storage.queries.milestone_board import REPORT_OF, Box, milestones, owed
from storage.queries.plan_directory import directory_of
from storage.tables import notice, task_department
from storage.telling import tell
from workflows.milestones.records import MilestoneCase, MissingReport, Urge
from workflows.plans.records import Directory

_ACTS_FOR = ("handler", "department_head")
_OFFICE = ("performance_office", "performance_office_head")
_LEADS = (
    select(task_department.c.task_id, task_department.c.department_id)
    .where(
        task_department.c.task_id.in_(bindparam("tasks", expanding=True)),
        task_department.c.organisation_id == bindparam("organisation"),
        task_department.c.part == "lead",
    )
    .order_by(task_department.c.task_id, task_department.c.position)
)
_TOLD = (
    select(notice.c.cause)
    .distinct()
    .where(
        notice.c.organisation_id == bindparam("organisation"),
        notice.c.cause.in_(bindparam("causes", expanding=True)),
    )
)


class SqlMilestoneStore:
    """The store in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, plan: int, kind: str, actor: Actor, today: date) -> MilestoneCase:
        """Give what is missing for a milestone.

        Raises:
            NotFoundError: The plan has no such milestone, or is another organisation's.
        """
        with self._database.read() as connection:
            known = {item.kind for item in milestones(connection, actor, [plan])}
            if kind not in known or kind not in REPORT_OF:
                raise NotFoundError("milestone_unknown", plan=plan)
            late = [
                item
                for item in owed(connection, actor, plan, kind)
                if {Box.MISSING, Box.RETURNED} & item.boxes(today)
            ]
            leads = _leads(connection, actor, [item.line.task for item in late])
            directory = directory_of(connection, actor, today)
        return MilestoneCase(
            plan=plan,
            kind=kind,
            missing=tuple(
                MissingReport(item.line.task, item.line.number, item.due_on, leads[item.line.task])
                for item in late
            ),
            people=_people(directory),
            office=_office(directory, actor),
        )

    def urge(self, urges: Sequence[Urge], audit: AuditDraft, actor: Actor, now: datetime) -> frozenset[int]:
        """Write the notices of departments not told of the same cause before, and record it."""
        with self._database.write() as connection:
            # The plan's chain is the turnstile: of two who press at once the second sees what was written.
            lock_chain(connection, audit.stream)
            key = {"organisation": actor.organisation, "causes": [item.cause for item in urges]}
            told = set(connection.execute(_TOLD, key).scalars())
            fresh = [item for item in urges if item.cause not in told]
            for item in fresh:
                tell(connection, actor.organisation, item.task, item.notices, now)
            if fresh:
                append(connection, audit, actor, now)
        return frozenset(item.department for item in fresh)


def _leads(connection: Connection, actor: Actor, tasks: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    if tasks:
        key = {"tasks": list(tasks), "organisation": actor.organisation}
        for row in connection.execute(_LEADS, key):
            found[row.task_id] += (row.department_id,)
    return found


def _people(directory: Directory) -> dict[int, tuple[int, ...]]:
    """Give for each department the people who act for it today."""
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for person in directory.people:
        held = {post.department for post in person.posts if post.role in _ACTS_FOR and person.active}
        for department in sorted(held):
            found[department] += (person.person,)
    return dict(found)


def _office(directory: Directory, actor: Actor) -> str:
    own = actor.departments(*_OFFICE)
    return next((entry.name for entry in directory.departments if entry.department in own), "")
