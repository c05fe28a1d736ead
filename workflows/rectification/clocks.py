"""What a decision does to the clocks of a task, with the days that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime

from engine.bundle import Bundle
from engine.decision import (
    DeadlineHeld,
    DeadlineResumed,
    DeadlineStarted,
    DeadlineStopped,
    Decision,
)
from workflows.deadlines.clocks import ClockFacts, DayLimits, due_day
from workflows.deadlines.ladder import INSPECTOR_BY_ITSELF, Ladders
from workflows.deadlines.moments import next_at
from workflows.deadlines.records import OpenDeadline
from workflows.deadlines.timetable import Timetable
from workflows.rectification.records import (
    Case,
    ClockChange,
    ClockExtended,
    ClockHeld,
    ClockRecord,
    ClockRested,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    TaskRecord,
)
from workflows.rectification.vocabulary import SIGNING, DeadlineKind, TaskKind

LIMIT = "limit."
"""What the name of a setting begins with that gives a day limit, for example ``limit.acknowledge``."""


def day_limits(settings: Mapping[str, str]) -> DayLimits:
    """Give the organisation's day limits; what it does not set has its default."""
    names = {field.name for field in fields(DayLimits)}
    given = {
        name.removeprefix(LIMIT): int(value)
        for name, value in settings.items()
        if name.startswith(LIMIT) and value.isdecimal()
    }
    return DayLimits(**{name: days for name, days in given.items() if name in names})


def switches(settings: Mapping[str, str]) -> frozenset[str]:
    """Give the ladder's switches that the organisation has turned on."""
    return frozenset({INSPECTOR_BY_ITSELF} if settings.get(INSPECTOR_BY_ITSELF) == "1" else ())


