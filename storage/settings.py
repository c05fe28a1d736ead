"""An organisation's settings: what it chose, written with a record of each choice.

Must not know which settings there are or what they mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete
from sqlalchemy.dialects.postgresql import insert

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.reasons import Refusal, RefusedError, deny
from storage.audit_log import append, lock_chain
from storage.queries.settings import settings_of
from storage.tables import setting

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
_SET = insert(setting)
_SET = _SET.on_conflict_do_update(
    index_elements=["organisation_id", "name"], set_={"value": _SET.excluded.value}
)
_FORGET = delete(setting).where(
    setting.c.organisation_id == bindparam("organisation"), setting.c.name == bindparam("called")
)


def set_settings(
    connection: Connection,
    chosen: Mapping[str, str],
    actor: Actor,
    now: datetime,
    *,
    seen: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Write what an organisation chooses; an empty value gives a setting back to the product's default.

    Args:
        connection: The unit of work.
        chosen: Values by name; what already stands so is left alone. The caller has checked them.
        actor: Who chooses.
        now: When.
        seen: What whoever chooses saw before, by name; None where nobody looked.

    Returns:
        The names that changed.

    Raises:
        RefusedError: ``settings_changed``: somebody changed one of them since it was seen.
    """
    stream = f"organisation:{actor.organisation}"
    lock_chain(connection, stream)
    before = settings_of(connection, actor)
    changed = {name: value for name, value in chosen.items() if before.get(name, "") != value}
    if seen is not None and any(before.get(name, "") != seen.get(name, "") for name in changed):
        raise RefusedError(Refusal((deny("settings_changed"),)))
    if changed:
        _write(connection, changed, actor.organisation)
        references = {"before": {name: before.get(name, "") for name in changed}, "after": changed}
        append(connection, AuditDraft(stream=stream, action="set", references=references), actor, now)
    return tuple(changed)


def _write(connection: Connection, changed: Mapping[str, str], organisation: int) -> None:
    written = [
        {"organisation_id": organisation, "name": name, "value": value}
        for name, value in changed.items()
        if value
    ]
    if written:
        connection.execute(_SET, written)
    forgotten = [
        {"organisation": organisation, "called": name} for name, value in changed.items() if not value
    ]
    if forgotten:
        connection.execute(_FORGET, forgotten)
