"""Tasks at the stages where an office takes over from the department."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, select, true

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines
from storage.tables import proposal, task, task_department

_OPEN = select(proposal.c.task_id).where(proposal.c.state == "open", proposal.c.extension == 0)


def to_verify(connection: Connection, actor: Actor, most: int = 200) -> tuple[TaskLine, ...]:
    """Give completed tasks for which nobody has proposed a verdict yet, and on which the actor may give one.

    Nobody judges what their own department leads or supports (回避); there the substitute does.
    """
    judged = and_(task.c.state == "completed", apart_from(actor, "lead", "supporting"))
    return _at(connection, actor, judged, most)


def apart_from(actor: Actor, *parts: str) -> ColumnElement[bool]:
    """Give the condition on ``task`` that no department of the actor's has, or had, one of these parts."""
    departments = sorted(actor.departments())
    if not departments:
        return true()
    return task.c.id.not_in(
        select(task_department.c.task_id).where(
            task_department.c.department_id.in_(departments),
            task_department.c.part.in_((*parts, *(f"former_{part}" for part in parts))),
        )
    )


def to_publicize(connection: Connection, actor: Actor, most: int = 200) -> tuple[TaskLine, ...]:
    """Give verified tasks for which nobody has proposed to publish or withhold them yet."""
    return _at(connection, actor, task.c.state == "verified", most)


def proposed_at(connection: Connection, actor: Actor, state: str, most: int = 200) -> tuple[TaskLine, ...]:
    """Give tasks of a state for which a proposal waits for signatures."""
    return lines(connection, actor, task.c.state == state, task.c.id.in_(_OPEN), most=most)


def _at(connection: Connection, actor: Actor, where: ColumnElement[bool], most: int) -> tuple[TaskLine, ...]:
    return lines(connection, actor, where, task.c.id.not_in(_OPEN), most=most)
