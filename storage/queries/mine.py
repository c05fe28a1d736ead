"""What somebody has done and begun: 已办 and 我发起."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, cast, literal, null, select, union_all

from engine.actor import Actor
from engine.decision import Outcome
from storage.tables import person, proposal, send_back, signature, step, task

_PRINCIPAL = person.alias("principal")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the actor did.

    Attributes:
        at: When.
        kind: ``signed``, ``sent_back``, or ``done`` for a move that asked for no signature.
        trigger: The move.
        task: The task.
        number: The task's number in its plan.
        objective: The task's objective.
        principal: In whose place; None for one's own.
        voided: Whether the signature is void: the proposal was revised or went back a stage afterwards.
    """

    at: datetime
    kind: str
    trigger: str
    task: int
    number: int
    objective: str
    voided: bool
    principal: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A proposal of the actor's: ``open``, or how it ended and why."""

    proposal: int
    trigger: str
    state: str
    proposed_at: datetime
    closed_at: datetime | None
    reason: str
    task: int
    number: int
    objective: str


def deeds(
    connection: Connection, actor: Actor, before: datetime | None = None, most: int = 50
) -> tuple[Deed, ...]:
    """Give what the actor signed, sent back or did at once, the newest first."""
    signed, returned, done = _signed(actor), _sent_back(actor), _done(actor)
    to_stage = _sent_back_to_stage(actor)
    if before is not None:
        signed, done = signed.where(signature.c.signed_at < before), done.where(step.c.at < before)
        returned = returned.where(proposal.c.closed_at < before)
        to_stage = to_stage.where(send_back.c.at < before)
    found = union_all(signed, returned, to_stage, done).subquery()
    statement = select(found).order_by(found.c.at.desc()).limit(most)
    return tuple(
        Deed(
            row.at,
            row.kind,
            row.trigger,
            row.task,
            row.number,
            row.objective,
            row.voided_at is not None,
            row.principal,
        )
        for row in connection.execute(statement)
    )


def _signed(actor: Actor) -> Select[Any]:
    return (
        select(
            signature.c.signed_at.label("at"),
            literal("signed").label("kind"),
            proposal.c.trigger,
            task.c.id.label("task"),
            task.c.number,
            task.c.objective,
            signature.c.voided_at.label("voided_at"),
            _PRINCIPAL.c.name.label("principal"),
        )
        .join_from(signature, proposal, proposal.c.id == signature.c.proposal_id)
        .join(task, task.c.id == proposal.c.task_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.c.id == signature.c.on_behalf_of)
        .where(signature.c.person_id == actor.person, task.c.organisation_id == actor.organisation)
    )


def _sent_back(actor: Actor) -> Select[Any]:
    return (
        select(
            proposal.c.closed_at,
            literal("sent_back"),
            proposal.c.trigger,
            task.c.id,
            task.c.number,
            task.c.objective,
            null(),
            _PRINCIPAL.c.name,
        )
        .join_from(proposal, task, task.c.id == proposal.c.task_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.c.id == proposal.c.closed_for)
        .where(
            proposal.c.closed_by == actor.person,
            proposal.c.state == Outcome.SENT_BACK,
            proposal.c.organisation_id == actor.organisation,
        )
    )


def _sent_back_to_stage(actor: Actor) -> Select[Any]:
    return (
        select(
            send_back.c.at,
            literal("sent_back"),
            proposal.c.trigger,
            task.c.id,
            task.c.number,
            task.c.objective,
            null(),
            _PRINCIPAL.c.name,
        )
        .join_from(send_back, proposal, proposal.c.id == send_back.c.proposal_id)
        .join(task, task.c.id == proposal.c.task_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.c.id == send_back.c.on_behalf_of)
        .where(send_back.c.person_id == actor.person, send_back.c.organisation_id == actor.organisation)
    )


def _done(actor: Actor) -> Select[Any]:
    return (
        select(
            step.c.at,
            literal("done"),
            step.c.trigger,
            task.c.id,
            task.c.number,
            task.c.objective,
            null(),
            cast(null(), Text),
        )
        .join_from(step, task, task.c.id == step.c.task_id)
        .where(
            step.c.person_id == actor.person,
            step.c.proposal_id.is_(None),
            task.c.organisation_id == actor.organisation,
        )
    )


def started(
    connection: Connection, actor: Actor, before: int | None = None, most: int = 50
) -> tuple[Started, ...]:
    """Give the actor's proposals, the newest first."""
    statement = (
        select(
            proposal.c.id,
            proposal.c.trigger,
            proposal.c.state,
            proposal.c.proposed_at,
            proposal.c.closed_at,
            proposal.c.reason,
            task.c.id,
            task.c.number,
            task.c.objective,
        )
        .join_from(proposal, task, task.c.id == proposal.c.task_id)
        .where(proposal.c.proposer_id == actor.person, proposal.c.organisation_id == actor.organisation)
        .order_by(proposal.c.id.desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(proposal.c.id < before)
    return tuple(Started(*row) for row in connection.execute(statement))
