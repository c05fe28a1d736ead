"""The inspector's first screen: what deserves a look since the last visit, and a check of the record."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, render_template

from storage.audit_check import Checked, verify
from storage.queries.oversight import events, overdue, stood_in
from storage.queries.record import longer_than
from storage.visits import note_visit
from web.actor import actor
from web.context import config, now, today
from web.home import render_home
from web.lights import shown
from web.permissions import Permission, permitted

blueprint = Blueprint("inspector", __name__, url_prefix="/inspector")

CHECKED_AT_ONCE = 1000
"""A record of so many entries is checked while the page is made; a longer one when the inspector asks, and
nobody counts how much longer it is."""


@blueprint.get("/")
@permitted(Permission.RECORD_READ)
def index() -> str:
    """Show what deserves a look since the last visit."""
    with config().database.write() as connection:
        since = note_visit(connection, actor(), "inspector", now())
    with config().database.read() as connection:
        late = overdue(connection, actor(), today())
        happened = events(connection, actor(), since)
        substitutes = stood_in(connection, actor(), since)
        long = longer_than(connection, actor(), CHECKED_AT_ONCE)
    return render_home(
        "home/inspector.html",
        since=since,
        overdue=shown(late),
        fresh=sum(1 for line in late if since is None or _ran_out_since(line.next_due_on, since)),
        events=happened,
        stood_in=substitutes,
        more_than=CHECKED_AT_ONCE,
        checked=None if long else _check(),
        at=now(),
    )


@blueprint.post("/check")
@permitted(Permission.RECORD_READ)
def check() -> str:
    """Check the whole record now, however long it is, and say what was found."""
    return render_template("record/checked.html", checked=_check(), at=now())


def _check() -> Checked:
    """Check the record of this organisation alone: other organisations' is not this inspector's."""
    return verify(config().database, actor().organisation)


def _ran_out_since(due_on: date | None, since: datetime) -> bool:
    return due_on is not None and due_on >= config().rules.timetable.local_day(since)
