"""The department head's first screen: what the department has to check and sign, and how its tasks stand."""

from __future__ import annotations

from flask import Blueprint

from storage.queries.leading import led_by_department
from web.actor import actor
from web.context import config, today
from web.home import render_home
from web.lights import shown
from web.links import sign_page
from web.pages.leader import counted, needing
from web.permissions import Permission, permitted
from web.reading.awaiting import waiting
from web.signing_list import signing_lines

blueprint = Blueprint("department", __name__, url_prefix="/department")


@blueprint.get("/")
@permitted(Permission.INBOX_READ)
def index() -> str:
    """Show a department head what to sign and how the department's tasks stand."""
    with config().database.read() as connection:
        signing = waiting(connection, actor(), today())
        lines = led_by_department(connection, actor())
    rows = shown(lines)
    return render_home(
        "home/department.html",
        signing=signing_lines(signing),
        sign_page=sign_page(),
        raised=(),
        taken_up=(),
        matters=needing(rows),
        counts=counted(rows),
        rows=rows,
    )
