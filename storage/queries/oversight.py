"""What an inspector looks at first: what is overdue, and what happened that deserves a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, and_, or_, select

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines
from storage.queries.scope import visible_tasks
from storage.tables import person, proposal, report, seat, send_back, signature, step, task, to_do

_MOST = 200


class Happening(StrEnum):
    """What happened to a task that deserves a look."""

    ASKED = "asked"
    """The performance office brought it to the inspector's notice."""
    CANCELLED = "cancel"
    """It was cancelled."""
    REOPENED = "reopen"
    """It was reopened on a finding."""
    REWORKED = "rework"
    """It was sent back into work by its verifiers."""
    SENT_BACK = "sent_back"
    """A signer sent a proposal back, to who proposed it or to an earlier stage."""
    SUSPENDED = "suspend"
    """It was suspended."""
    RETURNED = "return_report"
    """A report was returned."""
    WITHHELD = "withhold"
    """It is kept from publication."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a task.

    Attributes:
        at: When.
        happening: What.
        trigger: The move it is about, where it is about a proposal.
        task: The task.
        number: Its number in its plan.
        objective: Its objective.
        person: Who did it.
        reason: Why, in their own words.
    """

    at: datetime
    happening: Happening
    trigger: str
    task: int
    number: int
    objective: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoodIn:
    """A signature that the seat's own holder did not give at the screen.

    It is a substitute's, or on paper, or in the place of a ``principal`` who is named.
    """

    at: datetime
    trigger: str
    role: str
    task: int
    number: int
    objective: str
    person: str
    method: str
    principal: str | None
    substitute: bool


_PRINCIPAL = person.alias("principal")

_MOVES = (
    Happening.CANCELLED,
    Happening.REOPENED,
    Happening.REWORKED,
    Happening.SUSPENDED,
    Happening.WITHHELD,
)


def overdue(connection: Connection, actor: Actor, today: date) -> tuple[TaskLine, ...]:
    """Give the tasks whose next clock has run out, the longest overdue first."""
    return lines(connection, actor, task.c.next_due_on < today, most=_MOST)


def events(connection: Connection, actor: Actor, since: datetime | None) -> tuple[Event, ...]:
    """Give what happened since a moment that deserves a look, the newest first; everything for None."""
    found = [
        *_moves(connection, actor, since),
        *_returned(connection, actor, since),
        *_sent_back(connection, actor, since),
        *_sent_back_to_stage(connection, actor, since),
        *_asked(connection, actor, since),
    ]
    return tuple(sorted(found, key=lambda event: event.at, reverse=True)[:_MOST])


def stood_in(connection: Connection, actor: Actor, since: datetime | None) -> tuple[StoodIn, ...]:
    """Give the signatures given by substitutes, on behalf of others or on paper since a moment."""
    statement = (
        select(
            signature.c.signed_at,
            proposal.c.trigger,
            signature.c.role,
            task.c.id,
            task.c.number,
            task.c.objective,
            person.c.name,
            signature.c.method,
            _PRINCIPAL.c.name,
            seat.c.substitute,
        )
        .join_from(signature, seat, seat.c.id == signature.c.seat_id)
        .join(proposal, proposal.c.id == signature.c.proposal_id)
        .join(task, task.c.id == proposal.c.task_id)
        .join(person, person.c.id == signature.c.person_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.c.id == signature.c.on_behalf_of)
        .where(
            or_(
                seat.c.substitute == 1,
                signature.c.on_behalf_of.is_not(None),
                signature.c.method == "paper",
            ),
            visible_tasks(actor),
        )
        .order_by(signature.c.signed_at.desc())
        .limit(_MOST)
    )
    if since is not None:
        statement = statement.where(signature.c.signed_at > since)
    return tuple(StoodIn(*row[:9], substitute=bool(row[9])) for row in connection.execute(statement))


