"""The administrator's first screen: whether scheduler, mails, disk and calendar do their work."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from flask import Blueprint, render_template

from storage.job_runs import job_runs
from storage.queries.system import database_size, mail_troubles, mails
from web.actor import actor
from web.context import config, now, today
from web.home import screens
from web.permissions import Permission, permitted
from web.watching import job_views, room_of, years

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

TROUBLES = 10
"""So many mails that went wrong are shown."""


@blueprint.get("/")
@permitted(Permission.SYSTEM_READ)
def index() -> str:
    """Show how the machine does."""
    surroundings = config()
    with surroundings.database.read() as connection:
        runs = job_runs(connection)
        queue = mails(connection, actor())
        troubles = mail_troubles(connection, actor(), TROUBLES)
        size = database_size(connection)
    return render_template(
        "admin/index.html",
        screens=screens(),
        jobs=job_views(runs, now()),
        queue=queue,
        troubles=troubles,
        room=room_of(surroundings.data_dir),
        size=size,
        product="SQLite" if surroundings.database.dialect == "sqlite" else "PostgreSQL",
        years=years(surroundings.rules.timetable.calendar, today()),
        version=_version(),
    )


@cache
def _version() -> str:
    return version("zhenggai")
