"""Forms that were begun: what was typed and uploaded is kept until the move is proposed.

A draft belongs to one person; nobody else reads it. Must not know what a form asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, select

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import insert

from engine.actor import Actor
from storage.tables import draft

_MINE = and_(
    draft.c.organisation_id == bindparam("organisation"),
    draft.c.task_id == bindparam("task"),
    draft.c.person_id == bindparam("person"),
    draft.c.trigger == bindparam("trigger"),
)
_FIND = select(draft.c.content, draft.c.key, draft.c.updated_at).where(_MINE)
_KEEP = insert(draft)
_KEEP = _KEEP.on_conflict_do_update(
    index_elements=["task_id", "person_id", "trigger"],
    set_={
        "content": _KEEP.excluded.content,
        "key": _KEEP.excluded.key,
        "updated_at": _KEEP.excluded.updated_at,
    },
)
_DROP = delete(draft).where(_MINE)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that was begun, with the idempotency key under which it will be proposed."""

    content: str
    key: str
    updated_at: datetime


def find_draft(connection: Connection, actor: Actor, task: int, trigger: str) -> DraftRow | None:
    """Give the actor's draft of a move on a task."""
    row = connection.execute(_FIND, _values(actor, task, trigger)).one_or_none()
    return None if row is None else DraftRow(row.content, row.key, row.updated_at)


def keep_draft(connection: Connection, actor: Actor, task: int, trigger: str, kept: DraftRow) -> None:
    """Write the actor's draft, in place of an earlier one."""
    row = {
        "organisation_id": actor.organisation,
        "task_id": task,
        "person_id": actor.person,
        "trigger": trigger,
        "content": kept.content,
        "key": kept.key,
        "updated_at": kept.updated_at,
    }
    connection.execute(_KEEP, row)


def drop_draft(connection: Connection, actor: Actor, task: int, trigger: str) -> None:
    """Forget the actor's draft; its files stay as long as anything refers to them."""
    connection.execute(_DROP, _values(actor, task, trigger))


def _values(actor: Actor, task: int, trigger: str) -> dict[str, object]:
    return {
        "organisation": actor.organisation,
        "task": task,
        "person": actor.person,
        "trigger": trigger,
    }
