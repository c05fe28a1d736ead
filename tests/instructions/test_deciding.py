"""Who may raise, record and answer what, and every reason why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.reasons import Reason, Refusal, deny
from tests.contract.court import PEOPLE, RULES, SECOND_HANDLER, SUPPORTER, actor, case
from workflows.evidence.records import Blob
from workflows.instructions.deciding import decide
from workflows.instructions.records import (
    AnswerConclusion,
    Attachment,
    Command,
    ConclusionRecord,
    Effect,
    InstructionKind,
    InstructionRecorded,
    MatterRecord,
    NewConclusion,
    RaiseMatter,
    RecordInstruction,
    Standing,
)
from workflows.instructions.reminding import first_reminder
from workflows.instructions.telling import change_of
from workflows.rectification.vocabulary import Role

TODAY = date(2026, 3, 2)
LEADER, HANDLER, HEAD = (
    PEOPLE[role] for role in (Role.RESPONSIBLE_LEADER, Role.HANDLER, Role.DEPARTMENT_HEAD)
)
OTHER_LEADER = 40
MINUTES = Attachment(Blob("a" * 64, "b" * 64, 3, ("a" * 64,)), "纪要.txt", "internal")
INSTRUCTION = RecordInstruction(LEADER, "instruction", TODAY, "请抓紧。", (), (), None, "key")
MEETING = replace(INSTRUCTION, kind="assessment", text="", file=MINUTES)
CHARGE = NewConclusion("办好。", HANDLER, date(2026, 3, 9))
STANDING = Standing(
    case=case(),
    matters=(MatterRecord(1, HANDLER, taken_up=False), MatterRecord(2, HANDLER, taken_up=True)),
    conclusions=(
        ConclusionRecord(5, HANDLER, LEADER, LEADER, answered=False, heads=frozenset({HEAD})),
        ConclusionRecord(6, HANDLER, LEADER, LEADER, answered=True),
    ),
    people=frozenset(PEOPLE.values()) - {PEOPLE[Role.INSPECTOR]},
)


def outcome(role: Role, command: Command, standing: Standing = STANDING) -> Effect | Refusal:
    """Decide as the person of a role."""
    return decide(standing, command, actor(role), TODAY, RULES.timetable.calendar)


def why(role: Role, command: Command, standing: Standing = STANDING) -> tuple[Reason, ...]:
    """Give the reasons of a refusal."""
    found = outcome(role, command, standing)
    assert isinstance(found, Refusal), found
    return found.reasons


@pytest.mark.parametrize("role", list(PEOPLE))
def test_a_matter_is_raised_by_handler_and_head_and_by_nobody_else(role: Role) -> None:
    found = outcome(role, RaiseMatter(LEADER, "请协调。", "key"))
    may = role in {Role.HANDLER, Role.DEPARTMENT_HEAD}
    assert isinstance(found, Refusal) is not may
    if not may:
        assert why(role, RaiseMatter(LEADER, "请协调。", "key")) == (deny("matter_not_yours"),)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (RaiseMatter(None, "请协调。", "key"), deny("instruction_leader_missing")),
        (RaiseMatter(HANDLER, "请协调。", "key"), deny("instruction_leader_missing")),
        (RaiseMatter(LEADER, " \n", "key"), deny("matter_text_missing")),
    ],
)
def test_a_matter_goes_to_a_leader_of_the_task_and_says_something(
    command: RaiseMatter, reason: Reason
) -> None:
    assert why(Role.HANDLER, command) == (reason,)


@pytest.mark.parametrize("role", list(PEOPLE))
@pytest.mark.parametrize("kind", list(InstructionKind))
def test_a_leader_records_everything_and_the_office_meetings_alone(role: Role, kind: InstructionKind) -> None:
    found = outcome(role, replace(INSTRUCTION, kind=kind, file=MINUTES))
    offices = {Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD}
    if role is Role.RESPONSIBLE_LEADER or (role in offices and kind is not InstructionKind.INSTRUCTION):
        assert isinstance(found, InstructionRecorded)
    else:
        expected = "instruction_not_of_this_leader" if role in offices else "instruction_not_yours"
        assert isinstance(found, Refusal)
        assert found.reasons == (deny(expected),)


def test_a_secretary_whom_the_leader_lets_writes_down_the_leaders_own_words() -> None:
    allowed = replace(STANDING, secretaries={LEADER: frozenset({SUPPORTER})})
    secretary = replace(actor(Role.PUBLICITY_OFFICE), person=SUPPORTER)
    calendar = RULES.timetable.calendar
    assert isinstance(decide(allowed, INSTRUCTION, secretary, TODAY, calendar), InstructionRecorded)
    refused = decide(STANDING, INSTRUCTION, secretary, TODAY, calendar)
    assert refused == Refusal((deny("instruction_not_yours"),))


def test_a_leader_does_not_speak_for_another_one() -> None:
    two = replace(STANDING, case=replace(STANDING.case, leaders=(LEADER, OTHER_LEADER)))
    other = replace(INSTRUCTION, leader=OTHER_LEADER)
    assert why(Role.RESPONSIBLE_LEADER, other, two) == (deny("instruction_not_of_this_leader"),)


def test_whoever_stands_in_for_the_office_keeps_its_minutes() -> None:
    held = tuple(
        replace(p, department=1) if p.role == Role.PERFORMANCE_OFFICE else p for p in STANDING.case.positions
    )
    settings = {"substitute.performance_office": str(SUPPORTER)}
    own = replace(STANDING, case=replace(STANDING.case, positions=held, settings=settings))
    assert why(Role.PERFORMANCE_OFFICE, MEETING, own) == (deny("instruction_not_yours"),)
    substitute = replace(actor(Role.PUBLICITY_OFFICE), person=SUPPORTER)
    found = decide(own, MEETING, substitute, TODAY, RULES.timetable.calendar)
    assert isinstance(found, InstructionRecorded)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (replace(INSTRUCTION, leader=HANDLER), deny("instruction_leader_missing")),
        (replace(INSTRUCTION, kind="song"), deny("instruction_kind_missing")),
        (replace(INSTRUCTION, text=" "), deny("instruction_text_missing")),
        (replace(INSTRUCTION, given_on=None), deny("instruction_day_missing")),
        (
            replace(INSTRUCTION, given_on=date(2026, 3, 3)),
            deny("instruction_day_ahead", given_on=date(2026, 3, 3)),
        ),
        (replace(MEETING, file=None), deny("instruction_minutes_missing")),
        (replace(MEETING, file=replace(MINUTES, level="secret")), deny("file_level_missing")),
        (replace(INSTRUCTION, matters=(9,)), deny("matter_unknown")),
        (replace(INSTRUCTION, matters=(1, 2)), deny("matter_taken_up")),
    ],
)
def test_each_thing_that_is_missing_is_said(command: RecordInstruction, reason: Reason) -> None:
    assert why(Role.RESPONSIBLE_LEADER, command) == (reason,)


@pytest.mark.parametrize(
    ("conclusion", "reason"),
    [
        (replace(CHARGE, text=""), deny("conclusion_text_missing", number=2)),
        (replace(CHARGE, person=None), deny("conclusion_person_missing", number=2)),
        (replace(CHARGE, person=SUPPORTER), deny("conclusion_person_unfit", number=2, person=SUPPORTER)),
        (replace(CHARGE, due_on=None), deny("conclusion_day_missing", number=2)),
        (
            replace(CHARGE, due_on=date(2026, 3, 1)),
            deny("conclusion_day_past", number=2, due_on=date(2026, 3, 1)),
        ),
    ],
)
def test_a_conclusion_has_words_a_person_and_a_day_to_come(conclusion: NewConclusion, reason: Reason) -> None:
    command = replace(INSTRUCTION, conclusions=(CHARGE, conclusion))
    assert why(Role.RESPONSIBLE_LEADER, command) == (reason,)


def test_a_conclusion_may_be_due_today() -> None:
    today = replace(INSTRUCTION, conclusions=(replace(CHARGE, due_on=TODAY),))
    found = outcome(Role.RESPONSIBLE_LEADER, today)
    assert isinstance(found, InstructionRecorded)
    # Who is told today that it is for today is reminded tomorrow, not twice today.
    assert [charge.next_on for charge in found.charges] == [date(2026, 3, 3)]


def test_nothing_is_raised_or_recorded_about_a_cancelled_task() -> None:
    over = replace(STANDING, case=replace(STANDING.case, task=replace(STANDING.case.task, state="cancelled")))
    cancelled = (deny("instruction_task_cancelled"),)
    assert why(Role.HANDLER, RaiseMatter(LEADER, "请协调。", "key"), over) == cancelled
    assert why(Role.RESPONSIBLE_LEADER, INSTRUCTION, over) == cancelled
    assert not isinstance(outcome(Role.HANDLER, AnswerConclusion(5, "办好了。", None), over), Refusal)


@pytest.mark.parametrize(
    ("role", "command", "reason"),
    [
        (Role.HANDLER, AnswerConclusion(9, "好。", None), deny("conclusion_unknown")),
        (Role.HANDLER, AnswerConclusion(6, "好。", None), deny("conclusion_answered")),
        (Role.HANDLER, AnswerConclusion(5, " ", None), deny("answer_text_missing")),
        (
            Role.HANDLER,
            AnswerConclusion(5, "好。", replace(MINUTES, level="")),
            deny("file_level_missing"),
        ),
        (
            Role.PERFORMANCE_OFFICE,
            AnswerConclusion(5, "好。", None),
            deny("conclusion_not_yours", person=HANDLER),
        ),
    ],
)
def test_each_reason_not_to_take_an_answer_is_said(
    role: Role, command: AnswerConclusion, reason: Reason
) -> None:
    assert why(role, command) == (reason,)


def test_somebody_charged_twice_is_told_once_and_of_the_first_day() -> None:
    later = replace(CHARGE, due_on=date(2026, 4, 9))
    effect = outcome(Role.RESPONSIBLE_LEADER, replace(INSTRUCTION, conclusions=(later, CHARGE)))
    assert isinstance(effect, InstructionRecorded)
    told = change_of(STANDING, effect, actor(Role.RESPONSIBLE_LEADER), "salt").notices
    assert {draft.person: draft.kind for draft in told} == {
        HANDLER: "charged",
        SECOND_HANDLER: "instructed",
        PEOPLE[Role.DEPARTMENT_HEAD]: "instructed",
    }
    assert dict(next(d for d in told if d.person == HANDLER).params)["due_on"] == "2026-03-09"


def test_free_text_stands_beside_the_entry_and_not_in_it() -> None:
    effect = outcome(Role.RESPONSIBLE_LEADER, replace(INSTRUCTION, conclusions=(CHARGE,), matters=(1,)))
    assert isinstance(effect, InstructionRecorded)
    entry = change_of(STANDING, effect, actor(Role.RESPONSIBLE_LEADER), "salt").audit
    assert (entry.stream, entry.action) == ("task:1", "record_instruction")
    assert "请抓紧" not in str(entry.references)
    assert [(text.name, text.text) for text in entry.texts] == [
        ("text", "请抓紧。"),
        ("conclusion_1", "办好。"),
    ]


@pytest.mark.parametrize(
    ("due_on", "first"),
    [
        (date(2026, 3, 2), date(2026, 3, 3)),  # Today, a Monday: the day after.
        (date(2026, 3, 3), date(2026, 3, 3)),
        (date(2026, 3, 7), date(2026, 3, 6)),  # A Saturday: the Friday before.
        (date(2026, 10, 3), date(2026, 9, 30)),  # In the holidays of October.
    ],
)
def test_the_first_reminder_falls_on_a_working_day_to_come(due_on: date, first: date) -> None:
    assert first_reminder(due_on, TODAY, RULES.timetable.calendar) == first
