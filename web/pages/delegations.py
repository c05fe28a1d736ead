"""委托签批: letting somebody sign, taking it back, letting a secretary arrange it, and what came of it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ZhenggaiError
from engine.reasons import Reason, Refusal, RefusedError, deny
from storage.delegation_store import SqlDelegationStore
from web.actor import actor
from web.context import config, now, today
from web.errors import explain, reasons_of, status_of
from web.language import gettext as _
from web.numbers import IDENTIFIER, day_in, number_in
from web.permissions import Permission, permitted
from web.reading.delegations import read_delegations
from workflows.delegations.records import Scope, Terms
from workflows.delegations.service import allow_secretary, disallow_secretary, grant, withdraw

blueprint = Blueprint("delegations", __name__, url_prefix="/delegations")

Page = Response | str | tuple[str, int]


@blueprint.get("/")
@permitted(Permission.DELEGATION_USE)
def index() -> str:
    """Show whose signature the reader may arrange, for whom they may sign, and what was signed so."""
    return _page(())


@blueprint.post("/")
@permitted(Permission.DELEGATION_USE)
def give() -> Page:
    """Let somebody sign for a principal."""
    try:
        grant(_store(), _terms(), actor(), now(), today())
    except ZhenggaiError as error:
        return _page(reasons_of(error)), status_of(error)
    return _back(_("委托已登记，受委托人会收到通知。"))


@blueprint.post("/<int:delegation>/withdraw")
@permitted(Permission.DELEGATION_USE)
def end(delegation: int) -> Page:
    """End a delegation at once."""
    try:
        withdraw(_store(), delegation, actor(), now(), today())
    except RefusedError as error:
        return _page(reasons_of(error)), status_of(error)
    return _back(_("委托已撤回，立即失效。"))


@blueprint.post("/secretaries")
@permitted(Permission.DELEGATION_USE)
def allow() -> Page:
    """Let a secretary arrange delegations for the reader."""
    secretary = number_in(request.form.get("secretary"), IDENTIFIER) or 0
    try:
        allow_secretary(_store(), secretary, actor(), now(), today())
    except RefusedError as error:
        return _page(reasons_of(error)), status_of(error)
    return _back(_("已授权其代办委托。"))


@blueprint.post("/secretaries/<int:secretary>/end")
@permitted(Permission.DELEGATION_USE)
def disallow(secretary: int) -> Page:
    """Take back that a secretary arranges delegations."""
    try:
        disallow_secretary(_store(), secretary, actor(), now(), today())
    except RefusedError as error:
        return _page(reasons_of(error)), status_of(error)
    return _back(_("已收回授权；此前登记的委托仍然有效，可以逐项撤回。"))


def _terms() -> Terms:
    """Give what was typed.

    Raises:
        RefusedError: ``delegation_day_missing``.
    """
    from_on, until_on = day_in(request.form.get("from_on")), day_in(request.form.get("until_on"))
    if from_on is None or until_on is None:
        raise RefusedError(Refusal((deny("delegation_day_missing"),)))
    scope, _colon, about = request.form.get("scope", Scope.ALL).partition(":")
    known = scope in set(Scope)
    return Terms(
        principal=number_in(request.form.get("principal"), IDENTIFIER) or actor().person or 0,
        delegate=number_in(request.form.get("delegate"), IDENTIFIER) or 0,
        from_on=from_on,
        until_on=until_on,
        scope=Scope(scope) if known else Scope.TASK,
        about=number_in(about, IDENTIFIER),
    )


def _store() -> SqlDelegationStore:
    return SqlDelegationStore(config().database)


def _back(sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("delegations.index"), HTTPStatus.SEE_OTHER)


def _page(reasons: tuple[Reason, ...]) -> str:
    return render_template(
        "delegations/index.html",
        view=read_delegations(config().database, actor(), today()),
        today=today(),
        typed=request.form,
        sentences=explain(reasons),
    )
