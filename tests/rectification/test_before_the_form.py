"""What the buttons of a page know before a form is filled in: whatever the facts alone can say."""

from __future__ import annotations

from datetime import date

import pytest

from engine.facts import Facts
from engine.options import options
from tests.rectification.world import actor, clock, facts, report
from workflows.rectification.definition import built_in
from workflows.rectification.facts import task_facts
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, Role, State, TaskKind


def _codes(given: Facts, role: Role, trigger: str) -> tuple[str, ...]:
    found = {option.trigger: option for option in options(built_in(), given, actor(role))}
    return tuple(reason.code for reason in found[trigger].reasons)


@pytest.mark.parametrize(
    ("trigger", "given", "codes"),
    [
        ("start", facts(acknowledged=False), ("not_acknowledged",)),
        ("start", facts(), ()),
        ("complete", facts(), ("not_immediate",)),
        ("complete", facts(kind=TaskKind.IMMEDIATE, due_on=None), ()),
        (
            "complete",
            facts(State.IN_PROGRESS, clocks=(clock(DeadlineKind.MID_TERM_REPORT, date(2026, 5, 31)),)),
            ("mid_term_report_owed",),
        ),
        (
            "report_mid_term",
            facts(State.IN_PROGRESS, reports=(report(ReportKind.MID_TERM),)),
            ("report_already_filed",),
        ),
        (
            "report_mid_term",
            facts(State.IN_PROGRESS, reports=(report(ReportKind.MID_TERM, returned=True),)),
            (),
        ),
        ("report_mid_term", facts(State.IN_PROGRESS, 2, reports=(report(ReportKind.MID_TERM, 1),)), ()),
        ("report_mid_term", facts(State.IN_PROGRESS, reports=(report(ReportKind.YEAR_END),)), ()),
        ("resume", facts(State.SUSPENDED, suspended_from=None), ("not_applicable",)),
        ("suspend", facts(State.IN_PROGRESS), ()),
        ("withhold", facts(State.VERIFIED), ()),
    ],
)
def test_a_handler_is_told_what_the_facts_can_say(trigger: str, given: Facts, codes: tuple[str, ...]) -> None:
    assert _codes(given, Role.HANDLER, trigger) == codes


@pytest.mark.parametrize("trigger", ["receive_report", "return_report"])
def test_the_office_sees_whether_any_report_waits_for_it(trigger: str) -> None:
    office = Role.PERFORMANCE_OFFICE
    waiting = facts(State.MID_TERM_REPORTED, reports=(report(ReportKind.MID_TERM),))
    answered = facts(State.MID_TERM_REPORTED, reports=(report(ReportKind.MID_TERM, received=True),))
    assert _codes(waiting, office, trigger) == ()
    assert _codes(answered, office, trigger) == ("no_report_pending",)
    assert _codes(facts(State.IN_PROGRESS), office, trigger) == ("no_report_pending",)


@pytest.mark.parametrize("trigger", ["verify", "rework"])
def test_verdicts_are_asked_with_the_form(trigger: str) -> None:
    assert _codes(facts(State.COMPLETED), Role.VERIFICATION_GROUP, trigger) == ()


def test_facts_of_another_workflow_are_not_taken_for_a_tasks() -> None:
    with pytest.raises(TypeError, match="letter:7"):
        task_facts(Facts("letter:7", 1, "draft", 1, 1, {}))
