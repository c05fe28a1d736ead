"""Tasks of the invented court, created as the product creates them from a confirmed plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from engine.errors import ZhenggaiError
from storage.database import Database
from storage.plan_store import SqlPlanStore
from storage.plan_writing import write_plan
from storage.tables import criterion, measure
from trials.court.people import Court
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.timetable import Timetable
from workflows.plans.records import (
    DepartmentPart,
    MilestoneKind,
    NewCriterion,
    NewDepartment,
    NewMilestone,
    PlanContent,
    TaskContent,
)
from workflows.rectification.creating import Grounds, create
from workflows.rectification.definition import built_in_text
from workflows.rectification.service import Rules
from workflows.rectification.vocabulary import Role, TaskKind

RULES = Rules(Timetable(WorkingCalendar()), standard_ladders())
"""What every installation begins with: the official calendar and the ladders that come with the product."""

_MEASURES = ("完善制度，明确职责。", "逐案排查，建立清单。", "按月通报，限期办结。")
_CRITERIA = ("制度印发执行。", "清单内事项全部办结。", "通报不少于三期。")


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a plan."""

    mid_term: date
    year_end: date
    due_on: date

    @classmethod
    def after(cls, now: datetime) -> Dates:
        """Give days that lie so far ahead that nothing is overdue while one works."""
        today = RULES.timetable.local_day(now)
        return cls(*(today + timedelta(days=days) for days in (60, 150, 120)))


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task as whoever works on it knows it: itself, its measures and its criteria."""

    task: int
    measures: tuple[int, ...]
    criteria: tuple[int, ...]


def assign(
    database: Database, court: Court, count: int, now: datetime, dates: Dates | None = None
) -> tuple[Assignment, ...]:
    """Create a plan with ``count`` tasks."""
    days = dates or Dates.after(now)
    creator = court.actor(Role.PERFORMANCE_OFFICE)
    directory = SqlPlanStore(database).directory(creator, RULES.timetable.local_day(now))
    grounds = Grounds(built_in_text(), directory, {}, RULES)
    new = create(
        _plan(court, count, days), ("0" * 64, "方案.docx"), grounds, court.organisation, creator.person, now
    )
    with database.write() as connection:
        made = write_plan(connection, new, creator, now).tasks
    return assignments(database, made)


def assignments(database: Database, tasks: tuple[int, ...]) -> tuple[Assignment, ...]:
    """Give tasks with the identifiers of their parts.

    Raises:
        ZhenggaiError: One of them is not there.
    """
    measures: dict[int, list[int]] = defaultdict(list)
    criteria: dict[int, list[int]] = defaultdict(list)
    with database.read() as connection:
        for table, found in ((measure, measures), (criterion, criteria)):
            for row in connection.execute(select(table.c.task_id, table.c.id).order_by(table.c.id)):
                found[row.task_id].append(row.id)
    if missing := [task for task in tasks if task not in measures]:
        raise ZhenggaiError("task_not_found", task=missing[0])
    return tuple(Assignment(task, tuple(measures[task]), tuple(criteria[task])) for task in tasks)


def _plan(court: Court, count: int, days: Dates) -> PlanContent:
    return PlanContent(
        title=f"试验整改方案 {days.due_on}",
        document_number="",
        issued_on=None,
        basis="",
        approved_by="",
        year=days.due_on.year,
        review_on=max(days.due_on, date(days.due_on.year, 12, 31)),
        milestones=(
            NewMilestone(MilestoneKind.MID_TERM_REPORT, days.mid_term, "报送中期进度"),
            NewMilestone(MilestoneKind.YEAR_END_REPORT, days.year_end, "报送全年情况"),
        ),
        tasks=tuple(_task(court, number, days) for number in range(1, count + 1)),
    )


def _task(court: Court, number: int, days: Dates) -> TaskContent:
    return TaskContent(
        number=number,
        section="审判质量",
        problem="",
        objective=f"第{number}项整改任务：提高办案质量和效率。",
        remark="",
        kind=TaskKind.DATED,
        also_ongoing=False,
        deadline_text=f"{days.due_on}前",
        due_on=days.due_on,
        departments=(NewDepartment("牵头部门", DepartmentPart.LEAD, court.department),),
        leaders=court.people[Role.RESPONSIBLE_LEADER][:1],
        measures=_MEASURES,
        criteria=tuple(NewCriterion(text) for text in _CRITERIA),
    )
