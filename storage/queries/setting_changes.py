"""Who changed which setting when: read from the record of operations, the only place that knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select, text

from engine.actor import Actor
from storage.tables import audit_entry, person

READ_BACK = 300
"""So many of the newest changes are looked at; an older one than these is not named."""

_CHANGES = (
    select(audit_entry.c.at, audit_entry.c.person_id, person.c.name, audit_entry.c.body)
    .join_from(audit_entry, person, person.c.id == audit_entry.c.person_id, isouter=True)
    .where(and_(audit_entry.c.stream == bindparam("stream"), text("audit_entry.action = 'set'")))
    .order_by(audit_entry.c.seq.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that was changed.

    Attributes:
        name: The setting's name.
        before: What it was; empty for the default.
        after: What it became; empty for the default.
        at: When.
        by: Name of who changed it; None for the system.
    """

    name: str
    before: str
    after: str
    at: datetime
    by: str | None


def setting_changes(connection: Connection, actor: Actor) -> tuple[SettingChange, ...]:
    """Give the changes of the settings of the actor's organisation, the newest first."""
    key = {"stream": f"organisation:{actor.organisation}", "most": READ_BACK}
    found: list[SettingChange] = []
    for row in connection.execute(_CHANGES, key):
        references = json.loads(row.body)["references"]
        before, after = references["before"], references["after"]
        found += [
            SettingChange(
                name, before.get(name, ""), after[name], row.at, row.name if row.person_id else None
            )
            for name in sorted(after)
        ]
    return tuple(found)
