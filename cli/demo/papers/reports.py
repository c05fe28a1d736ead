"""The reports that departments hand in, written as the product writes them from a form.

Must not know when a report is handed in or by whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cli.demo import court
from engine.actor import Actor
from storage.database import Database
from storage.queries.task import head, parts
from workflows.documents.completion import write_completion_report
from workflows.documents.mid_term import write_mid_term_report
from workflows.documents.records import (
    CompletionReport,
    CriterionResult,
    EvidenceLine,
    MeasureProgress,
    MidTermReport,
    TaskHeading,
    WorkPlan,
)
from workflows.documents.work_plan import write_work_plan


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: the task, and its criteria's own words."""

    heading: TaskHeading
    criteria: tuple[str, ...]

    def work_plan(self, day: date, spans: Sequence[tuple[date, date]]) -> bytes:
        """Write the plan: the first and last day of each measure."""
        progress = tuple(
            MeasureProgress(number, "由承办人牵头落实。", first_on=first, last_on=last)
            for number, (first, last) in enumerate(spans, start=1)
        )
        return write_work_plan(WorkPlan(self.heading, day, progress))

    def mid_term(self, day: date, progress: Sequence[str], problems: str) -> bytes:
        """Write how far each measure is."""
        return write_mid_term_report(MidTermReport(self.heading, day, _said(progress, problems)))

    def completion(self, day: date, done: Sequence[str], evidence: Mapping[int, Sequence[str]]) -> bytes:
        """Write the end: what was done, and by number of the criterion the titles of what proves it."""
        results = tuple(
            CriterionResult(
                number,
                text,
                "已经达到。",
                evidence=tuple(EvidenceLine(title, "佐证材料") for title in evidence[number]),
            )
            for number, text in enumerate(self.criteria, start=1)
        )
        return write_completion_report(CompletionReport(self.heading, day, results, _said(done)))


def subject(database: Database, actor: Actor, task: int, leader: str) -> Subject:
    """Look up what a report is about.

    Args:
        database: Where the task is kept.
        actor: Who writes; sees the task.
        task: The task.
        leader: The responsible leader's name.
    """
    with database.read() as connection:
        found = head.head(connection, actor, task)
        departments = head.departments(connection, actor, task)
        measures = parts.measures(connection, actor, task)
        criteria = parts.criteria(connection, actor, task)
    heading = TaskHeading(
        organisation=court.COURT,
        plan_title=found.plan_title,
        plan_number=found.plan_document_number,
        number=found.number,
        objective=found.objective,
        lead_department=departments[0].name,
        supporting_departments=tuple(department.name for department in departments[1:]),
        leaders=(leader,),
        due_on=found.due_on,
        due_text=found.deadline_text,
        measures=tuple(row.text for row in measures),
    )
    return Subject(heading, tuple(row.text for row in criteria))


def _said(progress: Sequence[str], problems: str = "") -> tuple[MeasureProgress, ...]:
    return tuple(
        MeasureProgress(number, words, problems=problems if number > 1 else "")
        for number, words in enumerate(progress, start=1)
    )
