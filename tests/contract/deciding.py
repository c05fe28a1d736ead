"""What the one service does between gathering and applying, for tests that apply by themselves."""

from __future__ import annotations

from datetime import datetime

from engine.actor import Actor
from engine.commands import Command
from engine.decide import decide
from engine.decision import Decision
from tests.contract.court import RULES
from workflows.rectification.changing import change
from workflows.rectification.records import Case, Change
from workflows.rectification.subjects import subject_of


def decided(case: Case, command: Command, actor: Actor, now: datetime) -> Change:
    """Decide about a case, however old it is."""
    subject = subject_of(case, command, RULES.timetable.local_day(now))
    decision = decide(subject.workflow, subject.facts, command, actor, now)
    assert isinstance(decision, Decision)
    return change(case, subject, decision, RULES.timetable, RULES.ladders, now, actor.person, "salt")
