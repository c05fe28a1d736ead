"""Accounts: the list, and what an administrator does to one. A one-time password is shown this once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ZhenggaiError
from engine.reasons import Reason
from storage import account_keeping
from storage.queries.account_list import DISABLED, ONE_TIME, PersonCard, accounts_page, person_card
from web.actor import actor
from web.context import config, now, today
from web.errors import reasons_of, status_of, status_of_refusal
from web.language import gettext as _
from web.language import marked
from web.permissions import Permission, permitted
from web.person_page import render_person
from web.reseating import resolve_seats
from workflows.keeping import check_account

blueprint = Blueprint("accounts", __name__, url_prefix="/admin/accounts")

Page = Response | str | tuple[str, int]

PAGE = 50
"""Accounts of one page."""

ONLY = {DISABLED: marked("已停用"), ONE_TIME: marked("一次性口令未更改")}
"""What the list can be narrowed to."""


@blueprint.get("/")
@permitted(Permission.ACCOUNT_MANAGE)
def index() -> str:
    """Show a page of the accounts."""
    words, only = request.args.get("words", "").strip()[:100], request.args.get("only", "")
    only, after = only if only in ONLY else "", request.args.get("after", "")[:100]
    with config().database.read() as connection:
        found = accounts_page(connection, actor(), words, only, after, PAGE, today())
    narrowed: dict[str, Any] = {name: value for name, value in (("words", words), ("only", only)) if value}
    return render_template(
        "admin/accounts.html",
        lines=found.lines,
        words=words,
        only=only,
        choices=[(code, _(label)) for code, label in ONLY.items()],
        first=url_for("accounts.index", **narrowed) if after else None,
        following=url_for("accounts.index", **narrowed, after=found.following) if found.following else None,
    )


@blueprint.post("/<int:person>/add")
@permitted(Permission.ACCOUNT_MANAGE)
def add(person: int) -> Page:
    """Give somebody an account and show its one-time password, this once."""
    login, password = request.form.get("login", "").strip(), account_keeping.one_time()
    card = _card(person)
    try:
        with config().database.write() as connection:
            account_keeping.add_account(connection, person, login, password, actor(), now())
    except ZhenggaiError as error:
        return render_person(person, reasons_of(error), {"login": login}), status_of(error)
    return show_once(card.name, login, password, person)


@blueprint.post("/<int:person>/reset")
@permitted(Permission.ACCOUNT_MANAGE)
def reset(person: int) -> Page:
    """Replace a password by a one-time one and show it, this once."""
    password = account_keeping.one_time()

    def replace(login: str) -> None:
        with config().database.write() as connection:
            account_keeping.reset_password(connection, login, password, actor(), now())

    card, refused = _changed(person, replace)
    return refused or show_once(card.name, card.login or "", password, person)


@blueprint.post("/<int:person>/disable")
@permitted(Permission.ACCOUNT_MANAGE)
def disable(person: int) -> Page:
    """Close an account; its log-ins end at once, and what waited for it finds somebody else."""

    def close(login: str) -> None:
        with config().database.write() as connection:
            account_keeping.disable(connection, login, actor(), now())

    card, refused = _changed(person, close)
    if refused:
        return refused
    flash(_("已停用账号%(login)s，其登录立即结束。") % {"login": card.login}, "success")
    resolved = resolve_seats(person)
    if resolved:
        flash(_("%(count)s项提请已另定签批人。") % {"count": resolved}, "success")
    return redirect(url_for("directory.person", person=person))


@blueprint.post("/<int:person>/enable")
@permitted(Permission.ACCOUNT_MANAGE)
def enable(person: int) -> Page:
    """Open a closed account again."""

    def reopen(login: str) -> None:
        with config().database.write() as connection:
            account_keeping.enable(connection, login, actor(), now())

    card, refused = _changed(person, reopen)
    if refused:
        return refused
    flash(_("已启用账号%(login)s。") % {"login": card.login}, "success")
    return redirect(url_for("directory.person", person=person))


def show_once(name: str, login: str, password: account_keeping.OneTime, person: int) -> str:
    """Give the page that shows a one-time password; it is kept nowhere, so it cannot be shown again."""
    return render_template(
        "admin/one_time.html", name=name, login=login, password=password.password, person=person
    )


def _changed(person: int, change: Callable[[str], None]) -> tuple[PersonCard, Page | None]:
    """Do something to an account; gives the person, and where it was refused the page that says why."""
    card = _card(person)
    reasons: tuple[Reason, ...] = check_account(actor(), person)
    if reasons:
        return card, (render_person(person, reasons), status_of_refusal(reasons[0].code))
    try:
        change(card.login or "")
    except ZhenggaiError as error:
        return card, (render_person(person, reasons_of(error)), status_of(error))
    return card, None


def _card(person: int) -> PersonCard:
    with config().database.read() as connection:
        return person_card(connection, actor(), person)
