"""From a reading to the fields of a form, with the places of the document that each was taken from.

Owns which field of the form shows what of the reading. Must not know corrections, the directory or pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.plans.keeping import Kept
from workflows.plans.pieces import Source
from workflows.plans.questions import Question
from workflows.plans.reading import PlanReading, TaskReading
from workflows.plans.records import MilestoneKind
from workflows.plans.understanding import Doubt

_FORM_FIELD: Mapping[str, str] = {
    "lead_department": "lead",
    "departments": "supporting",
    "deadline": "due_on",
    "deadline_text": "due_on",
    "kind": "kind",
    "interim": "due_on",
}
"""Fields of the reading that the form shows under another name."""

_SHOWN = frozenset(
    {
        "section",
        "problem",
        "objective",
        "measures",
        "criteria",
        "leaders",
        "lead",
        "supporting",
        "kind",
        "due_on",
        "remark",
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the document and the field of the form that it went into."""

    source: Source
    field: str
    task: int | None


def read_fields(kept: Kept) -> dict[str, str]:
    """Give the fields of the form as they were read; what the text does not say is empty."""
    reading = kept.reading
    year = kept.year or plan_year(reading)
    found = {
        "title": reading.title or "",
        "document_number": reading.document_number or "",
        "issued_on": _iso(reading.issued_on),
        "basis": reading.basis or "",
        "approved_by": "",
        "year": str(year or ""),
        "review_on": f"{year}-12-31" if year else "",
        "tasks": str(len(reading.tasks)),
        "milestones": str(len(reading.milestones)),
    }
    for n, milestone in enumerate(reading.milestones, start=1):
        found[f"milestone.{n}.kind"] = milestone.kind
        found[f"milestone.{n}.due_on"] = _iso(milestone.day)
        found[f"milestone.{n}.what"] = milestone.what
    for n, task in enumerate(reading.tasks, start=1):
        found |= {f"task.{n}.{name}": value for name, value in _task(task).items()}
    return found


def plan_year(reading: PlanReading) -> int | None:
    """Give the year a plan is for: that of its year-end report, else the one most of its days lie in."""
    for kind in (MilestoneKind.YEAR_END_REPORT, MilestoneKind.MID_TERM_REPORT):
        for milestone in reading.milestones:
            if milestone.kind is kind and milestone.day:
                return milestone.day.year
    years = Counter(task.deadline.year for task in reading.tasks if task.deadline)
    if years:
        return years.most_common(1)[0][0]
    return reading.issued_on.year if reading.issued_on else None


def marks(reading: PlanReading) -> tuple[Mark, ...]:
    """Give every place that something was taken from, in the order of the document."""
    return tuple(sorted(_marks(reading), key=lambda mark: mark.source))


def doubts(reading: PlanReading) -> tuple[Doubt, ...]:
    """Give the reader's own questions, each with the field that answers it."""
    return tuple(
        Doubt(
            number,
            Question(
                question.code,
                _field(question.field, _position(reading, question.task)),
                _position(reading, question.task),
                {**question.params, "text": question.text},
            ),
        )
        for number, question in enumerate(reading.questions, start=1)
    )


def _task(task: TaskReading) -> dict[str, str]:
    others = [name for name in task.departments if name != task.lead_department]
    return {
        "section": task.section or task.category or "",
        "problem": task.problem or "",
        "objective": task.objective or "",
        "measures": "\n".join(task.measures),
        "criteria": "\n".join(task.criteria),
        "leaders": "\n".join(task.leaders),
        "lead": task.lead_department or "",
        "supporting": "\n".join(others),
        "kind": task.kind or "",
        "due_on": _iso(task.deadline),
        "also_ongoing": "1" if task.also_ongoing else "",
        "deadline_text": task.deadline_text or "",
        "remark": task.remark or "",
    }


def _marks(reading: PlanReading) -> Iterator[Mark]:
    for place in reading.places:
        yield Mark(place.source, place.field, None)
    for number, milestone in enumerate(reading.milestones, start=1):
        yield Mark(milestone.source, f"milestone.{number}.due_on", None)
    for number, task in enumerate(reading.tasks, start=1):
        for place in task.places:
            yield Mark(place.source, _field(place.field, number), number)


def _field(name: str, task: int | None) -> str:
    shown = _FORM_FIELD.get(name, name)
    if task is None:
        return shown
    # What the form does not show is looked at beside the objective.
    return f"task.{task}.{shown if shown in _SHOWN else 'objective'}"


def _position(reading: PlanReading, number: int | None) -> int | None:
    """Give where a task of this number stands in the reading, from 1."""
    return next((n for n, task in enumerate(reading.tasks, start=1) if task.number == number), None)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
