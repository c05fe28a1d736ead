"""Changes to departments, people and positions: nothing is removed, a position ends on a day."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ZhenggaiError
from engine.reasons import Reason
from storage import account_keeping, directory
from storage.queries.choices import departments
from storage.queries.directory import position_of
from web.actor import actor
from web.context import config, now, today
from web.errors import explain, reasons_of, status_of, status_of_refusal
from web.language import gettext as _
from web.numbers import IDENTIFIER, day_in, number_in
from web.pages.accounts import show_once
from web.permissions import Permission, permitted
from web.person_page import render_person, roles
from web.reseating import resolve_seats
from workflows.keeping import check_department, check_ending, check_person, check_position

blueprint = Blueprint("keeping", __name__, url_prefix="/directory")

Page = Response | str | tuple[str, int]


@blueprint.route("/departments/add", methods=["GET", "POST"])
@permitted(Permission.DIRECTORY_MANAGE)
def add_department() -> Page:
    """Add a department behind the others."""
    if request.method == "GET":
        return _department_form({}, ())
    typed = _typed("name", "short_name")
    reasons = check_department(typed["name"], typed["short_name"])
    if reasons:
        return _department_form(typed, reasons), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with config().database.write() as connection:
            number = directory.add_department(
                connection, typed["name"], actor(), now(), short_name=typed["short_name"]
            )
    except ZhenggaiError as error:
        return _department_form(typed, reasons_of(error)), status_of(error)
    flash(_("已新建部门%(name)s。") % {"name": typed["name"]}, "success")
    return redirect(url_for("directory.department", department=number))


@blueprint.route("/people/add", methods=["GET", "POST"])
@permitted(Permission.DIRECTORY_MANAGE)
def add_person() -> Page:
    """Add a person, with a position and an account where these were given, all or nothing."""
    if request.method == "GET":
        return _person_form(
            {"department": request.args.get("department", ""), "from_on": today().isoformat()}, ()
        )
    typed = _typed("name", "email", "department", "role", "from_on", "login")
    where, from_on = number_in(typed["department"], IDENTIFIER), day_in(typed["from_on"])
    reasons = check_person(typed["name"], typed["email"])
    if typed["role"] or where is not None:
        reasons += check_position(typed["role"], from_on, None)
    if reasons:
        return _person_form(typed, reasons), HTTPStatus.UNPROCESSABLE_ENTITY
    # Hashing takes a tenth of a second on purpose and is done outside the unit of work.
    password = account_keeping.one_time() if typed["login"] else None
    try:
        with config().database.write() as connection:
            number = directory.add_person(connection, typed["name"], actor(), now(), email=typed["email"])
            if typed["role"] and from_on is not None:
                directory.add_position(connection, number, where or 0, typed["role"], from_on, actor(), now())
            if password is not None:
                account_keeping.add_account(connection, number, typed["login"], password, actor(), now())
    except ZhenggaiError as error:
        return _person_form(typed, reasons_of(error)), status_of(error)
    if password is not None:
        return show_once(typed["name"], typed["login"], password, number)
    flash(_("已新建人员%(name)s。") % {"name": typed["name"]}, "success")
    return redirect(url_for("directory.person", person=number))


@blueprint.post("/people/<int:person>/change")
@permitted(Permission.DIRECTORY_MANAGE)
def change_person(person: int) -> Page:
    """Change a person's name or mail address."""
    typed = _typed("name", "email")
    reasons = check_person(typed["name"], typed["email"])
    if reasons:
        return render_person(person, reasons, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    with config().database.write() as connection:
        directory.change_person(connection, person, actor(), now(), name=typed["name"], email=typed["email"])
    flash(_("已保存。"), "success")
    return redirect(url_for("directory.person", person=person))


@blueprint.post("/people/<int:person>/positions")
@permitted(Permission.DIRECTORY_MANAGE)
def add_position(person: int) -> Page:
    """Give a person a position."""
    typed = _typed("department", "role", "from_on", "until_on")
    where = number_in(typed["department"], IDENTIFIER) or 0
    from_on, until_on = day_in(typed["from_on"]), day_in(typed["until_on"])
    reasons = check_position(typed["role"], from_on, until_on)
    if reasons or from_on is None:
        return render_person(person, reasons, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with config().database.write() as connection:
            directory.add_position(
                connection, person, where, typed["role"], from_on, actor(), now(), until_on=until_on
            )
    except ZhenggaiError as error:
        return render_person(person, reasons_of(error), typed), status_of(error)
    flash(_("已登记任职。"), "success")
    return redirect(url_for("directory.person", person=person))


@blueprint.post("/positions/<int:position>/end")
@permitted(Permission.DIRECTORY_MANAGE)
def end_position(position: int) -> Page:
    """Let a position end with a day; one that is over costs its holder the log-ins that rest on it."""
    last_day = day_in(_typed("last_day")["last_day"])
    with config().database.read() as connection:
        held = position_of(connection, actor(), position)
    reasons = check_ending(actor(), held.person, held.role)
    if last_day is None:
        reasons += check_position(held.role, None, None)
    if reasons or last_day is None:
        return render_person(held.person, reasons), status_of_refusal(reasons[0].code)
    try:
        with config().database.write() as connection:
            directory.end_position(connection, position, last_day, actor(), now(), today())
    except ZhenggaiError as error:
        return render_person(held.person, reasons_of(error)), status_of(error)
    flash(_("任职的终止日已登记。"), "success")
    resolved = resolve_seats(held.person) if last_day < today() else 0
    if resolved:
        flash(_("%(count)s项提请已另定签批人。") % {"count": resolved}, "success")
    return redirect(url_for("directory.person", person=held.person))


def _typed(*names: str) -> dict[str, str]:
    return {name: " ".join(request.form.get(name, "").split()) for name in names}


def _department_form(typed: Mapping[str, str], reasons: tuple[Reason, ...]) -> str:
    return render_template("directory/add_department.html", typed=typed, sentences=explain(reasons))


def _person_form(typed: Mapping[str, str], reasons: tuple[Reason, ...]) -> str:
    with config().database.read() as connection:
        places = departments(connection, actor())
    return render_template(
        "directory/add_person.html", typed=typed, places=places, roles=roles(), sentences=explain(reasons)
    )
