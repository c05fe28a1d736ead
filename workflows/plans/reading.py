"""What was understood of a plan, as frozen records, each value beside the place it was taken from.

Must not know how a document is read, nor what becomes of the records. ``export`` beside it writes the form
that other programs rely on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having
from datetime import date
from types import MappingProxyType

from workflows.plans.dates.deadline import DeadlineKind
from workflows.plans.pieces import Source
from workflows.plans.records import MilestoneKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where one value of a task was taken from.

    Attributes:
        field: Name of the field of the reading (``measures``, ``deadline_text``, …).
        item: Index in a field that is a list; 0 otherwise.
        source: Line and offsets; a value that goes over several lines has several places.
    """

    field: str
    item: int
    source: Source


@dataclass(frozen=True, slots=True)
class InterimReading:
    """A stage before a task's deadline."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class TaskReading:
    """One task as the text has it; ``None`` and empty where the text says nothing.

    Attributes:
        number: Its place among the tasks of the plan, from 1.
        section: The heading that it stands under.
        category: A category where it has both that and a section.
        problem: What is wrong.
        objective: What is to be reached.
        measures: What will be done.
        criteria: By what one will see that it is reached.
        leaders: The responsible leaders.
        handlers: Other people named for it.
        lead_department: The department that leads.
        departments: All departments, the leading one first.
        supervisor: Who watches over it.
        acceptance_unit: Who accepts the result.
        deadline_text: The deadline in the words of the text.
        deadline: The last day of the period that it names.
        kind: How the deadline is meant.
        also_ongoing: Whether it goes on after that (长期坚持).
        interim: Stages before the deadline.
        remark: A remark about it, such as one in brackets behind its heading.
        status: How far it is, in the words of the text.
        places: Where all of this stands.
    """

    number: int
    section: str | None = None
    category: str | None = None
    problem: str | None = None
    objective: str | None = None
    measures: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    lead_department: str | None = None
    departments: tuple[str, ...] = ()
    supervisor: str | None = None
    acceptance_unit: str | None = None
    deadline_text: str | None = None
    deadline: date | None = None
    kind: DeadlineKind | None = None
    also_ongoing: bool = False
    interim: tuple[InterimReading, ...] = ()
    remark: str | None = None
    status: str | None = None
    places: tuple[Place, ...] = having(default=(), repr=False)

    def sources(self, name: str, item: int = 0) -> tuple[Source, ...]:
        """Give the places of a field, or of one item of it, in the order of the document."""
        return tuple(place.source for place in self.places if (place.field, place.item) == (name, item))


@dataclass(frozen=True, slots=True)
class MilestoneReading:
    """A day that concerns all tasks.

    Attributes:
        day: The last day of the named period; ``None`` where its year is to be asked for.
        what: What is to be done by then, in the words of the text.
        kind: Which of the known milestones it is.
        text: The date as written.
        source: Where the date stands.
    """

    day: date | None
    what: str
    kind: MilestoneKind
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person must decide or look at before tasks are created.

    Attributes:
        code: Which question; its sentence stands in the catalogue.
        task: Number of the task, from 1; ``None`` where it concerns the whole plan.
        field: The field in question.
        text: The words in question; empty where the text says nothing.
        params: Values that belong in the sentence.
        source: Where the words stand, if anywhere.
    """

    code: str
    task: int | None
    field: str
    text: str = ""
    params: Mapping[str, object] = having(default_factory=lambda: MappingProxyType({}))
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A whole plan document as it was understood.

    Attributes:
        title: Its title.
        document_number: Its own document number (桂高法〔2022〕15号), not one that it quotes.
        issued_on: The day that it bears.
        basis: The decision or notice that it follows.
        tasks: In the order of the document.
        milestones: In the order of the document.
        questions: What a person must decide.
        lines: The document line by line; line ``n`` of a place is ``lines[n - 1]``.
        places: Where title, document number, day and basis stand.
    """

    title: str | None
    document_number: str | None
    issued_on: date | None
    basis: str | None
    tasks: tuple[TaskReading, ...]
    milestones: tuple[MilestoneReading, ...]
    questions: tuple[Question, ...]
    lines: tuple[str, ...] = having(default=(), repr=False)
    places: tuple[Place, ...] = having(default=(), repr=False)
