"""The twin of the store of tasks: the same promises, kept in memory.

It decides nothing and shares no code with the store it stands for.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from engine.actor import Actor
from engine.audit import GENESIS, AuditDraft, write_entry
from engine.errors import NotFoundError
from tests.fakes.changing import Writing
from tests.fakes.rows import ClockRow, Rows
from workflows.rectification.records import Case, Change, Earlier, Receipt, Recorded


class MemoryTaskWork:
    """One unit of work."""

    def __init__(self, rows: Rows, actor: Actor, now: datetime, unreachable: Collection[int]) -> None:
        self.case: Case = rows.case
        self.rows = rows
        self._actor = actor
        self._now = now
        self._unreachable = unreachable

    def earlier(self, key: str) -> Earlier | None:
        """Give what a key was used for; the task stands where it stands now."""
        found = self.rows.keys.get(key)
        if found is None or found.receipt.moved:
            return found
        task = self.case.task
        receipt = Receipt(
            task.task, found.receipt.proposal, task.state, task.version, moved=False, repeated=True
        )
        return Earlier(found.digest, receipt)

    def recorded(self, action: str, person: int) -> tuple[Recorded, ...]:
        """Give what the chain holds of somebody's deeds, the newest first."""
        chain = self.rows.chains.get(f"task:{self.case.task.task}", ())
        found = ((json.loads(entry.body), self.rows.words.get(entry.sha256, {})) for entry in reversed(chain))
        deeds = (Recorded(body, words) for body, words in found)
        return tuple(d for d in deeds if (d.body["action"], d.body["actor"]) == (action, person))

    def apply(self, change: Change) -> Receipt:
        """Write a change."""
        return Writing(self.rows, self._actor, self._now, self._unreachable).write(change)


class MemoryTaskStore:
    """One task in memory.

    Args:
        case: The task as it was created.
        next_at: For each of its clocks the moment of its next rung.
        unreachable: People without a mail address.
    """

    def __init__(
        self, case: Case, next_at: Mapping[int, datetime | None], unreachable: Collection[int] = ()
    ) -> None:
        clocks = (
            ClockRow(one.deadline, one.kind, one.visit, one.due_on, one.state, next_at[one.deadline])
            for one in case.clocks
        )
        self.rows = Rows(case, clocks={clock.number: clock for clock in clocks})
        self._unreachable = unreachable
        self._lock = threading.Lock()

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[MemoryTaskWork]:
        """Open a unit of work; leaving it with an error changes nothing."""
        with self._lock:
            found = self.rows.case.task
            if (task, actor.organisation) != (found.task, found.organisation):
                raise NotFoundError("task_not_found", task=task)
            work = MemoryTaskWork(self.rows.copy(), actor, now, self._unreachable)
            yield work
            self.rows = work.rows

    def record(self, draft: AuditDraft, actor: Actor, now: datetime) -> None:
        """Write an entry on its own."""
        with self._lock:
            rows = self.rows.copy()
            chain = rows.chains.get(draft.stream, ())
            entry = write_entry(draft, actor, now, chain[-1].head if chain else GENESIS)
            rows.chains[draft.stream] = (*chain, entry)
            self.rows = rows
