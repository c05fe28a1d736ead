"""What somebody may sign now: their own turns, and those of whoever they may sign for.

Must not decide who may: the engine is asked for each proposal that waits for somebody else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from engine.actor import Actor
from engine.commands import Reseat
from engine.delegating import principals_of
from storage.queries import Reading
from storage.queries.awaiting import ToSign, count_to_sign, to_sign
from storage.queries.task.case import case_of
from workflows.rectification.subjects import subject_of


def waiting(
    connection: Reading, actor: Actor, today: date, chosen: Collection[int] = ()
) -> tuple[ToSign, ...]:
    """Give what somebody may sign, the longest waiting first.

    Args:
        connection: The reading.
        actor: Who looks.
        today: The calendar day on which positions count.
        chosen: Only these proposals; all of them where none is chosen.
    """
    found = (_allowed(connection, item, actor, today) for item in to_sign(connection, actor, chosen))
    return tuple(item for item in found if item is not None)


def count_waiting(connection: Reading, actor: Actor, today: date) -> int:
    """Count what somebody may sign."""
    if not actor.mandates:
        return count_to_sign(connection, actor)
    return len(waiting(connection, actor, today))


def _allowed(connection: Reading, item: ToSign, actor: Actor, today: date) -> ToSign | None:
    if not item.principals:
        return item
    case = case_of(connection, actor, item.task, today)
    subject = subject_of(case, Reseat(item.proposal), today)
    allowed = principals_of(subject.workflow.definition, subject.facts, actor.person)
    principals = tuple(principal for principal in item.principals if principal.person in allowed)
    return replace(item, principals=principals) if principals else None
