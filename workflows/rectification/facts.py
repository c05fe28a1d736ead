"""The facts of a task that its guards read. Identifiers, days and vocabulary only: they are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.facts import Facts
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, TaskKind


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A measure by its identifier and its number in the task."""

    measure: int
    number: int


@dataclass(frozen=True, slots=True)
class CriterionFact:
    """A criterion by its identifier and number; ``target`` counts what must be reached, where it was set."""

    criterion: int
    number: int
    target: int | None = None


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A report that was filed: in which round, and whether it was received or returned."""

    report: int
    kind: ReportKind
    round: int
    received: bool
    returned: bool

    @property
    def pending(self) -> bool:
        """Whether the performance office still has to receive or return it."""
        return not self.received and not self.returned


@dataclass(frozen=True, slots=True)
class ClockFact:
    """A clock that runs or is held."""

    kind: DeadlineKind
    due_on: date
    original_due_on: date
    held: bool
    visit: int


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task as it stands.

    Attributes:
        task: Its identifier.
        plan: The plan it belongs to.
        kind: What kind of deadline the plan gives it.
        due_on: The day it is due; None for immediate and ongoing tasks.
        review_on: The plan year's last day, which is an ongoing task's day.
        today: The calendar day in the organisation's time zone.
        acknowledged: Whether the department has acknowledged it.
        suspended_from: The state it was suspended from, while it is suspended.
        measures: Its measures.
        criteria: Its criteria.
        reports: Its reports of all rounds.
        clocks: Its running and held clocks.
    """

    task: int
    plan: int
    kind: TaskKind
    due_on: date | None
    review_on: date
    today: date
    acknowledged: bool
    suspended_from: str | None
    measures: tuple[MeasureFact, ...]
    criteria: tuple[CriterionFact, ...]
    reports: tuple[ReportFact, ...]
    clocks: tuple[ClockFact, ...]

    def clock(self, kind: DeadlineKind) -> ClockFact | None:
        """Give the running or held clock of a kind."""
        return next((clock for clock in self.clocks if clock.kind == kind), None)

    @property
    def last_day(self) -> date:
        """The last day work may be planned for: the deadline, or the review day where there is none.

        An immediate task has no day in the plan; its deadline is what its completion is due on.
        """
        completion = self.clock(DeadlineKind.COMPLETION) if self.kind is TaskKind.IMMEDIATE else None
        return self.due_on or (completion.due_on if completion else self.review_on)


def task_facts(facts: Facts) -> TaskFacts:
    """Give a subject's facts as those of a task.

    Raises:
        TypeError: They are another workflow's.
    """
    if not isinstance(facts.details, TaskFacts):
        message = f"{facts.subject} carries no facts of a task"
        raise TypeError(message)
    return facts.details
