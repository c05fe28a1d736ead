"""Moves that nobody needs to sign and nobody needs to fill in: made straight from a list."""

from __future__ import annotations

from engine.bundle import Bundle
from engine.commands import Propose
from storage.queries.subject import subject_of
from web.actor import actor
from web.carrying import carry_out
from web.context import config
from workflows.rectification.records import Receipt


def move_at_once(
    task: int, trigger: str, key: str, *references: tuple[str, str], version: int | None = None
) -> Receipt:
    """Make a move of a task.

    Args:
        task: The task.
        trigger: The move.
        key: Under what the move is made once; whoever makes it becomes a part of it.
        references: What it refers to.
        version: The task's version on the list; None where the list has none and none is needed.

    Raises:
        NotFoundError: There is no such task for this actor.
        RefusedError: It may not happen.
        SurroundingsError: The database failed; nothing was changed.
    """
    with config().database.read() as connection:
        found = subject_of(connection, actor(), task)
    bundle = Bundle(
        subject=f"task:{task}",
        round=found.round,
        definition=found.definition,
        trigger=trigger,
        references=references,
    )
    shown = found.version if version is None else version
    return carry_out(task, Propose(bundle, shown, f"{key}:{actor().person}"))