class Clocks:
    """The clocks of one task while a decision is being turned into changes."""

    def __init__(self, case: Case, timetable: Timetable, ladders: Ladders, now: datetime) -> None:
        self._case = case
        self._timetable = timetable
        self._ladders = ladders.with_switches(switches(case.settings))
        self._now = now
        self._newest = {clock.kind: clock for clock in case.clocks}
        self._open: dict[DeadlineKind, tuple[date, bool]] = {
            clock.kind: (clock.due_on, clock.state == "held") for clock in case.clocks if clock.open
        }
        self.changes: list[ClockChange] = []

    @property
    def today(self) -> date:
        """The calendar day of the decision."""
        return self._timetable.local_day(self._now)

    def follow(self, decision: Decision, bundle: Bundle | None) -> None:
        """Turn a decision's effects on clocks into changes, in their order."""
        for effect in decision.effects:
            match effect:
                case DeadlineStarted(kind, within):
                    self.start(DeadlineKind(kind), bundle, within)
                case DeadlineStopped(kind):
                    self._stop(DeadlineKind(kind))
                case DeadlineHeld(kind):
                    self._hold(DeadlineKind(kind))
                case DeadlineResumed(kind):
                    self._resume(DeadlineKind(kind))
                case _:
                    pass

    def start(self, kind: DeadlineKind, bundle: Bundle | None, within: int | None = None) -> None:
        """Begin a clock, unless the plan gives it no day; one of its kind that still runs makes room.

        Args:
            kind: Its kind.
            bundle: What is proposed, for the days it names.
            within: Its limit in working days where a stage sets its own.
        """
        task = self._case.task
        if kind is DeadlineKind.WORK_PLAN and task.kind is TaskKind.IMMEDIATE:
            return
        due_on = due_day(
            kind, self._facts(task, bundle, within), self._timetable.calendar, day_limits(self._case.settings)
        )
        if due_on is None:
            return
        self._stop(kind)
        before = self._newest.get(kind)
        deadline = OpenDeadline(kind, due_on, self._now)
        self.changes.append(
            ClockStarted(
                kind=kind,
                visit=before.visit + 1 if before else 1,
                due_on=due_on,
                original_due_on=self._original(kind, before, due_on),
                next_at=next_at(deadline, self._ladders, self._timetable),
            )
        )
        self._open[kind] = (due_on, False)

    def extend(self, kind: DeadlineKind, due_on: date) -> None:
        """Give an open clock a new day, with the ladder of that day from now on; held it stays held."""
        clock = self._newest.get(kind)
        if clock is None or kind not in self._open:
            return
        moment = next_at(OpenDeadline(kind, due_on, self._now), self._ladders, self._timetable)
        self.changes.append(ClockExtended(clock.deadline, due_on, moment))
        self._open[kind] = (due_on, self._open[kind][1])

    def rest(self, *, resting: bool) -> None:
        """Let the internal reminders of running clocks rest while the task is suspended, or run on."""
        for kind in self._ladders.resting & self._open.keys():
            if kind in self._newest and self._newest[kind].open:
                self.changes.append(ClockRested(self._newest[kind].deadline, resting))

    def due_on(self, kind: DeadlineKind) -> date | None:
        """Give the day of a clock that was open before the decision."""
        clock = self._newest.get(kind)
        return clock.due_on if clock and clock.open else None

    def met_on(self, kind: DeadlineKind) -> date:
        """Give the day that counts for a clock that ends now: the day the department had done its part."""
        clock = self._newest.get(kind)
        if clock and clock.held_at and clock.open:
            return self._timetable.local_day(clock.held_at)
        return self.today

    def next_due(self) -> tuple[date, DeadlineKind] | None:
        """Give the department's clock that runs out first; signatures and held clocks are not its own."""
        running = [
            (due_on, kind) for kind, (due_on, held) in self._open.items() if not held and kind not in SIGNING
        ]
        return min(running, default=None)

    def _facts(self, task: TaskRecord, bundle: Bundle | None, within: int | None) -> ClockFacts:
        return ClockFacts(
            started_on=self.today,
            within=within,
            task_kind=task.kind,
            task_due_on=task.due_on,
            plan_year_ends_on=task.review_on,
            mid_term_on=self._case.milestones.get(DeadlineKind.MID_TERM_REPORT),
            year_end_on=self._case.milestones.get(DeadlineKind.YEAR_END_REPORT),
            suspended_until=bundle.day("ends_on") if bundle else None,
            new_day=bundle.day("new_due_on") if bundle else None,
        )

    def _original(self, kind: DeadlineKind, before: ClockRecord | None, due_on: date) -> date:
        once = {DeadlineKind.COMPLETION, DeadlineKind.MID_TERM_REPORT, DeadlineKind.YEAR_END_REPORT}
        return before.original_due_on if before and kind in once else due_on

    def _stop(self, kind: DeadlineKind) -> None:
        clock = self._newest.get(kind)
        if self._open.pop(kind, None) and clock and clock.open:
            self.changes.append(ClockStopped(clock.deadline, self.met_on(kind), self._waited(clock)))

    def _hold(self, kind: DeadlineKind) -> None:
        due_on, held = self._open.get(kind, (None, True))
        if due_on is None or held:
            return
        self._open[kind] = (due_on, True)
        started = next((c for c in self.changes if isinstance(c, ClockStarted) and c.kind is kind), None)
        if started is not None:
            self.changes[self.changes.index(started)] = replace(started, held=True)
        else:
            self.changes.append(ClockHeld(self._newest[kind].deadline))

    def _resume(self, kind: DeadlineKind) -> None:
        clock = self._newest.get(kind)
        if kind in self._open and clock and clock.state == "held":
            self._open[kind] = (clock.due_on, False)
            self.changes.append(ClockResumed(clock.deadline, self._waited(clock)))

    def _waited(self, clock: ClockRecord) -> int:
        if clock.held_at is None or clock.state != "held":
            return 0
        return (self.today - self._timetable.local_day(clock.held_at)).days
