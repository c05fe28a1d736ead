"""What the record of operations holds of one person's deeds on one task: read where a request is refused."""

from __future__ import annotations

import json

from sqlalchemy import Connection, bindparam, select

from storage.audit_log import TASK
from storage.tables import audit_entry, audit_text
from workflows.rectification.records import Recorded

_DEEDS = (
    select(audit_entry.c.id, audit_entry.c.body)
    .where(
        audit_entry.c.stream == bindparam("stream"),
        audit_entry.c.action == bindparam("action"),
        audit_entry.c.person_id == bindparam("person"),
    )
    .order_by(audit_entry.c.seq.desc())
)
_WORDS = select(audit_text.c.entry_id, audit_text.c.name, audit_text.c.text).where(
    audit_text.c.entry_id.in_(bindparam("entries", expanding=True))
)


def recorded(connection: Connection, task: int, action: str, person: int) -> tuple[Recorded, ...]:
    """Give a person's deeds of one kind on a task, the newest first, with the words kept beside them."""
    found = connection.execute(_DEEDS, {"stream": f"{TASK}{task}", "action": action, "person": person}).all()
    if not found:
        return ()
    words: dict[int, dict[str, str]] = {row.id: {} for row in found}
    for entry, name, text in connection.execute(_WORDS, {"entries": list(words)}):
        # Words that were erased are like none: a request can no longer be compared with them.
        words[entry][name] = text or ""
    return tuple(Recorded(json.loads(row.body), words[row.id]) for row in found)