def _moves(connection: Connection, actor: Actor, since: datetime | None) -> list[Event]:
    statement = (
        select(step.c.at, step.c.trigger, task.c.id, task.c.number, task.c.objective, person.c.name)
        .join_from(step, task, task.c.id == step.c.task_id)
        .join(person, person.c.id == step.c.person_id)
        .where(step.c.trigger.in_(_MOVES), visible_tasks(actor))
        .order_by(step.c.at.desc())
        .limit(_MOST)
    )
    if since is not None:
        statement = statement.where(step.c.at > since)
    return [
        Event(row.at, Happening(row.trigger), "", row.id, row.number, row.objective, row.name, "")
        for row in connection.execute(statement)
    ]


def _returned(connection: Connection, actor: Actor, since: datetime | None) -> list[Event]:
    statement = (
        select(
            report.c.returned_at,
            task.c.id,
            task.c.number,
            task.c.objective,
            person.c.name,
            report.c.return_reason,
        )
        .join_from(report, task, task.c.id == report.c.task_id)
        .join(person, person.c.id == report.c.returned_by)
        .where(report.c.returned_at.is_not(None), visible_tasks(actor))
        .order_by(report.c.returned_at.desc())
        .limit(_MOST)
    )
    if since is not None:
        statement = statement.where(report.c.returned_at > since)
    return [
        Event(row[0], Happening.RETURNED, "", row.id, row.number, row.objective, row.name, row.return_reason)
        for row in connection.execute(statement)
    ]


def _sent_back(connection: Connection, actor: Actor, since: datetime | None) -> list[Event]:
    statement = (
        select(
            proposal.c.closed_at,
            proposal.c.trigger,
            task.c.id,
            task.c.number,
            task.c.objective,
            person.c.name,
            proposal.c.reason,
        )
        .join_from(proposal, task, task.c.id == proposal.c.task_id)
        .join(person, person.c.id == proposal.c.closed_by, isouter=True)
        .where(proposal.c.state == "sent_back", visible_tasks(actor))
        .order_by(proposal.c.closed_at.desc())
        .limit(_MOST)
    )
    if since is not None:
        statement = statement.where(proposal.c.closed_at > since)
    return [
        Event(
            row.closed_at,
            Happening.SENT_BACK,
            row.trigger,
            row.id,
            row.number,
            row.objective,
            row.name or "",
            row.reason,
        )
        for row in connection.execute(statement)
    ]


def _sent_back_to_stage(connection: Connection, actor: Actor, since: datetime | None) -> list[Event]:
    statement = (
        select(
            send_back.c.at,
            proposal.c.trigger,
            task.c.id,
            task.c.number,
            task.c.objective,
            person.c.name,
            send_back.c.reason,
        )
        .join_from(send_back, proposal, proposal.c.id == send_back.c.proposal_id)
        .join(task, task.c.id == proposal.c.task_id)
        .join(person, person.c.id == send_back.c.person_id)
        .where(visible_tasks(actor))
        .order_by(send_back.c.at.desc())
        .limit(_MOST)
    )
    if since is not None:
        statement = statement.where(send_back.c.at > since)
    return [
        Event(
            row.at, Happening.SENT_BACK, row.trigger, row.id, row.number, row.objective, row.name, row.reason
        )
        for row in connection.execute(statement)
    ]


def _asked(connection: Connection, actor: Actor, since: datetime | None) -> list[Event]:
    decided = and_(to_do.c.kind == "ask_inspector", to_do.c.outcome == "asked")
    statement = (
        select(to_do.c.done_at, task.c.id, task.c.number, task.c.objective, person.c.name)
        .join_from(to_do, task, task.c.id == to_do.c.task_id)
        .join(person, person.c.id == to_do.c.done_by)
        .where(decided, visible_tasks(actor))
        .order_by(to_do.c.done_at.desc())
        .limit(_MOST)
    )
    if since is not None:
        statement = statement.where(to_do.c.done_at > since)
    return [
        Event(row.done_at, Happening.ASKED, "", row.id, row.number, row.objective, row.name, "")
        for row in connection.execute(statement)
    ]
