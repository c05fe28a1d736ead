"""The parts that several papers share: what the task is, and how its measures stand."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.documents.paper import OfficialPaper
from workflows.documents.records import MeasureProgress, TaskHeading
from workflows.documents.wording import chinese_number, day, listed, say


class Headings:
    """Counts the parts of a paper as they come, in Chinese numbers."""

    def __init__(self, paper: OfficialPaper) -> None:
        self._paper = paper
        self._count = 0

    def next(self, text: str) -> None:
        """Begin the next part."""
        self._count += 1
        self._paper.heading(f"{chinese_number(self._count)}、{text}")


def basis_of(task: TaskHeading) -> str:
    """Name the plan that a paper rests on."""
    if task.plan_number:
        return say("common.numbered_basis", plan=task.plan_title, number=task.plan_number)
    return say("common.basis", plan=task.plan_title)


def describe(paper: OfficialPaper, headings: Headings, task: TaskHeading) -> None:
    """Write what the task is and who answers for it."""
    headings.next(say("common.facts"))
    paper.text(say("common.objective", objective=task.objective))
    paper.text(say("common.leaders", leaders=listed(task.leaders)))
    paper.text(say("common.lead", department=task.lead_department))
    supporting = listed(task.supporting_departments) or say("common.none")
    paper.text(say("common.supporting", departments=supporting))
    due = task.due_text or (day(task.due_on) if task.due_on else say("common.no_due"))
    paper.text(say("common.due", due=due))


def by_measure(
    task: TaskHeading, progress: Iterable[MeasureProgress]
) -> list[tuple[int, str, MeasureProgress]]:
    """Put each measure's number and text beside its progress, in the plan's order.

    Raises:
        ValueError: Progress is told twice for one measure, or for one that the task does not have.
    """
    told: dict[int, MeasureProgress] = {}
    for each in progress:
        if each.measure in told or not 0 < each.measure <= len(task.measures):
            raise ValueError(f"measure {each.measure} is told twice or is none of {len(task.measures)}")
        told[each.measure] = each
    return [
        (number, text, told.get(number, MeasureProgress(number, "")))
        for number, text in enumerate(task.measures, 1)
    ]


def period_of(progress: MeasureProgress) -> str:
    """Write from when to when a measure is worked on; empty where neither day is known."""
    days = [day(each) if each else "" for each in (progress.first_on, progress.last_on)]
    return say("common.period", first=days[0], last=days[1]) if any(days) else ""


def report_measures(
    paper: OfficialPaper, headings: Headings, task: TaskHeading, progress: Iterable[MeasureProgress]
) -> None:
    """Write how each measure stands; what nobody told is said to be missing, what is optional is left out."""
    headings.next(say("common.measures"))
    for number, text, told in by_measure(task, progress):
        paper.heading(f"（{chinese_number(number)}）{text}", level=2)
        paper.text(told.text, say("common.progress"))
        if told.problems.strip():
            paper.text(told.problems, say("common.problems"))
        if told.next_step.strip():
            paper.text(told.next_step, say("common.next_step"))


def remark(paper: OfficialPaper, headings: Headings, text: str, key: str = "common.remark") -> None:
    """Write a part of its own where somebody wrote something."""
    if text.strip():
        headings.next(say(key))
        paper.text(text)
