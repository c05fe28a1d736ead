"""The one way a task changes: gather, decide, apply."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.commands import Command, Propose, Revise
from engine.decide import decide
from engine.reasons import Refusal, RefusedError, deny
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.timetable import Timetable
from workflows.rectification.changing import change
from workflows.rectification.definition import compiled
from workflows.rectification.gathering import gather
from workflows.rectification.ports import TaskStore, TaskWork
from workflows.rectification.records import Receipt


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
    with store.work(task, actor, now) as work:
        repeated = _repeated(work, command)
        if isinstance(repeated, Receipt):
            return repeated
        facts = gather(work.case, rules.timetable.local_day(now))
        workflow = compiled(work.case.definition_text)
        decision = repeated or decide(workflow, facts, command, actor, now)
        if not isinstance(decision, Refusal):
            everything = change(
                work.case,
                facts,
                decision,
                rules.timetable,
                rules.ladders,
                now,
                actor.person,
                secrets.token_hex(16),
            )
            return work.apply(everything)
    draft = AuditDraft(
        stream=facts.subject,
        action="refuse",
        trigger=_trigger(command, facts.proposal.bundle.trigger if facts.proposal else ""),
        origin=facts.state,
        definition=workflow.definition.reference,
        reasons=decision.reasons,
        references={"command": type(command).__name__.lower()},
    )
    store.record(draft, actor, now)
    raise RefusedError(decision)


def _repeated(work: TaskWork, command: Command) -> Receipt | Refusal | None:
    """Answer a request that was made before under the same key; refuse a key that meant something else."""
    if not isinstance(command, Propose):
        return None
    earlier = work.earlier(command.key)
    if earlier is None:
        return None
    if earlier.digest != command.bundle.digest:
        return Refusal((deny("key_reused"),))
    return earlier.receipt


def _trigger(command: Command, of_proposal: str) -> str:
    return command.bundle.trigger if isinstance(command, Propose | Revise) else of_proposal
