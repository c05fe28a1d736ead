"""Departments and people: who holds what from when until when. Everybody with a log-in may read it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from storage.queries.directory import department_names, departments, held_in, people
from web.actor import actor
from web.context import config, today
from web.numbers import IDENTIFIER, number_in
from web.permissions import Permission, permitted
from web.person_page import MOST, render_person

blueprint = Blueprint("directory", __name__, url_prefix="/directory")

PAGE = 50
"""People of one page."""


@blueprint.get("/")
@permitted(Permission.DIRECTORY_READ)
def index() -> str:
    """Show the departments with their heads."""
    with config().database.read() as connection:
        found = departments(connection, actor(), today())
    return render_template("directory/index.html", departments=found, manages=_manages())


@blueprint.get("/departments/<int:department>")
@permitted(Permission.DIRECTORY_READ)
def department(department: int) -> str:
    """Show who holds a position in a department, and who held one."""
    with config().database.read() as connection:
        name, short_name = department_names(connection, actor(), department)
        held = held_in(connection, actor(), department, MOST)
    day = today()
    return render_template(
        "directory/department.html",
        department=department,
        name=name,
        short_name=short_name,
        held=[item for item in held if not item.over(day)],
        past=[item for item in held if item.over(day)],
        today=day,
        manages=_manages(),
    )


@blueprint.get("/people")
@permitted(Permission.DIRECTORY_READ)
def find() -> str:
    """Show a page of the people whose name contains what was asked for."""
    words = request.args.get("words", "").strip()[:100]
    after = number_in(request.args.get("after"), IDENTIFIER) or 0
    with config().database.read() as connection:
        found = people(connection, actor(), words, after, PAGE, today())
    narrowed: dict[str, Any] = {"words": words} if words else {}
    return render_template(
        "directory/people.html",
        lines=found.lines,
        words=words,
        first=url_for("directory.find", **narrowed) if after else None,
        following=url_for("directory.find", **narrowed, after=found.following) if found.following else None,
        manages=_manages(),
    )


@blueprint.get("/people/<int:person>")
@permitted(Permission.DIRECTORY_READ)
def person(person: int) -> str:
    """Show a person with the positions they hold and held."""
    return render_person(person)


def _manages() -> bool:
    return Permission.DIRECTORY_MANAGE in current_user.permissions
