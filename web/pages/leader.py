"""The leader's first screen: what there is to sign, what needs them, the lights of their tasks."""

from __future__ import annotations

from flask import Blueprint

from storage.queries.instructions import raised_to, taken_up
from storage.queries.leading import answered_for, leads_whole_house
from web.actor import actor
from web.context import config, today
from web.home import render_home
from web.lights import Shown, shown
from web.links import sign_page
from web.permissions import Permission, permitted
from web.reading.awaiting import waiting
from web.signing_list import signing_lines
from workflows.deadlines.records import Light
from workflows.instructions.records import InstructionKind
from workflows.rectification.vocabulary import State

blueprint = Blueprint("leader", __name__, url_prefix="/leader")


@blueprint.get("/")
@permitted(Permission.INBOX_READ)
def index() -> str:
    """Show a leader what to sign, what needs them, and how their tasks stand."""
    with config().database.read() as connection:
        signing = waiting(connection, actor(), today())
        lines = answered_for(connection, actor())
        raised = raised_to(connection, actor())
        counted_up = taken_up(connection, actor(), today().replace(month=1, day=1))
    rows = shown(lines)
    return render_home(
        "home/leader.html",
        signing=signing_lines(signing),
        sign_page=sign_page(),
        raised=raised,
        taken_up=[(kind, counted_up[kind]) for kind in InstructionKind if kind in counted_up],
        matters=needing(rows),
        counts=counted(rows),
        rows=rows,
        whole_house=leads_whole_house(actor()),
    )


def needing(rows: list[Shown]) -> list[Shown]:
    """Give the tasks that need a leader: overdue ones, and ones that rest."""
    return [row for row in rows if row.reading.light is Light.RED or row.line.state == State.SUSPENDED]


def counted(rows: list[Shown]) -> list[tuple[Light, int]]:
    """Count tasks by light, the most urgent first; a light nobody shows is left out."""
    order = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN, Light.NONE)
    found = [(light, sum(row.reading.light is light for row in rows)) for light in order]
    return [(light, count) for light, count in found if count]
