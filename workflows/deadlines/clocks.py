"""On which day each kind of deadline is due.

Owns the days that a plan does not give, as settings in working days. Must not know what starts or stops a
clock (the workflow's definition does) or when it reminds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date

from engine.errors import ZhenggaiError
from workflows.deadlines.calendar import Calendar
from workflows.rectification.vocabulary import DeadlineKind, TaskKind

LONGEST_LIMIT = 366
"""No setting may give more working days than this; more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class DayLimits:
    """Days that no plan gives, in working days after the clock's start.

    Raises:
        ZhenggaiError: A limit is not between 1 and :data:`LONGEST_LIMIT`.
    """

    acknowledge: int = 5
    work_plan: int = 15
    immediate_completion: int = 10
    verification: int = 15
    publicity: int = 20
    signature_pending: int = 3

    def __post_init__(self) -> None:
        for field in fields(self):
            days = getattr(self, field.name)
            if not 1 <= days <= LONGEST_LIMIT:
                raise ZhenggaiError(
                    "day_limit_out_of_range", setting=field.name, days=days, longest=LONGEST_LIMIT
                )


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What a due day is reckoned from.

    Attributes:
        started_on: The local day on which this clock starts (for a signature, the day it came to be owed).
        task_kind: How the task's own day is given.
        task_due_on: The task's day, where it has one.
        plan_year_ends_on: The last day of the plan's year.
        mid_term_on: The plan's milestone for mid-term reports; None where none is owed.
        year_end_on: The plan's milestone for year-end reports; None where none is owed.
        suspended_until: The end day of the suspension.
        new_day: The day that a rework, reopening or returned report set for this clock; outranks the rest.
        within: Working days that a stage gives its signers; None for the usual limit.
    """

    started_on: date
    task_kind: TaskKind = TaskKind.DATED
    task_due_on: date | None = None
    plan_year_ends_on: date | None = None
    mid_term_on: date | None = None
    year_end_on: date | None = None
    suspended_until: date | None = None
    new_day: date | None = None
    within: int | None = None


def due_day(kind: DeadlineKind, facts: ClockFacts, calendar: Calendar, limits: DayLimits) -> date | None:
    """Give the legal day of a deadline that starts now; it may be a day off and is never moved.

    None means that this clock does not run: the plan has no such milestone.

    Raises:
        ZhenggaiError: ``clock_fact_missing``: a fact without which the day cannot be named is absent.
    """
    return _RULES[kind](facts, calendar, limits)


def _after(limit: Callable[[DayLimits], int]) -> Callable[[ClockFacts, Calendar, DayLimits], date]:
    return lambda facts, calendar, limits: calendar.add_working_days(facts.started_on, limit(limits))


def _mid_term(facts: ClockFacts, _calendar: Calendar, _limits: DayLimits) -> date | None:
    return facts.new_day or facts.mid_term_on


def _year_end(facts: ClockFacts, _calendar: Calendar, _limits: DayLimits) -> date | None:
    return facts.new_day or facts.year_end_on


def _completion(facts: ClockFacts, calendar: Calendar, limits: DayLimits) -> date:
    if facts.new_day is not None:
        return facts.new_day
    if facts.task_kind is TaskKind.IMMEDIATE:
        return calendar.add_working_days(facts.started_on, limits.immediate_completion)
    if facts.task_kind is TaskKind.ONGOING:
        return _needed(DeadlineKind.COMPLETION, "plan_year_ends_on", facts.plan_year_ends_on)
    return _needed(DeadlineKind.COMPLETION, "task_due_on", facts.task_due_on)


def _signature(facts: ClockFacts, calendar: Calendar, limits: DayLimits) -> date:
    return calendar.add_working_days(facts.started_on, facts.within or limits.signature_pending)


def _suspension(facts: ClockFacts, _calendar: Calendar, _limits: DayLimits) -> date:
    return _needed(DeadlineKind.SUSPENSION, "suspended_until", facts.suspended_until)


def _needed(kind: DeadlineKind, fact: str, day: date | None) -> date:
    if day is None:
        raise ZhenggaiError("clock_fact_missing", clock=kind, fact=fact)
    return day


_RULES: dict[DeadlineKind, Callable[[ClockFacts, Calendar, DayLimits], date | None]] = {
    DeadlineKind.ACKNOWLEDGE: _after(lambda limits: limits.acknowledge),
    DeadlineKind.WORK_PLAN: _after(lambda limits: limits.work_plan),
    DeadlineKind.MID_TERM_REPORT: _mid_term,
    DeadlineKind.YEAR_END_REPORT: _year_end,
    DeadlineKind.COMPLETION: _completion,
    DeadlineKind.VERIFICATION: _after(lambda limits: limits.verification),
    DeadlineKind.PUBLICITY: _after(lambda limits: limits.publicity),
    DeadlineKind.SUSPENSION: _suspension,
    DeadlineKind.SIGNATURE_PENDING: _signature,
    DeadlineKind.EXTENSION_PENDING: _signature,
}
