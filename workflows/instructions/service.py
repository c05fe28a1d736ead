"""The one way matters, instructions and answers come about: gather, decide, apply."""

from __future__ import annotations

import secrets
from datetime import datetime

from engine.actor import Actor
from engine.reasons import Refusal, RefusedError, deny
from workflows.deadlines.timetable import Timetable
from workflows.instructions.deciding import decide, digest_of
from workflows.instructions.ports import InstructionStore, InstructionWork
from workflows.instructions.records import AnswerConclusion, Command
from workflows.instructions.telling import change_of


def carry_out(
    store: InstructionStore, timetable: Timetable, task: int, command: Command, actor: Actor, now: datetime
) -> int:
    """Carry out a command about a task, all or nothing; the task's state and version stay as they are.

    Args:
        store: Opens the unit of work.
        timetable: Calendar and time zone.
        task: The task.
        command: What is asked.
        actor: Who asks.
        now: The moment of asking.

    Returns:
        The number of the matter, the instruction, or the conclusion that was answered; the earlier one where
        the same request was made before.

    Raises:
        RefusedError: It may not happen; carries every reason. Nothing was changed.
        NotFoundError: There is no such task for this actor.
        SurroundingsError: Database or disk failed; nothing was changed.
    """
    with store.work(task, actor, now) as work:
        before = _repeated(work, command)
        if before is not None:
            return before
        today = timetable.local_day(now)
        effect = decide(work.standing, command, actor, today, timetable.calendar)
        if isinstance(effect, Refusal):
            raise RefusedError(effect)
        return work.apply(change_of(work.standing, effect, actor, secrets.token_hex(16)))


def _repeated(work: InstructionWork, command: Command) -> int | None:
    """Answer a request that was made before under the same key; refuse a key that meant something else."""
    earlier = None if isinstance(command, AnswerConclusion) else work.earlier(command.key)
    if earlier is None or isinstance(command, AnswerConclusion):
        return None
    if earlier.digest != digest_of(work.standing.case.task.task, command):
        raise RefusedError(Refusal((deny("key_reused"),)))
    return earlier.number
