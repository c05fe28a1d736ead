"""Which constraint a statement ran into: the last line that holds where two were let through before.

Must not know what is told to whom.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError


def constraint_of(error: IntegrityError) -> str:
    """Name the unique constraint that was violated, as the tables name it; empty for any other kind."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    # SQLite names the columns: "UNIQUE constraint failed: step.task_id, step.version".
    kind, _, columns = str(error.orig).partition(" failed: ")
    if kind != "UNIQUE constraint":
        return ""
    pairs = [column.strip().split(".", 1) for column in columns.split(",")]
    name = "_".join(["uq", pairs[0][0], *(pair[-1] for pair in pairs)])
    return _PARTIAL.get(name, name)


# A partial index says by its name what part of the table it speaks of; SQLite's words do not.
_PARTIAL = {"uq_proposal_task_id_extension": "uq_proposal_task_id_open"}
