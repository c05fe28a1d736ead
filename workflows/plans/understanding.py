"""From a sheet and the directory to a plan that can be created, or the questions a person has to answer.

Pure code. Must not know how a question is shown or answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.plans.naming import Naming
from workflows.plans.questions import Question
from workflows.plans.records import Directory, MilestoneKind, NewMilestone, PlanContent
from workflows.plans.sheet import Sheet
from workflows.plans.task_content import content, day, missing
from workflows.rectification.vocabulary import TaskKind

_LONGEST = {"title": 400, "document_number": 100, "approved_by": 200}
_BESIDE = {"criteria": "adopted", "due_on": "kind", "kind": "due_on"}
_OWED_ONCE = (MilestoneKind.MID_TERM_REPORT, MilestoneKind.YEAR_END_REPORT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question of the reader's own: where it stands, and the field a correction of which answers it.

    Attributes:
        number: Its number in the reading, from 1.
        question: What is asked.
    """

    number: int
    question: Question


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a sheet amounts to.

    Attributes:
        questions: What a person still has to say, the plan's first, then task by task.
        remarks: What is worth a look and stands in nobody's way, such as a day that has passed.
        plan: The plan to be created; None while questions remain.
    """

    questions: tuple[Question, ...]
    remarks: tuple[Question, ...]
    plan: PlanContent | None


def understand(
    sheet: Sheet,
    directory: Directory,
    doubts: Sequence[Doubt] = (),
    corrected: Collection[str] = (),
    today: date | None = None,
) -> Understanding:
    """Say what is still open, and give the plan where nothing is.

    Args:
        sheet: The plan as read, with corrections.
        directory: Departments and people as they stand today.
        doubts: The reader's own questions.
        corrected: Names of the fields a person corrected; a corrected field answers its doubt.
        today: The day from which a date counts as past; None leaves those remarks out.
    """
    naming = Naming(sheet, directory)
    own = [
        *_about_plan(sheet),
        *naming.questions(),
        *(question for task in sheet.tasks for question in missing(task, naming)),
    ]
    asked = {question.field for question in own}
    kept = {task.number for task in sheet.tasks}
    # A doubt about a field that is asked for anyway would only ask twice.
    open_doubts = [
        doubt.question
        for doubt in doubts
        if not sheet.settled(doubt.number)
        and not _among(asked, doubt.question.field)
        and not _among(corrected, doubt.question.field)
        and (doubt.question.task is None or doubt.question.task in kept)
    ]
    questions = sorted([*own, *open_doubts], key=lambda question: question.task or 0)
    plan = None if questions else _plan(sheet, naming)
    return Understanding(tuple(questions), tuple(_remarks(sheet, today)), plan)


def _among(fields: Collection[str], field: str) -> bool:
    """Say whether a field is among others, or the one beside it that says the same in another way."""
    start, dot, name = field.rpartition(".")
    return field in fields or f"{start}{dot}{_BESIDE.get(name, name)}" in fields


def milestones(sheet: Sheet) -> tuple[NewMilestone, ...]:
    """Give the dates for everybody that can be understood, in the order of their days."""
    found = []
    for n in sheet.milestones:
        due_on, kind = day(sheet.get(f"milestone.{n}.due_on")), sheet.get(f"milestone.{n}.kind")
        if due_on and kind in set(MilestoneKind):
            found.append(NewMilestone(MilestoneKind(kind), due_on, sheet.get(f"milestone.{n}.what")))
    return tuple(sorted(found, key=lambda milestone: milestone.due_on))


def _plan(sheet: Sheet, naming: Naming) -> PlanContent:
    year = int(sheet.get("year"))
    return PlanContent(
        title=sheet.get("title"),
        document_number=sheet.get("document_number"),
        issued_on=day(sheet.get("issued_on")),
        basis=sheet.get("basis"),
        approved_by=sheet.get("approved_by"),
        year=year,
        review_on=day(sheet.get("review_on")) or date(year, 12, 31),
        milestones=milestones(sheet),
        tasks=tuple(content(task, number, naming) for number, task in enumerate(sheet.tasks, start=1)),
    )


def _about_plan(sheet: Sheet) -> Iterator[Question]:
    if not sheet.get("title"):
        yield Question("question.title_missing", "title")
    for field, most in _LONGEST.items():
        if len(sheet.get(field)) > most:
            yield Question("question.too_long", field, params={"most": most})
    if day(f"{sheet.get('year')}-12-31") is None:
        yield Question("question.year_missing", "year")
    for field in ("issued_on", "review_on"):
        typed = sheet.get(field)
        if typed and day(typed) is None:
            yield Question("question.day_malformed", field, params={"typed": typed})
    if not sheet.tasks:
        yield Question("question.tasks_missing", "tasks")
    yield from _about_milestones(sheet)


def _about_milestones(sheet: Sheet) -> Iterator[Question]:
    seen: set[str] = set()
    for n in sheet.milestones:
        key, typed = f"milestone.{n}.due_on", sheet.get(f"milestone.{n}.due_on")
        kind = sheet.get(f"milestone.{n}.kind")
        if day(typed) is None:
            code = "question.day_malformed" if typed else "question.milestone_day_missing"
            yield Question(code, key, params={"typed": typed, "what": sheet.get(f"milestone.{n}.what")})
        if kind not in set(MilestoneKind):
            yield Question("question.milestone_kind_missing", f"milestone.{n}.kind")
        elif kind in _OWED_ONCE and kind in seen:
            # Each of the two reports is owed once, so one day must be the one that counts.
            yield Question("question.milestone_twice", f"milestone.{n}.kind", params={"kind": kind})
        seen.add(kind)


def _remarks(sheet: Sheet, today: date | None) -> Iterator[Question]:
    if today is None:
        return
    for n in sheet.milestones:
        due_on = day(sheet.get(f"milestone.{n}.due_on"))
        if due_on and due_on < today:
            yield Question("remark.milestone_past", f"milestone.{n}.due_on", params={"day": due_on})
    for task in sheet.tasks:
        due_on = day(task.get("due_on"))
        if due_on and task.get("kind") == TaskKind.DATED and due_on < today:
            yield Question("remark.day_past", task.key("due_on"), task.number, {"day": due_on})
        if not task.lines("measures"):
            yield Question("remark.no_measures", task.key("measures"), task.number)
