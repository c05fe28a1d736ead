"""The one place that writes entries of the record of operations.

Owns the chain's next place and its lock. Must not know what is recorded: drafts come from whoever decided.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, text

from engine.actor import Actor
from engine.audit import GENESIS, AuditDraft, Head, write_entry
from storage.tables import audit_entry, audit_pending, audit_text, task

TASK = "task:"
"""What the stream of a task begins with; the rest is the task's identifier."""

_HEAD = (
    select(audit_entry.c.seq, audit_entry.c.sha256, audit_entry.c.sm3)
    .where(audit_entry.c.stream == bindparam("stream"))
    .order_by(audit_entry.c.seq.desc())
    .limit(1)
)
_LOCK_TASK = select(task.c.id).where(task.c.id == bindparam("task")).with_for_update()
_LOCK_STREAM = text("SELECT pg_advisory_xact_lock(hashtextextended(:stream, 0))")
_ENTRY = insert(audit_entry)
_PENDING = insert(audit_pending)
_TEXTS = insert(audit_text)


def append(
    connection: Connection, draft: AuditDraft, actor: Actor, now: datetime, head: Head | None = None
) -> int:
    """Write an entry at the end of its chain, in the transaction of what it records.

    A task's chain is guarded by the lock on the task's row: whoever changes a task has locked that row before
    any other row of the task, and appends while holding it. Every other chain has a lock of its own, taken
    here.

    Args:
        connection: The unit of work.
        draft: What is recorded.
        actor: Who did it.
        now: When.
        head: The chain's last entry where the caller gathered it under the lock; looked up otherwise.

    Returns:
        The entry's identifier.
    """
    if head is None:
        lock_chain(connection, draft.stream)
        head = last_entry(connection, draft.stream)
    entry = write_entry(draft, actor, now, head)
    row = {
        "organisation_id": actor.organisation,
        "stream": entry.stream,
        "seq": entry.seq,
        "at": entry.at,
        "person_id": actor.person,
        "action": draft.action,
        "body": entry.body,
        "sha256": entry.sha256,
        "sm3": entry.sm3,
    }
    (identifier,) = connection.execute(_ENTRY, row).inserted_primary_key or (0,)
    connection.execute(_PENDING, {"entry_id": identifier})
    _keep_words(connection, identifier, draft)
    return int(identifier)


def _keep_words(connection: Connection, identifier: int, draft: AuditDraft) -> None:
    texts = [
        {"entry_id": identifier, "name": words.name, "salt": words.salt, "text": words.text}
        for words in draft.texts
    ]
    if texts:
        connection.execute(_TEXTS, texts)


def lock_chain(connection: Connection, stream: str) -> None:
    """Let nobody else append to a chain before this unit of work ends; SQLite has one writer anyhow."""
    if connection.dialect.name != "postgresql":
        return
    if stream.startswith(TASK):
        connection.execute(_LOCK_TASK, {"task": int(stream.removeprefix(TASK))})
    else:
        connection.execute(_LOCK_STREAM, {"stream": stream})


def last_entry(connection: Connection, stream: str) -> Head:
    """Give the place behind which a chain goes on."""
    row = connection.execute(_HEAD, {"stream": stream}).one_or_none()
    return Head(row.seq, row.sha256, row.sm3) if row else GENESIS
