"""Everything that the database holds about one task, read in one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from storage.tables import (
    audit_entry,
    audit_pending,
    audit_text,
    awaiting,
    deadline,
    evidence,
    evidence_part,
    measure,
    measure_progress,
    notice,
    outbox,
    pause,
    proposal,
    proposal_revision,
    seat,
    signature,
    step,
    task,
)

Rows = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Traces:
    """Everything the database holds about one task."""

    task: Row[Any]
    proposals: Rows
    revisions: Rows
    seats: Rows
    signatures: Rows
    awaiting: Rows
    evidence: Rows
    proofs: int
    measures: int
    progress: int
    steps: Rows
    deadlines: Rows
    pauses: Rows
    notices: Rows
    mails: Rows
    entries: Rows
    pending: frozenset[int]
    texts: frozenset[tuple[int, str]]

    def actions(self) -> Counter[str]:
        """Count the entries of the record by what was done."""
        return Counter(entry.action for entry in self.entries)


def look(connection: Connection, number: int) -> Traces:
    """Read everything about a task."""

    def rows(table: Table, column: str, values: Iterable[object]) -> Rows:
        return connection.execute(
            select(table).where(table.c[column].in_(list(values))).order_by(*table.primary_key.columns)
        ).all()

    proposals = rows(proposal, "task_id", [number])
    numbers = [row.id for row in proposals]
    entries = rows(audit_entry, "stream", [f"task:{number}"])
    of_entries = [row.id for row in entries]
    deadlines = rows(deadline, "task_id", [number])
    notices = rows(notice, "task_id", [number])
    measures = [row.id for row in rows(measure, "task_id", [number])]
    return Traces(
        task=rows(task, "id", [number])[0],
        proposals=proposals,
        revisions=rows(proposal_revision, "proposal_id", numbers),
        seats=rows(seat, "proposal_id", numbers),
        signatures=rows(signature, "proposal_id", numbers),
        awaiting=rows(awaiting, "proposal_id", numbers),
        evidence=rows(evidence, "task_id", [number]),
        proofs=len(rows(evidence_part, "task_id", [number])),
        measures=len(measures),
        progress=len(rows(measure_progress, "measure_id", measures)),
        steps=rows(step, "task_id", [number]),
        deadlines=deadlines,
        pauses=rows(pause, "deadline_id", [row.id for row in deadlines]),
        notices=notices,
        mails=rows(outbox, "notice_id", [row.id for row in notices]),
        entries=entries,
        pending=frozenset(row.entry_id for row in rows(audit_pending, "entry_id", of_entries)),
        texts=frozenset((row.entry_id, row.name) for row in rows(audit_text, "entry_id", of_entries)),
    )
