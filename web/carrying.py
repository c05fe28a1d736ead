"""From a page to the one way a task changes: the workflow's service, with who asks and when."""

from __future__ import annotations

from engine.commands import Command
from storage.task_store import SqlTaskStore
from web.actor import actor
from web.context import config, now
from workflows.rectification.records import Receipt
from workflows.rectification.service import submit


def task_store() -> SqlTaskStore:
    """Give what opens units of work over tasks."""
    return SqlTaskStore(config().database, config().zone)


def carry_out(task: int, command: Command) -> Receipt:
    """Carry out a command on a task as whoever is logged in, all or nothing.

    Raises:
        RefusedError: It may not happen; carries every reason.
        NotFoundError: There is no such task for this actor.
        SurroundingsError: Database or disk failed; nothing was changed.
    """
    return submit(task_store(), config().rules, task, command, actor(), now())
