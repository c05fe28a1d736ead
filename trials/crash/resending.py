"""After a death: everything that was asked for is asked for again, as somebody would who heard no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.reasons import RefusedError
from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk
from trials.crash.choosing import Choice
from workflows.rectification.ports import TaskWork
from workflows.rectification.records import Case, Change, Earlier, Receipt, Recorded


def resend(desk: Desk, task: int, lived: Sequence[dict[str, Any]]) -> tuple[list[str], int]:
    """Ask for everything again, in its order.

    Args:
        desk: Hands the commands to the product.
        task: The task they are about.
        lived: What the process said: what it asked for, each followed by the answer where it lived to get it.

    Returns:
        What is wrong with the answers, and how many requests were done only now.
    """
    wrong: list[str] = []
    late = 0
    # The last request has no line behind it, and a process that died early said nothing at all.
    answers = [*(line.get("answer") for line in lived[1:]), None]
    for line, heard in zip(lived, answers, strict=False):
        if "asks" not in line:
            continue
        choice, expected = Choice.from_text(line["asks"]), heard
        what = type(choice.command).__name__
        for _ in range(2):
            try:
                again = asdict(desk.submit(task, choice.who, choice.command, datetime.now(UTC)))
            except RefusedError as error:
                wrong.append(f"{what} again is refused: {error}")
                break
            late += not again["repeated"]
            if expected is not None and again != {**expected, "repeated": True}:
                wrong.append(f"{what} again is answered {again}, was {expected}")
            expected = again
    return wrong, late


class _ForgetfulWork:
    """Does not know what was asked for before."""

    def __init__(self, work: TaskWork) -> None:
        self.case: Case = work.case
        self._work = work

    def earlier(self, key: str) -> Earlier | None:
        """Nothing."""
        del key
        return None

    def recorded(self, action: str, person: int) -> tuple[Recorded, ...]:
        """Nothing."""
        del action, person
        return ()

    def apply(self, change: Change) -> Receipt:
        """Write a change."""
        return self._work.apply(change)


class ForgetfulStore:
    """A store with a fault: every request is new to it."""

    def __init__(self, database: Database) -> None:
        self._store = SqlTaskStore(database)

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[_ForgetfulWork]:
        """Lock a task and gather its case."""
        with self._store.work(task, actor, now) as work:
            yield _ForgetfulWork(work)

    def record(self, draft: AuditDraft, actor: Actor, now: datetime) -> None:
        """Write an audit entry on its own."""
        self._store.record(draft, actor, now)
