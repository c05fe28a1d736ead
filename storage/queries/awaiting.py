"""What waits for a person's signature, with what is to be signed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from engine.actor import Actor
from storage.queries.scope import visible_tasks, within
from storage.tables import awaiting, deadline, person, plan, proposal, proposal_revision, seat, task


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody in whose place it may be signed."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class ToSign:
    """A proposal whose turn to be signed is the actor's.

    Attributes:
        proposal: Its identifier.
        task: The task.
        number: The task's number in its plan.
        plan_title: Its plan.
        objective: The task's objective.
        state: Where the task stands.
        trigger: What is proposed.
        role: In which capacity the actor signs.
        proposer: Who proposed it.
        proposed_at: When.
        since: Since when it waits for the actor.
        revision: Its revision.
        returned: How often it went back a stage.
        digest: What is signed.
        bundle: The canonical text behind the digest.
        task_due_on: The task's day.
        due_on: By which day the signature is owed.
        principals: In whose place the actor may sign it; none where it waits for themselves.
    """

    proposal: int
    task: int
    number: int
    plan_title: str
    objective: str
    state: str
    trigger: str
    role: str
    proposer: str
    proposed_at: datetime
    since: datetime
    revision: int
    returned: int
    digest: str
    bundle: str
    task_due_on: date | None
    due_on: date | None
    principals: tuple[Principal, ...] = ()


_WAITS_FOR = person.alias("waits_for")

SIGNING = ("signature_pending", "extension_pending")
"""The clocks that run against signers."""

# The task is named because an index begins with it; by the proposal alone every deadline would be read.
_OWED = and_(
    deadline.c.task_id == proposal.c.task_id,
    deadline.c.proposal_id == proposal.c.id,
    deadline.c.kind.in_(SIGNING),
    deadline.c.state == "running",
)


def to_sign(
    connection: Connection, actor: Actor, chosen: Collection[int] = (), most: int = 200
) -> tuple[ToSign, ...]:
    """Give what waits for the actor's signature, the longest waiting first.

    Args:
        connection: The reading.
        actor: Who looks.
        chosen: Only these proposals; all of them where none is chosen.
        most: No more than this.
    """
    statement = _statement(actor)
    if chosen:
        statement = statement.where(awaiting.c.proposal_id.in_(chosen))
    found: dict[int, ToSign] = {}
    people: dict[int, dict[int, Principal]] = {}
    for *values, waits_for, name in connection.execute(statement.limit(most)):
        found.setdefault(values[0], ToSign(*values))
        people.setdefault(values[0], {})[waits_for] = Principal(waits_for, name)
    return tuple(
        item if actor.person in people[number] else replace(item, principals=tuple(people[number].values()))
        for number, item in found.items()
    )


def count_to_sign(connection: Connection, actor: Actor) -> int:
    """Count what waits for the actor's own signature."""
    statement = select(func.count(awaiting.c.proposal_id.distinct())).where(
        awaiting.c.person_id == actor.person, awaiting.c.organisation_id == actor.organisation
    )
    return connection.execute(statement).scalar_one()


def _turns(actor: Actor) -> ColumnElement[bool]:
    """The actor's own turns, and those of whoever they may sign for."""
    own = awaiting.c.person_id == actor.person
    mandates = sorted(actor.mandates, key=repr)
    return or_(own, *(and_(awaiting.c.person_id == each.principal, within(each)) for each in mandates))


def _statement(actor: Actor) -> Select[Any]:
    revised = and_(
        proposal_revision.c.proposal_id == proposal.c.id,
        proposal_revision.c.revision == proposal.c.revision,
    )
    return (
        select(
            proposal.c.id,
            task.c.id,
            task.c.number,
            plan.c.title,
            task.c.objective,
            task.c.state,
            proposal.c.trigger,
            seat.c.role,
            person.c.name,
            proposal.c.proposed_at,
            awaiting.c.since,
            proposal.c.revision,
            proposal.c.returned,
            proposal.c.digest,
            proposal_revision.c.bundle,
            task.c.due_on,
            deadline.c.due_on,
            awaiting.c.person_id,
            _WAITS_FOR.c.name,
        )
        .join_from(awaiting, proposal, proposal.c.id == awaiting.c.proposal_id)
        .join(seat, seat.c.id == awaiting.c.seat_id)
        .join(task, task.c.id == proposal.c.task_id)
        .join(plan, plan.c.id == task.c.plan_id)
        .join(person, person.c.id == proposal.c.proposer_id)
        .join(_WAITS_FOR, _WAITS_FOR.c.id == awaiting.c.person_id)
        .join(proposal_revision, revised)
        .join(deadline, _OWED, isouter=True)
        .where(_turns(actor), visible_tasks(actor))
        .order_by(awaiting.c.since, proposal.c.id)
    )
