"""What somebody has to do themselves (待办), gathered over all their roles; signing has a box of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from engine.actor import Actor
from storage.queries import Reading
from storage.queries.instructions import to_answer
from storage.queries.lines import TaskLine, lines_of
from storage.queries.milestone_board import REPORT_OF, Box, milestones, standings
from storage.queries.progress import led_tasks, progress_of
from storage.queries.stages import apart_from, to_publicize, to_verify
from storage.queries.to_dos import open_to_dos
from web.context import today
from web.lights import Shown, shown
from web.links import propose_page
from workflows.rectification.lacking import lacking
from workflows.rectification.vocabulary import Role

_OFFICE = (Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD)
_VERIFIERS = (Role.PERFORMANCE_OFFICE, Role.VERIFICATION_GROUP)
_MOST = 200
"""Reports of a kind that are listed here; the board of milestones has all of them."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do about one task.

    Attributes:
        word: What, as a word of a vocabulary: ``trigger.start`` or ``to_do.ask_inspector``.
        row: The task and its light.
        href: Where it is done.
        due_on: Its own day, where it has one besides the task's clocks.
    """

    word: str
    row: Shown
    href: str
    due_on: date | None = None


def errands(connection: Reading, actor: Actor) -> list[Errand]:
    """Give everything the actor has to do: what a leader charged them with, then their department's work."""
    found = [*_charges(connection, actor), *_department(connection, actor)]
    if actor.has_role(*_OFFICE):
        found += _decisions(connection, actor)
    if actor.has_role(Role.PERFORMANCE_OFFICE):
        found += _reports(connection, actor)
    if actor.has_role(*_VERIFIERS):
        found += _each(to_verify(connection, actor), "verify")
    if actor.has_role(Role.PUBLICITY_OFFICE):
        found += _each(to_publicize(connection, actor), "publicize")
    return found


def _charges(connection: Reading, actor: Actor) -> Iterator[Errand]:
    for item in to_answer(connection, actor):
        (row,) = shown([item.line])
        href = url_for("instructions.conclusion", conclusion=item.conclusion)
        yield Errand("action.answer_conclusion", row, href, item.due_on)


def _department(connection: Reading, actor: Actor) -> Iterator[Errand]:
    lines = led_tasks(connection, actor, Role.HANDLER)
    progress = progress_of(connection, actor, lines)
    for row in shown(lines):
        trigger = lacking(row.line.next_kind, progress[row.line.task]).trigger
        if trigger:
            yield Errand(f"trigger.{trigger}", row, propose_page(row.line.task, trigger))


def _decisions(connection: Reading, actor: Actor) -> list[Errand]:
    rows = open_to_dos(connection, actor)
    by_task = zip(rows, shown(row.line for row in rows), strict=True)
    return [Errand(f"to_do.{row.kind}", line, url_for("milestones.index")) for row, line in by_task]


def _reports(connection: Reading, actor: Actor) -> Iterator[Errand]:
    plans = {milestone.plan for milestone in milestones(connection, actor)}
    for kind in REPORT_OF:
        stand = standings(connection, actor, plans, kind)
        pending = [item.task for item in stand if Box.PENDING in item.boxes(today())]
        # What the office's own department reports the substitute receives.
        for row in shown(lines_of(connection, actor, pending[:_MOST], apart_from(actor, "lead"))):
            href = url_for("milestones.listing", plan=row.line.plan, kind=kind, box=Box.PENDING)
            yield Errand("trigger.receive_report", row, href)


def _each(lines: tuple[TaskLine, ...], trigger: str) -> list[Errand]:
    return [Errand(f"trigger.{trigger}", row, propose_page(row.line.task, trigger)) for row in shown(lines)]
