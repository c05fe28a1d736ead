"""Decides about matters, instructions and answers: what is written, or every reason why not.

Pure code: facts in, a change or a refusal out. Must not know how anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from engine.actor import Actor
from engine.canonical import canonical, sha256
from engine.facts import Facts
from engine.reasons import Reason, Refusal, deny
from workflows.deadlines.calendar import Calendar
from workflows.instructions.records import (
    MEETINGS,
    AnswerConclusion,
    Charge,
    Command,
    ConclusionAnswered,
    ConclusionRecord,
    Effect,
    InstructionKind,
    InstructionRecorded,
    MatterRaised,
    NewConclusion,
    RaiseMatter,
    RecordInstruction,
    Standing,
)
from workflows.instructions.reminding import first_reminder
from workflows.instructions.who import kinds_for, may_answer, may_raise, may_record
from workflows.rectification.gathering import gather
from workflows.rectification.vocabulary import Level, Role, State


def digest_of(task: int, command: RaiseMatter | RecordInstruction) -> str:
    """Give the digest of what a request says about a task, without the key it came under."""
    return sha256(canonical([task, type(command).__name__, replace(command, key="")]))


def decide(
    standing: Standing, command: Command, actor: Actor, today: date, calendar: Calendar
) -> Effect | Refusal:
    """Decide a command.

    Args:
        standing: The task as it stands.
        command: What is asked.
        actor: Who asks.
        today: The calendar day in the organisation's time zone.
        calendar: Knows the days on which people are reminded.
    """
    facts = gather(standing.case, today)
    match command:
        case RaiseMatter():
            return _raised(standing, facts, command, actor)
        case RecordInstruction():
            return _recorded(standing, facts, command, actor, today, calendar)
        case AnswerConclusion():
            return _answered(standing, command, actor)


def _raised(standing: Standing, facts: Facts, command: RaiseMatter, actor: Actor) -> Effect | Refusal:
    if not may_raise(facts, actor.person):
        return Refusal((deny("matter_not_yours"),))
    reasons = [*_over(facts)]
    leader = command.leader
    if leader is None or not facts.holds(Role.RESPONSIBLE_LEADER, leader):
        reasons.append(deny("instruction_leader_missing"))
    if not command.text.strip():
        reasons.append(deny("matter_text_missing"))
    if reasons or leader is None:
        return Refusal(tuple(reasons))
    digest = digest_of(standing.case.task.task, command)
    return MatterRaised(leader, command.text.strip(), command.key, digest)


def _recorded(
    standing: Standing,
    facts: Facts,
    command: RecordInstruction,
    actor: Actor,
    today: date,
    calendar: Calendar,
) -> Effect | Refusal:
    if not may_record(facts, actor.person, standing.secretaries):
        return Refusal((deny("instruction_not_yours"),))
    reasons = (
        *_over(facts),
        *_form(standing, facts, command, actor),
        *_content(command, today),
        *_conclusions(standing, command.conclusions, today),
        *_matters(standing, command.matters),
    )
    if reasons or command.leader is None or command.given_on is None:
        return Refusal(reasons)
    return InstructionRecorded(
        leader=command.leader,
        kind=InstructionKind(command.kind),
        given_on=command.given_on,
        text=command.text.strip(),
        charges=tuple(
            Charge(one.text.strip(), one.person, one.due_on, first_reminder(one.due_on, today, calendar))
            for one in command.conclusions
            if one.person is not None and one.due_on is not None
        ),
        matters=command.matters,
        file=command.file,
        key=command.key,
        digest=digest_of(standing.case.task.task, command),
    )


def _over(facts: Facts) -> Iterator[Reason]:
    if facts.state == State.CANCELLED:
        yield deny("instruction_task_cancelled")


def _form(standing: Standing, facts: Facts, command: RecordInstruction, actor: Actor) -> Iterator[Reason]:
    """Whose words in which form: an instruction is the leader's own, of a meeting the office may speak."""
    if command.leader is None or not facts.holds(Role.RESPONSIBLE_LEADER, command.leader):
        yield deny("instruction_leader_missing")
    elif command.kind not in set(InstructionKind):
        yield deny("instruction_kind_missing")
    elif command.kind not in kinds_for(facts, command.leader, actor.person, standing.secretaries):
        yield deny("instruction_not_of_this_leader")


def _content(command: RecordInstruction, today: date) -> Iterator[Reason]:
    if command.given_on is None:
        yield deny("instruction_day_missing")
    elif command.given_on > today:
        yield deny("instruction_day_ahead", given_on=command.given_on)
    if command.kind in MEETINGS and command.file is None:
        yield deny("instruction_minutes_missing")
    if command.kind == InstructionKind.INSTRUCTION and not command.text.strip():
        yield deny("instruction_text_missing")
    yield from _level(command)


def _conclusions(standing: Standing, given: tuple[NewConclusion, ...], today: date) -> Iterator[Reason]:
    for number, one in enumerate(given, 1):
        if not one.text.strip():
            yield deny("conclusion_text_missing", number=number)
        if one.person is None:
            yield deny("conclusion_person_missing", number=number)
        elif one.person not in standing.people:
            yield deny("conclusion_person_unfit", number=number, person=one.person)
        if one.due_on is None:
            yield deny("conclusion_day_missing", number=number)
        elif one.due_on < today:
            yield deny("conclusion_day_past", number=number, due_on=one.due_on)


def _matters(standing: Standing, named: tuple[int, ...]) -> Iterator[Reason]:
    known = {matter.matter: matter for matter in standing.matters}
    if any(number not in known for number in named):
        yield deny("matter_unknown")
    elif any(known[number].taken_up for number in named):
        yield deny("matter_taken_up")


def _answered(standing: Standing, command: AnswerConclusion, actor: Actor) -> Effect | Refusal:
    conclusion = conclusion_of(standing, command.conclusion)
    if conclusion is None:
        return Refusal((deny("conclusion_unknown"),))
    if not may_answer(conclusion.person, conclusion.heads, actor.person):
        return Refusal((deny("conclusion_not_yours", person=conclusion.person),))
    if conclusion.answered:
        return Refusal((deny("conclusion_answered"),))
    reasons = [*_level(command)]
    if not command.text.strip():
        reasons.append(deny("answer_text_missing"))
    if reasons:
        return Refusal(tuple(reasons))
    return ConclusionAnswered(conclusion.conclusion, command.text.strip(), command.file)


def _level(command: RecordInstruction | AnswerConclusion) -> Iterator[Reason]:
    if command.file is not None and command.file.level not in set(Level):
        yield deny("file_level_missing")


def conclusion_of(standing: Standing, number: int) -> ConclusionRecord | None:
    """Give a conclusion of the task by its identifier."""
    return next((one for one in standing.conclusions if one.conclusion == number), None)
