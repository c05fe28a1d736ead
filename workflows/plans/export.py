"""Writes a reading in the form that other programs rely on: the JSON of ``zhenggai plan read``.

It must not know how sentences are made; it is handed somebody who makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.plans.reading import MilestoneReading, PlanReading, Question, TaskReading

Say = Callable[[str, Mapping[str, object]], str]
"""Makes a sentence of a code and its values."""


def to_json(reading: PlanReading, say: Say) -> dict[str, Any]:
    """Give a reading as plain lists, dictionaries and texts; days are ISO 8601.

    Args:
        reading: What was understood.
        say: Makes the sentence of a question.
    """
    return {
        "title": reading.title,
        "document_number": reading.document_number,
        "issued_on": reading.issued_on.isoformat() if reading.issued_on else None,
        "basis": reading.basis,
        "tasks": [_task(task) for task in reading.tasks],
        "milestones": [_milestone(milestone) for milestone in reading.milestones],
        "questions": [_question(question, say) for question in reading.questions],
    }


def _task(task: TaskReading) -> dict[str, Any]:
    return {
        "section": task.section,
        "category": task.category,
        "problem": task.problem,
        "objective": task.objective,
        "measures": list(task.measures),
        "criteria": list(task.criteria),
        "leaders": list(task.leaders),
        "handlers": list(task.handlers),
        "lead_department": task.lead_department,
        "departments": list(task.departments),
        "supervisor": task.supervisor,
        "acceptance_unit": task.acceptance_unit,
        "deadline_text": task.deadline_text,
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "kind": task.kind.value if task.kind else None,
        "also_ongoing": task.also_ongoing,
        "interim": [{"date": stage.day.isoformat(), "what": stage.what} for stage in task.interim],
        "remark": task.remark,
        "status": task.status,
    }


def _milestone(milestone: MilestoneReading) -> dict[str, Any]:
    return {
        "date": milestone.day.isoformat() if milestone.day else None,
        "what": milestone.what,
        "kind": milestone.kind.value,
        "date_text": milestone.text,
    }


def _question(question: Question, say: Say) -> dict[str, Any]:
    return {
        "task": question.task,
        "field": question.field,
        "text": question.text,
        "asks": say(question.code, question.params),
        "code": question.code,
    }
