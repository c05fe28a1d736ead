"""A step as a row, and the task's own row after it."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, insert, update

from engine.decision import SubjectMoved
from storage.applying.context import Context
from storage.tables import draft, step, task
from storage.tables.base import Moment
from workflows.rectification.records import TaskPatch

_STEP = insert(step)
_TASK = (
    update(task)
    .where(task.c.id == bindparam("row"))
    .values(
        state=bindparam("to_state"),
        version=bindparam("to_version"),
        round=bindparam("to_round"),
        due_on=bindparam("to_due_on"),
        suspended_from=bindparam("to_suspended_from"),
        acknowledged_at=func.coalesce(task.c.acknowledged_at, bindparam("acknowledged", type_=Moment())),
        next_due_on=bindparam("to_next_due_on"),
        next_kind=bindparam("to_next_kind"),
        extensions=bindparam("to_extensions"),
        extended_days=bindparam("to_extended_days"),
        latest_person_id=bindparam("by"),
        latest_at=bindparam("at"),
        latest_action=bindparam("action"),
    )
)
_DRAFT = delete(draft).where(
    draft.c.task_id == bindparam("row"),
    draft.c.person_id == bindparam("by"),
    draft.c.trigger == bindparam("move"),
)


def move(context: Context, moved: SubjectMoved) -> None:
    """Write a step; one that no proposal holds the bundle of keeps it itself."""
    at_once = moved.proposal is None
    row = {
        "organisation_id": context.organisation,
        "task_id": context.task,
        "extension": context.extension,
        "version": moved.version,
        "trigger": moved.trigger,
        "origin": moved.origin,
        "state": moved.state,
        "round": moved.round,
        "proposal_id": moved.proposal,
        "person_id": moved.proposer,
        "digest": moved.bundle.digest,
        "bundle": moved.bundle.canonical_text if at_once else None,
        "key": moved.key or None,
        "at": context.now,
    }
    context.connection.execute(_STEP, row)


def patch(context: Context, after: TaskPatch, deed: str) -> None:
    """Write the task's row: where it stands now, and who changed it last, when and how."""
    values = {
        "row": context.task,
        "to_state": after.state,
        "to_version": after.version,
        "to_round": after.round,
        "to_due_on": after.due_on,
        "to_suspended_from": after.suspended_from,
        "acknowledged": context.now if after.acknowledged else None,
        "to_next_due_on": after.next_due_on,
        "to_next_kind": after.next_kind,
        "to_extensions": after.extensions,
        "to_extended_days": after.extended_days,
        "by": context.actor.person,
        "at": context.now,
        "action": deed,
    }
    context.connection.execute(_TASK, values)


def drop_draft(context: Context, trigger: str) -> None:
    """Remove the form that the actor had begun for a move that is now proposed or done."""
    values = {"row": context.task, "by": context.actor.person, "move": trigger}
    context.connection.execute(_DRAFT, values)
