"""What waits for somebody because they stand in for an office: part of every first screen and of 待办."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.options import options, proposal_options
from storage.queries.standing_in import stood_in_for
from web.actor import actor
from web.context import config, today
from web.errands import Errand
from web.lights import Shown, shown
from web.links import propose_page, sign_page
from web.reading.task import TaskReading, read_task

_MOVES = ("receive_report", "verify", "rework")
"""What an office owes a task, in the order of its year; what it merely may do is on the task's page."""

_ERRANDS = ("receive_report", "verify")


@dataclass(frozen=True, slots=True)
class StoodIn:
    """A task on which the reader stands in.

    Attributes:
        row: The task and its light.
        roles: The roles they hold towards it.
        moves: What waits for them: the move, or ``sign``, and where it is done; empty where nothing does.
    """

    row: Shown
    roles: tuple[str, ...]
    moves: tuple[tuple[str, str], ...]


def standing_in() -> list[StoodIn]:
    """Give the tasks on which the reader stands in, those that wait for them first."""
    with config().database.read() as connection:
        rows = shown(stood_in_for(connection, actor()))
    found = [item for row in rows if (item := _stood_in(row)) is not None]
    return sorted(found, key=lambda item: not item.moves)


def errands_stood_in() -> list[Errand]:
    """Give what the reader has to do for an office; verifying and sending back are one errand."""
    return [
        Errand(f"trigger.{move}", item.row, href)
        for item in standing_in()
        for move, href in item.moves
        if move in _ERRANDS
    ]


def _stood_in(row: Shown) -> StoodIn | None:
    reading = read_task(config().database, actor(), row.line.task, today())
    person, facts = actor().person, reading.facts
    roles = tuple(role for role, who in facts.substitutes.items() if who == person and facts.holds(role, who))
    return StoodIn(row, roles, tuple(_moves(reading))) if roles else None


def _moves(reading: TaskReading) -> Iterator[tuple[str, str]]:
    opened = reading.facts.proposal
    if opened is not None:
        found = proposal_options(reading.workflow, reading.facts, actor())
        if any(option.action == "sign" and option.possible for option in found):
            yield "sign", f"{sign_page()}?proposal={opened.identifier}"
    possible = {
        option.trigger
        for option in options(reading.workflow, reading.facts, actor())
        if not option.reasons and option.transition is not None
    }
    for trigger in _MOVES:
        if trigger in possible and (trigger != "receive_report" or _pending(reading)):
            yield trigger, propose_page(reading.head.task, trigger)


def _pending(reading: TaskReading) -> bool:
    return any(not row.received_at and not row.returned_at for row in reading.reports)
