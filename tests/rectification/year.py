"""A task that lives through its steps: what each leaves behind is put back into its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from engine.bundle import Bundle
from engine.commands import Command
from engine.decision import Decision, SubjectMoved
from tests.engine.rig import Rig
from tests.rectification.world import (
    DUE,
    LATER,
    MID_TERM,
    actor,
    bundle,
    clock,
    facts,
    propose,
    send_back,
    sign,
)
from workflows.rectification.definition import built_in
from workflows.rectification.facts import ReportFact, TaskFacts, task_facts
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, Role, TaskKind

OF_A_NEW_TASK = (
    "acknowledge",
    "work_plan",
    "mid_term_report",
    "year_end_report",
    "completion",
)
"""What runs from the day a task is created."""

_DAYS = {
    DeadlineKind.MID_TERM_REPORT: MID_TERM,
    DeadlineKind.YEAR_END_REPORT: date(2026, 11, 30),
    DeadlineKind.COMPLETION: DUE,
}
_FILING = {"report_mid_term": ReportKind.MID_TERM, "report_year_end": ReportKind.YEAR_END}


class Year(Rig):
    """One task and its year."""

    def __init__(self, kind: TaskKind = TaskKind.DATED, *, mid_term_owed: bool = True) -> None:
        due_on = DUE if kind is TaskKind.DATED else None
        running = {name: "running" for name in OF_A_NEW_TASK if mid_term_owed or name != "mid_term_report"}
        super().__init__(built_in(), facts(acknowledged=False, clocks=(), kind=kind, due_on=due_on), running)
        self.days: dict[str, date] = {str(kind): day for kind, day in _DAYS.items()}
        self.today = date(2026, 1, 12)
        self._see()

    @property
    def task(self) -> TaskFacts:
        """The task's own facts."""
        return task_facts(self.facts)

    @property
    def now(self) -> datetime:
        """Noon of the day in the story."""
        return datetime.combine(self.today, time(4), tzinfo=UTC)

    def on(self, month: int, day: int) -> Year:
        """Let time pass until a day of the year."""
        self.today = date(2026, month, day)
        self._see()
        return self

    def said(self, trigger: str, **changed: object) -> Bundle:
        """A complete bundle for a trigger in this round."""
        return bundle(trigger, self.facts.round, **changed)

    def propose(self, trigger: str, role: Role, **changed: object) -> Decision:
        """Let somebody propose a move."""
        return self._then(propose(self.said(trigger, **changed), self.facts.version), role)

    def refused(self, trigger: str, role: Role, **changed: object) -> tuple[str, ...]:
        """Let somebody propose what is refused, and give the codes."""
        command = propose(self.said(trigger, **changed), self.facts.version)
        return self.refuse(command, actor(role), self.now)

    def signed_by(self, *roles: Role) -> None:
        """Let people sign the open proposal, one after the other."""
        for role in roles:
            self._then(sign(self.open), role)

    def sent_back_by(self, role: Role) -> None:
        """Let somebody send the open proposal back."""
        self._then(send_back(self.open), role)

    def move(self, trigger: str, role: Role, *signers: Role, **changed: object) -> None:
        """Let somebody propose a move and everybody sign it."""
        self.propose(trigger, role, **changed)
        self.signed_by(*signers)

    def _then(self, command: Command, role: Role) -> Decision:
        before = len(self.steps)
        decision = self.do(command, actor(role), self.now)
        for step in self.steps[before:]:
            self._remember(step)
        self._see()
        return decision

    def _remember(self, step: SubjectMoved) -> None:
        task = self.task
        if step.trigger == "acknowledge":
            task = replace(task, acknowledged=True)
        if step.trigger in _FILING:
            filed = ReportFact(
                len(task.reports) + 1, _FILING[step.trigger], step.round, received=False, returned=False
            )
            task = replace(task, reports=(*task.reports, filed))
        if step.trigger in {"receive_report", "return_report"}:
            task = replace(task, reports=tuple(_answered(report, step) for report in task.reports))
        if step.state != step.origin:
            task = replace(task, suspended_from=step.origin if step.state == "suspended" else None)
        self.facts = replace(self.facts, details=task)

    def _see(self) -> None:
        clocks = tuple(
            clock(DeadlineKind(kind), self.days.get(kind, LATER), held=state == "held")
            for kind, state in self.clocks.items()
        )
        self.facts = replace(self.facts, details=replace(self.task, today=self.today, clocks=clocks))


def _answered(report: ReportFact, step: SubjectMoved) -> ReportFact:
    if str(report.report) != step.bundle.reference("report"):
        return report
    received = step.trigger == "receive_report"
    return replace(report, received=received, returned=not received)
