"""Logging in and out, the own password, the language."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from engine.reasons import Reason
from web import doorway
from web.actor import actor
from web.addresses import safe_target
from web.context import config
from web.errors import explain
from web.language import COOKIE, choose
from web.language import gettext as _
from web.login import remove_cookie, set_cookie
from web.permissions import Permission, permitted
from workflows.catalogue import LANGUAGES

blueprint = Blueprint("account", __name__)

_FORMS = "csrf_token"
"""Where the page cookie keeps what every form of this browser carries."""
_FIVE_YEARS = 5 * 31536000


@blueprint.get("/login")
@permitted(Permission.PUBLIC)
def login() -> Response | str:
    """Ask for login and password."""
    target = safe_target(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    return render_template("account/login.html", target=target, login="", sentences=[])


@blueprint.post("/login")
@permitted(Permission.PUBLIC)
def log_in() -> Response | tuple[str, int]:
    """Open a log-in, or say why not; a wrong login and a wrong password look the same."""
    target = safe_target(request.form.get("next"))
    login_name = request.form.get("login", "").strip()
    entered = doorway.enter(login_name, request.form.get("password", ""), request.remote_addr or "")
    if isinstance(entered, Reason):
        waits = entered.code == "login_throttled"
        status = HTTPStatus.TOO_MANY_REQUESTS if waits else HTTPStatus.UNAUTHORIZED
        sentences = explain((entered,))
        return (
            render_template("account/login.html", target=target, login=login_name, sentences=sentences),
            status,
        )
    # What an earlier visitor of this browser left in the page cookie is not this one's, but a form that lies
    # open since before the log-in ended can still be handed in.
    token = session.get(_FORMS)
    session.clear()
    if token is not None:
        session[_FORMS] = token
    response = redirect(target)
    set_cookie(response, entered)
    return response


@blueprint.post("/logout")
@permitted(Permission.ACCOUNT_USE)
def logout() -> Response:
    """End the log-in, here and in the table."""
    doorway.leave(actor())
    session.clear()
    flash(_("您已退出登录。"), "success")
    response = redirect(url_for("account.login"))
    remove_cookie(response)
    return response


@blueprint.route("/password", methods=["GET", "POST"])
@permitted(Permission.ACCOUNT_USE)
def password() -> Response | str | tuple[str, int]:
    """Change the own password; a one-time password must be changed before anything else."""
    if request.method == "GET":
        return render_template("account/password.html", sentences=[])
    refused = doorway.change_password(
        actor(),
        request.form.get("old", ""),
        request.form.get("new", ""),
        request.form.get("again", ""),
    )
    if refused:
        sentences = explain(refused)
        return render_template("account/password.html", sentences=sentences), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("口令已修改；其他设备上的登录已经结束。"), "success")
    return redirect(url_for("start.index"))


@blueprint.post("/language")
@permitted(Permission.PUBLIC)
def language() -> Response:
    """Remember the reader's language in the browser, and for whoever is logged in also with the person."""
    wanted = request.form.get("language", LANGUAGES[0])
    chosen = wanted if wanted in LANGUAGES else LANGUAGES[0]
    if current_user.is_authenticated:
        doorway.choose_language(actor(), chosen)
    choose(chosen)
    response = redirect(safe_target(request.form.get("next")))
    secure = config().uses_tls
    response.set_cookie(COOKIE, chosen, max_age=_FIVE_YEARS, httponly=True, samesite="Lax", secure=secure)
    return response
