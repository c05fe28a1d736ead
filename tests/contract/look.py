"""Reads what a store on a database has kept into the twin's own records, so that both can be compared."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.audit import AuditEntry
from storage.database import Database
from storage.tables import (
    audit_entry,
    audit_text,
    awaiting,
    deadline,
    evidence,
    evidence_part,
    extension,
    measure_progress,
    notice,
    outbox,
    pause,
    proposal,
    publication,
    report,
    send_back,
    signature,
    step,
    task,
    verdict,
)
from tests.contract.court import TASK
from tests.fakes.rows import (
    ClockRow,
    EvidenceRow,
    ExtensionRow,
    NoticeRow,
    ProgressRow,
    ProposalRow,
    ReportRow,
    Rows,
    SendBackRow,
    SignatureRow,
    StepRow,
    VerdictRow,
)
from workflows.rectification.records import Case


def rows_of(database: Database, case: Case) -> Rows:
    """Give everything about the task; keys and counters are looked at through the store."""
    with database.read() as connection:
        return Rows(
            case=case,
            next_due=_next_due(connection),
            proposals={row.number: row for row in _proposals(connection)},
            signatures=_signatures(connection),
            send_backs=_send_backs(connection),
            waiting={(row.person_id, row.seat_id): row.since for row in connection.execute(select(awaiting))},
            steps=_steps(connection),
            extensions={row.number: row for row in _extensions(connection)},
            evidence=_evidence(connection),
            reports=_reports(connection),
            verdicts=_verdicts(connection),
            progress={row.measure: row for row in _progress(connection)},
            publications={row.digest: row.text for row in connection.execute(select(publication))},
            clocks={row.number: row for row in _clocks(connection)},
            notices=_notices(connection),
            mails=tuple(_all(connection, select(outbox.c.person_id).order_by(outbox.c.id))),
            chains={f"task:{TASK}": _chain(connection)},
            texts=_texts(connection),
        )


def _all(connection: Connection, statement: Select[Any]) -> list[Any]:
    return list(connection.execute(statement).scalars())


def _proposals(connection: Connection) -> list[ProposalRow]:
    return [
        ProposalRow(
            row.id,
            row.trigger,
            row.state,
            row.revision,
            row.proposer_id,
            row.reason,
            row.closed_by,
            row.closed_at,
            row.extension,
        )
        for row in connection.execute(select(proposal).order_by(proposal.c.id))
    ]


def _next_due(connection: Connection) -> tuple[date, str] | None:
    row = connection.execute(select(task.c.next_due_on, task.c.next_kind)).one()
    return (row.next_due_on, row.next_kind) if row.next_kind else None


def _signatures(connection: Connection) -> tuple[SignatureRow, ...]:
    return tuple(
        SignatureRow(row.proposal_id, row.revision, row.person_id, row.role, row.opinion, row.void_reason)
        for row in connection.execute(select(signature).order_by(signature.c.id))
    )


def _send_backs(connection: Connection) -> tuple[SendBackRow, ...]:
    return tuple(
        SendBackRow(row.proposal_id, row.revision, row.stage, row.role, row.person_id, row.reason)
        for row in connection.execute(select(send_back).order_by(send_back.c.id))
    )


def _steps(connection: Connection) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            row.version,
            row.trigger,
            row.origin,
            row.state,
            row.round,
            row.proposal_id,
            row.person_id,
            row.extension,
        )
        for row in connection.execute(select(step).order_by(step.c.id))
    )


def _extensions(connection: Connection) -> list[ExtensionRow]:
    found = connection.execute(select(extension).order_by(extension.c.number))
    return [
        ExtensionRow(
            row.number,
            row.state,
            row.version,
            row.due_on,
            row.new_due_on,
            row.category,
            row.late,
            row.asked_by,
            row.ended_at,
        )
        for row in found
    ]


def _evidence(connection: Connection) -> tuple[EvidenceRow, ...]:
    parts: dict[int, list[str]] = {}
    for row in connection.execute(select(evidence_part)):
        parts.setdefault(row.evidence_id, []).append(row.part)
    return tuple(
        EvidenceRow(
            row.kind,
            row.title,
            row.round,
            row.proposal_id,
            row.handed_in_by,
            tuple(sorted(parts.get(row.id, ()))),
        )
        for row in connection.execute(select(evidence).order_by(evidence.c.id))
    )


def _reports(connection: Connection) -> tuple[ReportRow, ...]:
    return tuple(
        ReportRow(
            row.id,
            row.kind,
            row.round,
            row.by_completion,
            row.reported_on,
            row.receipt_number,
            row.new_due_on,
        )
        for row in connection.execute(select(report).order_by(report.c.id))
    )


def _verdicts(connection: Connection) -> tuple[VerdictRow, ...]:
    return tuple(
        VerdictRow(row.criterion_id, row.given_by, row.verdict, row.note, row.round)
        for row in connection.execute(select(verdict).order_by(verdict.c.id))
    )


def _progress(connection: Connection) -> list[ProgressRow]:
    return [
        ProgressRow(row.measure_id, row.first_on, row.last_on, row.progress, row.problems, row.next_step)
        for row in connection.execute(select(measure_progress))
    ]


def _clocks(connection: Connection) -> list[ClockRow]:
    rests: dict[int, list[tuple[str, bool]]] = {}
    for row in connection.execute(select(pause).order_by(pause.c.id)):
        rests.setdefault(row.deadline_id, []).append((row.reason, row.until is None))
    return [
        ClockRow(
            row.id,
            row.kind,
            row.visit,
            row.due_on,
            row.state,
            row.next_at,
            row.proposal_id,
            row.met_on,
            row.waited_days,
            tuple(rests.get(row.id, ())),
            row.version,
        )
        for row in connection.execute(select(deadline).order_by(deadline.c.id))
    ]


def _notices(connection: Connection) -> dict[tuple[int, str], NoticeRow]:
    return {
        (row.person_id, row.cause): NoticeRow(
            row.person_id, row.kind, row.urgent, tuple(json.loads(row.params).items())
        )
        for row in connection.execute(select(notice).order_by(notice.c.id))
    }


def _chain(connection: Connection) -> tuple[AuditEntry, ...]:
    rows = connection.execute(
        select(audit_entry).where(audit_entry.c.stream == f"task:{TASK}").order_by(audit_entry.c.seq)
    )
    return tuple(AuditEntry(row.stream, row.seq, row.at, row.body, row.sha256, row.sm3) for row in rows)


def _texts(connection: Connection) -> tuple[tuple[str, str], ...]:
    rows = connection.execute(select(audit_text).order_by(audit_text.c.entry_id, audit_text.c.name))
    return tuple((row.name, row.text) for row in rows)
