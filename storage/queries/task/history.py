"""What has happened to a task: steps, proposals with their revisions, seats and signatures, reports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from engine.actor import Actor
from storage.queries.task.limits import of_task
from storage.tables import (
    audit_entry,
    audit_pending,
    proposal,
    proposal_revision,
    report,
    seat,
    send_back,
    signature,
    step,
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A move that has happened; ``bundle`` is its canonical text where no proposal keeps it."""

    version: int
    trigger: str
    origin: str
    state: str
    round: int
    proposal: int | None
    person: int
    digest: str
    bundle: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision of a proposal with what became of the proposal; ``extension`` is 0 for the task's own."""

    proposal: int
    revision: int
    newest: bool
    trigger: str
    state: str
    digest: str
    bundle: str
    proposer: int
    at: datetime
    closed_at: datetime | None
    closed_by: int | None
    reason: str
    extension: int = 0
    closed_for: int | None = None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A signature that is or was owed."""

    seat: int
    proposal: int
    revision: int
    stage: int
    role: str
    candidates: tuple[int, ...]
    reports: bool
    fell_away: str | None
    substitute: bool
    rule: str = "all"
    within: int | None = None


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature; one that was voided says why."""

    seat: int
    proposal: int
    revision: int
    person: int
    on_behalf_of: int | None
    role: str
    method: str
    challenge: tuple[str, ...]
    proof: str
    registered_by: int | None
    opinion: str
    at: datetime
    voided_at: datetime | None
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class SendBackRow:
    """A proposal went back to an earlier stage and stayed open; ``to_role`` signs anew from then on."""

    proposal: int
    revision: int
    stage: int
    role: str
    person: int
    on_behalf_of: int | None
    reason: str
    at: datetime
    to_role: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that was filed, and whether it was received or returned."""

    report: int
    kind: str
    round: int
    proposal: int
    by_completion: bool
    while_suspended: bool
    due_on: date | None
    reported_on: date
    filed_at: datetime
    receipt_number: str | None
    received_at: datetime | None
    received_by: int | None
    returned_at: datetime | None
    returned_by: int | None
    return_reason: str
    new_due_on: date | None


def steps(connection: Connection, actor: Actor, number: int) -> tuple[StepRow, ...]:
    """Give a task's steps in their order."""
    names = (
        "version",
        "trigger",
        "origin",
        "state",
        "round",
        "proposal_id",
        "person_id",
        "digest",
        "bundle",
        "at",
    )
    statement = select(*(step.c[name] for name in names)).where(of_task(step.c.task_id, actor, number))
    return tuple(StepRow(*row) for row in connection.execute(statement.order_by(step.c.id)))


def revisions(connection: Connection, actor: Actor, number: int) -> tuple[RevisionRow, ...]:
    """Give every revision of every proposal of a task, the oldest first."""
    head, rev = proposal.c, proposal_revision.c
    statement = (
        select(
            head.id,
            rev.revision,
            rev.revision == head.revision,
            head.trigger,
            head.state,
            rev.digest,
            rev.bundle,
            head.proposer_id,
            rev.at,
            head.closed_at,
            head.closed_by,
            head.reason,
            head.extension,
            head.closed_for,
        )
        .join(proposal_revision, rev.proposal_id == head.id)
        .where(of_task(head.task_id, actor, number))
        .order_by(head.id, rev.revision)
    )
    return tuple(RevisionRow(row[0], row[1], bool(row[2]), *row[3:]) for row in connection.execute(statement))


def seats(connection: Connection, actor: Actor, *numbers: int) -> tuple[SeatRow, ...]:
    """Give the seats of tasks' proposals in the order of signing."""
    columns = (
        *(seat.c.id, seat.c.proposal_id, seat.c.revision, seat.c.stage, seat.c.role, seat.c.candidates),
        *(seat.c.reports, seat.c.fell_away, seat.c.substitute, seat.c.rule, seat.c.within),
    )
    statement = (
        select(*columns)
        .join(proposal, proposal.c.id == seat.c.proposal_id)
        .where(of_task(proposal.c.task_id, actor, *numbers))
    )
    return tuple(
        SeatRow(
            row.id,
            row.proposal_id,
            row.revision,
            row.stage,
            row.role,
            tuple(json.loads(row.candidates)),
            bool(row.reports),
            row.fell_away,
            bool(row.substitute),
            row.rule,
            row.within,
        )
        for row in connection.execute(
            statement.order_by(seat.c.proposal_id, seat.c.revision, seat.c.position)
        )
    )


_SIGNATURE = {
    "seat": signature.c.seat_id,
    "proposal": signature.c.proposal_id,
    "person": signature.c.person_id,
    "at": signature.c.signed_at,
    **{
        name: signature.c[name]
        for name in (
            *("revision", "on_behalf_of", "role", "method", "challenge", "proof", "registered_by"),
            *("opinion", "voided_at", "void_reason"),
        )
    },
}


def signatures(connection: Connection, actor: Actor, *numbers: int) -> tuple[SignatureRow, ...]:
    """Give every signature on tasks' proposals, voided ones too, the oldest first."""
    table = signature.c
    statement = (
        select(*(column.label(name) for name, column in _SIGNATURE.items()))
        .join(proposal, proposal.c.id == table.proposal_id)
        .where(of_task(proposal.c.task_id, actor, *numbers))
        .order_by(table.id)
    )
    return tuple(
        SignatureRow(**{**row, "challenge": tuple(json.loads(row["challenge"]))})
        for row in connection.execute(statement).mappings()
    )


def send_backs(connection: Connection, actor: Actor, number: int) -> tuple[SendBackRow, ...]:
    """Give every return of a task's proposals to an earlier stage, the oldest first."""
    back = send_back.c
    to_role = (
        select(func.min(seat.c.role))
        .where(
            seat.c.proposal_id == back.proposal_id,
            seat.c.revision == back.revision,
            seat.c.stage == back.stage,
        )
        .scalar_subquery()
    )
    statement = (
        select(
            *(back.proposal_id, back.revision, back.stage, back.role, back.person_id, back.on_behalf_of),
            *(back.reason, back.at, to_role),
        )
        .join(proposal, proposal.c.id == back.proposal_id)
        .where(of_task(proposal.c.task_id, actor, number))
        .order_by(back.id)
    )
    return tuple(SendBackRow(*row) for row in connection.execute(statement))


def reports(connection: Connection, actor: Actor, number: int) -> tuple[ReportRow, ...]:
    """Give a task's reports of all rounds, the oldest first."""
    names = (
        *("id", "kind", "round", "proposal_id", "by_completion", "while_suspended", "due_on", "reported_on"),
        *("filed_at", "receipt_number", "received_at", "received_by", "returned_at", "returned_by"),
        *("return_reason", "new_due_on"),
    )
    statement = select(*(report.c[name] for name in names)).where(of_task(report.c.task_id, actor, number))
    return tuple(ReportRow(*row) for row in connection.execute(statement.order_by(report.c.id)))


def unchained(connection: Connection, actor: Actor, number: int) -> frozenset[datetime]:
    """Give the moments of a task's record entries that have no place in the log yet (待入链)."""
    statement = (
        select(audit_entry.c.at)
        .join(audit_pending, audit_pending.c.entry_id == audit_entry.c.id)
        .where(
            audit_entry.c.organisation_id == actor.organisation,
            audit_entry.c.stream == f"task:{number}",
        )
    )
    return frozenset(connection.execute(statement).scalars())
