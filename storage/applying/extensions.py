"""An extension as a row, behind its task's row: asked for, asked for anew, decided."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, update

from storage.applying.context import Context
from storage.definition_rows import published
from storage.tables import extension
from storage.tables.base import Moment
from workflows.rectification.records import ExtensionPatch

_ASK = insert(extension)
_MINE = (extension.c.task_id == bindparam("row"), extension.c.number == bindparam("which"))
_STAND = (
    update(extension)
    .where(*_MINE)
    .values(
        state=bindparam("to_state"),
        version=bindparam("to_version"),
        ended_at=bindparam("over", type_=Moment()),
    )
)
_ASK_ANEW = (
    update(extension)
    .where(*_MINE)
    .values(
        due_on=bindparam("from_day"),
        new_due_on=bindparam("to_day"),
        category=bindparam("why"),
        late=bindparam("too_late"),
    )
)


def patch(context: Context, after: ExtensionPatch) -> None:
    """Write an extension's row as it stands after a command; the first proposal brings it into being."""
    stored = any(record.number == after.number for record in context.case.extensions)
    if after.asked is not None and not stored:
        _ask(context, after)
        return
    key = {"row": context.task, "which": after.number}
    if after.asked is not None:
        asked = after.asked
        days = {"from_day": asked.due_on, "to_day": asked.new_due_on}
        context.connection.execute(_ASK_ANEW, key | days | {"why": asked.category, "too_late": asked.late})
    over = context.now if after.ended else None
    stands = {"to_state": after.state, "to_version": after.version, "over": over}
    context.connection.execute(_STAND, key | stands)


def _ask(context: Context, after: ExtensionPatch) -> None:
    asked = after.asked
    if asked is None:
        return
    row = {
        "task_id": context.task,
        "number": after.number,
        "organisation_id": context.organisation,
        "definition_version_id": published(context.connection, after.definition, context.actor, context.now),
        "state": after.state,
        "version": after.version,
        "due_on": asked.due_on,
        "new_due_on": asked.new_due_on,
        "category": asked.category,
        "late": asked.late,
        "asked_by": context.actor.person,
        "asked_at": context.now,
    }
    context.connection.execute(_ASK, row)
