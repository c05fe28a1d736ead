"""Matters, instructions and conclusions as rows: locked behind their task, written whole or not at all.

Implements ``workflows.instructions.ports.InstructionStore``. The task's own row stays as it is. Must not
decide anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Insert, bindparam, insert, select, union_all, update
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor
from engine.audit import Head
from engine.errors import NotFoundError
from engine.reasons import Refusal, RefusedError, deny
from storage.audit_log import append
from storage.blob_index import keep_blob
from storage.collisions import constraint_of
from storage.database import Database
from storage.gathering import gather_case, lock_task
from storage.gathering.instructions import standing_of
from storage.queries.scope import visible_tasks
from storage.tables import conclusion, evidence, instruction, matter, task
from storage.telling import tell
from workflows.instructions.records import (
    Attachment,
    Change,
    ConclusionAnswered,
    Earlier,
    InstructionRecorded,
    MatterRaised,
    Standing,
)

_NEW = "{new}"
_KEYS = {"uq_matter_organisation_id_key", "uq_instruction_organisation_id_key"}
_MINUTES, _PROOF = "decision", "other"
_EARLIER = union_all(
    *(
        select(table.c.digest, table.c.id).where(
            table.c.organisation_id == bindparam("organisation"), table.c.key == bindparam("used")
        )
        for table in (matter, instruction)
    )
)
_EVIDENCE = insert(evidence).returning(evidence.c.id)
_MATTER = insert(matter).returning(matter.c.id)
_INSTRUCTION = insert(instruction).returning(instruction.c.id)
_CONCLUSIONS = insert(conclusion)
_TAKE_UP = (
    update(matter)
    .where(matter.c.id == bindparam("row"), matter.c.task_id == bindparam("about"))
    .values(instruction_id=bindparam("taken_up_by"))
)
_ANSWER = (
    update(conclusion)
    .where(conclusion.c.id == bindparam("row"), conclusion.c.task_id == bindparam("about"))
    .values(
        next_on=None,
        answered_at=bindparam("at"),
        answered_by=bindparam("by"),
        answer=bindparam("words"),
        evidence_id=bindparam("proof"),
    )
)


class SqlInstructionStore:
    """The store in a database; ``zone`` is where calendar days begin and end."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[SqlInstructionWork]:
        """Lock a task that the actor may see, and gather.

        Raises:
            NotFoundError: There is no such task for this actor.
            RefusedError: ``key_reused``: somebody used the same key for another task at the same moment.
        """
        try:
            with self._database.write() as connection:
                yield self._opened(connection, task, actor, now)
        except IntegrityError as error:
            if constraint_of(error) not in _KEYS:
                raise
            raise RefusedError(Refusal((deny("key_reused"),))) from error

    def _opened(self, connection: Connection, number: int, actor: Actor, now: datetime) -> SqlInstructionWork:
        today = now.astimezone(self._zone).date()
        locked = lock_task(connection, number, actor.organisation)
        visible = select(task.c.id).where(task.c.id == number, visible_tasks(actor))
        if locked is None or connection.execute(visible).first() is None:
            raise NotFoundError("task_not_found", task=number)
        gathered = gather_case(connection, locked, today)
        standing = standing_of(connection, gathered.case, today)
        return SqlInstructionWork(connection, standing, gathered.head, actor, now)


class SqlInstructionWork:
    """One unit of work over one locked task."""

    def __init__(
        self, connection: Connection, standing: Standing, head: Head, actor: Actor, now: datetime
    ) -> None:
        self.standing = standing
        self._connection = connection
        self._head = head
        self._actor = actor
        self._now = now

    def earlier(self, key: str) -> Earlier | None:
        """Give what a key was used for before, in this organisation."""
        values = {"organisation": self._actor.organisation, "used": key}
        row = self._connection.execute(_EARLIER, values).first()
        return None if row is None else Earlier(row.digest, row.id)

    def apply(self, change: Change) -> int:
        """Write a change; it is kept when the unit of work is left without an error."""
        effect = change.effect
        match effect:
            case MatterRaised():
                number, name = self._raise(effect), "matter"
            case InstructionRecorded():
                number, name = self._record(effect), "instruction"
            case ConclusionAnswered():
                number, name = self._answer(effect), "conclusion"
        record = self.standing.case.task
        references = {**change.audit.references, name: number}
        draft = replace(change.audit, references=references)
        append(self._connection, draft, self._actor, self._now, self._head)
        told = {_NEW: str(number)}
        tell(self._connection, record.organisation, record.task, change.notices, self._now, told)
        return number

    def _raise(self, effect: MatterRaised) -> int:
        row = {
            "leader_id": effect.leader,
            "text": effect.text,
            "raised_by": self._actor.person,
            "raised_at": self._now,
            "key": effect.key,
            "digest": effect.digest,
        }
        return self._written(_MATTER, row)

    def _record(self, effect: InstructionRecorded) -> int:
        row = {
            "leader_id": effect.leader,
            "kind": effect.kind,
            "given_on": effect.given_on,
            "text": effect.text,
            "evidence_id": self._handed_in(effect.file, _MINUTES),
            "recorded_by": self._actor.person,
            "recorded_at": self._now,
            "key": effect.key,
            "digest": effect.digest,
        }
        number = self._written(_INSTRUCTION, row)
        charges = [
            {
                **self._owned(),
                "instruction_id": number,
                "number": place,
                "text": charge.text,
                "person_id": charge.person,
                "due_on": charge.due_on,
                "next_on": charge.next_on,
            }
            for place, charge in enumerate(effect.charges, 1)
        ]
        if charges:
            self._connection.execute(_CONCLUSIONS, charges)
        about = self.standing.case.task.task
        taken_up = [{"row": one, "about": about, "taken_up_by": number} for one in effect.matters]
        if taken_up:
            self._connection.execute(_TAKE_UP, taken_up)
        return number

    def _answer(self, effect: ConclusionAnswered) -> int:
        values = {
            "row": effect.conclusion,
            "about": self.standing.case.task.task,
            "at": self._now,
            "by": self._actor.person,
            "words": effect.text,
            "proof": self._handed_in(effect.file, _PROOF),
        }
        self._connection.execute(_ANSWER, values)
        return effect.conclusion

    def _handed_in(self, file: Attachment | None, kind: str) -> int | None:
        """Write a file as evidence of the task: read under the same rules as all the rest."""
        if file is None:
            return None
        keep_blob(self._connection, file.blob, self._now)
        row = {
            "round": self.standing.case.task.round,
            "kind": kind,
            "title": PurePath(file.name).stem,
            "level": file.level,
            "sha256": file.blob.digest,
            "size": file.blob.size,
            "file_name": file.name,
            "handed_in_by": self._actor.person,
            "handed_in_at": self._now,
        }
        return self._written(_EVIDENCE, row)

    def _written(self, statement: Insert, row: Mapping[str, object]) -> int:
        return int(self._connection.execute(statement, {**self._owned(), **row}).scalar_one())

    def _owned(self) -> dict[str, int]:
        record = self.standing.case.task
        return {"organisation_id": record.organisation, "task_id": record.task}
