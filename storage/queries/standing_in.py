"""The tasks on which somebody stands in for an office that does not rule on them itself."""

from __future__ import annotations

from sqlalchemy import Connection

from engine.actor import Actor
from storage.queries.lines import TaskLine, lines
from storage.queries.progress import ENDS
from storage.queries.scope import stands_in
from storage.tables import task


def stood_in_for(connection: Connection, actor: Actor, most: int = 50) -> tuple[TaskLine, ...]:
    """Give the unfinished tasks on which the settings may let the actor stand in.

    An office that only once sat in the lead department counts too; whether the actor holds its role towards
    the task today is for the task's facts to say.
    """
    if actor.person is None:
        return ()
    return lines(connection, actor, stands_in(actor.person), task.c.state.not_in(ENDS), most=most)
