"""The tasks somebody answers for: as responsible leader, or as head of a lead department."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines
from storage.queries.progress import ENDS, led_by
from storage.tables import task, task_leader

_WHOLE_HOUSE = ("performance_leader", "president")
"""Leaders who answer for the whole house: they see every task's light."""


def led_personally(connection: Connection, actor: Actor, most: int = 200) -> tuple[TaskLine, ...]:
    """Give the unfinished tasks of which the actor is a responsible leader."""
    if actor.person is None:
        return ()
    return lines(connection, actor, _of_leader(actor.person), task.c.state.not_in(ENDS), most=most)


def led_by_department(connection: Connection, actor: Actor, most: int = 200) -> tuple[TaskLine, ...]:
    """Give the unfinished tasks led by a department the actor is the head of."""
    departments = sorted(actor.departments("department_head"))
    if not departments:
        return ()
    return lines(connection, actor, led_by(departments), task.c.state.not_in(ENDS), most=most)


def leads_whole_house(actor: Actor) -> bool:
    """Say whether the actor answers for every task of the house."""
    return actor.has_role(*_WHOLE_HOUSE)


def answered_for(connection: Connection, actor: Actor, most: int = 200) -> tuple[TaskLine, ...]:
    """Give the unfinished tasks a leader answers for; the whole house's for whoever leads it."""
    if leads_whole_house(actor):
        return lines(connection, actor, task.c.state.not_in(ENDS), most=most)
    return led_personally(connection, actor, most)


def _of_leader(person: int) -> ColumnElement[bool]:
    return task.c.id.in_(select(task_leader.c.task_id).where(task_leader.c.person_id == person))
