"""The one way a task changes: gather, decide, apply."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.commands import Command, Method, Propose, Revise, SendBack, Sign
from engine.decide import decide
from engine.reasons import Refusal, RefusedError
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.timetable import Timetable
from workflows.rectification.changing import change
from workflows.rectification.ports import TaskStore, TaskWork
from workflows.rectification.records import Receipt
from workflows.rectification.repeating import done_before, keyed
from workflows.rectification.subjects import Subject, subject_of


@dataclass(frozen=True, slots=True)
class Rules:
    """What decisions rest on besides the definition: the calendar with its time zone, and the ladders."""

    timetable: Timetable
    ladders: Ladders


def submit(
    store: TaskStore, rules: Rules, task: int, command: Command, actor: Actor, now: datetime
) -> Receipt:
    """Carry out a command on a task, all or nothing.

    Args:
        store: Opens the unit of work.
        rules: Calendar and ladders.
        task: The task.
        command: What is asked.
        actor: Who asks.
        now: The moment of asking, aware.

    Returns:
        What it came to; the earlier answer where the same request was made before.

    Raises:
        RefusedError: It may not happen; carries every reason. Nothing was changed but the record.
        NotFoundError: There is no such task for this actor.
        SurroundingsError: Database or disk failed; nothing was changed.
    """
    actor = _acting(command, actor)
    with store.work(task, actor, now) as work:
        answered = keyed(work, command, actor) or answer(work, rules, command, actor, now)
        if isinstance(answered, Refusal):
            answered = done_before(work, command, actor) or answered
        if isinstance(answered, Receipt):
            return answered
        subject = subject_of(work.case, command, rules.timetable.local_day(now))
        refused = _refusal(task, subject, command, answered)
    store.record(refused, actor, now)
    raise RefusedError(answered)


def answer(work: TaskWork, rules: Rules, command: Command, actor: Actor, now: datetime) -> Receipt | Refusal:
    """Decide a command in a unit of work and apply it; a refusal is given back and recorded nowhere."""
    case = work.case
    subject = subject_of(case, command, rules.timetable.local_day(now))
    decision = decide(subject.workflow, subject.facts, command, actor, now)
    if isinstance(decision, Refusal):
        return decision
    salt = secrets.token_hex(16)
    return work.apply(
        change(case, subject, decision, rules.timetable, rules.ladders, now, actor.person, salt)
    )


def _acting(command: Command, actor: Actor) -> Actor:
    """Whoever signs or sends back in another's place is recorded so; who confirms a sheet is not."""
    if isinstance(command, Sign) and command.proof.method is Method.PAPER:
        return actor
    principal = command.on_behalf_of if isinstance(command, Sign | SendBack) else None
    return actor if principal is None else replace(actor, on_behalf_of=principal)


def _refusal(task: int, subject: Subject, command: Command, refusal: Refusal) -> AuditDraft:
    facts = subject.facts
    if isinstance(command, Propose | Revise):
        trigger = command.bundle.trigger
    else:
        trigger = facts.proposal.bundle.trigger if facts.proposal else ""
    return AuditDraft(
        stream=f"task:{task}",
        action="refuse",
        trigger=trigger,
        origin=facts.state,
        definition=subject.workflow.definition.reference,
        reasons=refusal.reasons,
        references={"command": type(command).__name__.lower()},
    )
