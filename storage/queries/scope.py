"""Which tasks an actor may see: the one condition that every query about tasks carries.

Owns the rule, must not know any page. Nobody sees another organisation. The offices that watch over all tasks
see all of them; the offices that publish see what is ready to be published; departments see the tasks they
lead or support; whoever stands in for an office sees the tasks on which that office does not rule itself;
everybody sees what they lead themselves, what waits for their signature or for that of somebody they may sign
for, what they proposed or signed, and what a conclusion charged them with.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, select, true

from engine.actor import Actor, Mandate
from storage.tables import (
    awaiting,
    conclusion,
    position,
    proposal,
    setting,
    signature,
    task,
    task_department,
    task_leader,
)

WATCHING = (
    "performance_office",
    "performance_office_head",
    "performance_leader",
    "verification_group",
    "inspector",
    "president",
)
"""Roles that see every task of their organisation."""

PUBLISHING = ("publicity_office", "confidentiality_reviewer")
"""Roles that see tasks once they are verified."""

SUBJECTS_OF_PUBLICITY = ("verified", "publicized", "withheld")
"""The states in which a task concerns those who publish."""

DEPARTMENTAL = ("handler", "department_head")
"""Roles that see the tasks their department leads or supports."""


OFFICES = ("performance_office", "performance_office_head", "verification_group", "inspector")
"""Roles that are not held towards the tasks of their own department: there the substitute holds them."""


def visible_tasks(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on ``task`` under which the actor may see it."""
    return and_(task.c.organisation_id == actor.organisation, _within(actor))


def _within(actor: Actor) -> ColumnElement[bool]:
    if actor.person is None or actor.has_role(*WATCHING):
        return true()
    person = actor.person
    own = [_leads(person), _takes_part(person), stands_in(person), _is_charged(person)]
    own += [task.c.id.in_(_waiting_for(mandate)) for mandate in sorted(actor.mandates, key=repr)]
    if actor.has_role(*PUBLISHING):
        own.append(task.c.state.in_(SUBJECTS_OF_PUBLICITY))
    return or_(_of_departments(actor), *own)


def _of_departments(actor: Actor) -> ColumnElement[bool]:
    departments = sorted(actor.departments(*DEPARTMENTAL))
    if not departments:
        return false()
    return task.c.id.in_(
        select(task_department.c.task_id).where(
            task_department.c.department_id.in_(departments),
            task_department.c.part.in_(("lead", "supporting")),
        )
    )


def _leads(person: int) -> ColumnElement[bool]:
    return task.c.id.in_(select(task_leader.c.task_id).where(task_leader.c.person_id == person))


def stands_in(person: int) -> ColumnElement[bool]:
    """Give the condition on ``task`` that the settings name this person for an office that leads it.

    Tasks led by a department in which an office sits for which the settings name this person.

    Offices that sat there once count too: reading a little of what one judged before harms nobody.
    """
    named = and_(
        setting.c.organisation_id == position.c.organisation_id,
        setting.c.name == literal("substitute.") + position.c.role,
        setting.c.value == str(person),
    )
    # From the few settings to the few departments, and only then to tasks: nothing that grows is read whole.
    departments = select(position.c.department_id).join(setting, named).where(position.c.role.in_(OFFICES))
    return task.c.id.in_(
        select(task_department.c.task_id).where(
            task_department.c.part == "lead", task_department.c.department_id.in_(departments)
        )
    )


def _waiting_for(mandate: Mandate) -> Select[tuple[int]]:
    return (
        select(proposal.c.task_id)
        .join(awaiting, awaiting.c.proposal_id == proposal.c.id)
        .where(awaiting.c.person_id == mandate.principal, within(mandate))
    )


def within(mandate: Mandate) -> ColumnElement[bool]:
    """Give the condition on ``proposal`` under which a mandate is for it."""
    if mandate.scope == "task":
        return proposal.c.task_id == mandate.about
    if mandate.scope == "plan":
        return proposal.c.task_id.in_(select(task.c.id).where(task.c.plan_id == mandate.about))
    return true()


def _takes_part(person: int) -> ColumnElement[bool]:
    waiting = select(awaiting.c.proposal_id).where(awaiting.c.person_id == person)
    signed = select(signature.c.proposal_id).where(signature.c.person_id == person)
    return task.c.id.in_(
        select(proposal.c.task_id).where(
            or_(
                proposal.c.proposer_id == person,
                proposal.c.id.in_(waiting.scalar_subquery()),
                proposal.c.id.in_(signed.scalar_subquery()),
            )
        )
    )


def _is_charged(person: int) -> ColumnElement[bool]:
    return task.c.id.in_(select(conclusion.c.task_id).where(conclusion.c.person_id == person))
