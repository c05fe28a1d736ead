"""Who is logged in: the cookie's token, looked up at every request in the table of log-ins.

The cookie holds a random token and nothing else; the table holds its SHA-256. So logging out, a disabled
account or a lost role act at once, and the reason is told at the next request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Request, flash, g, make_response, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin
from werkzeug.wrappers import Response

from engine.actor import Holding, Mandate
from engine.errors import SurroundingsError
from web import doorway
from web.context import config
from web.language import choose
from web.permissions import Permission, permissions_of
from web.uploads import drain
from web.wording import Wording

SECURE_COOKIE = "__Host-zhenggai"
"""Over https browsers take a cookie of such a name only with Secure, for this host alone."""
COOKIE = "zhenggai"


# Without slots: flask-login's mixin brings attributes of its own.
@dataclass(frozen=True)
class LoggedIn(UserMixin):  # type: ignore[misc]  # The library has no types.
    """Whoever is logged in, as the pages need to know them.

    Attributes:
        person: Identifier of the person.
        name: Their name.
        login: What they typed to log in.
        organisation: The organisation they act in.
        organisation_name: Its name.
        locale: The language they chose.
        session: Identifier of the log-in; the SHA-256 of its token.
        must_change: Whether a one-time password is still to be changed.
        holdings: The positions held today.
        mandates: In whose place they may sign today.
        titles: These positions in words, for the menu.
    """

    person: int
    name: str
    login: str
    organisation: int
    organisation_name: str
    locale: str
    session: str
    must_change: bool
    holdings: frozenset[Holding] = frozenset()
    mandates: frozenset[Mandate] = frozenset()
    titles: tuple[str, ...] = ()
    permissions: frozenset[Permission] = field(default=frozenset())

    def get_id(self) -> str:
        """Give the identifier as the library wants it."""
        return str(self.person)


def register(app: Flask) -> None:
    """Let flask-login ask the table instead of its own cookie."""
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(_load)
    manager.unauthorized_handler(_ask_to_log_in)
    manager.init_app(app)


def cookie_name() -> str:
    """Give the name of the log-in cookie."""
    return SECURE_COOKIE if config().uses_tls else COOKIE


def set_cookie(response: Response, token: str) -> None:
    """Give the browser its token; it goes with the browser's closing and is never read by a script."""
    response.set_cookie(
        cookie_name(), token, httponly=True, samesite="Lax", secure=config().uses_tls, path="/"
    )


def remove_cookie(response: Response) -> None:
    """Take the token away from the browser."""
    response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=config().uses_tls, path="/")


def _load(asked: Request) -> LoggedIn | None:
    token = asked.cookies.get(cookie_name())
    # The page that says the database failed asks who reads it; it must not fail for the same reason.
    if not token or g.get("nobody_known"):
        return None
    try:
        found = doorway.visitor(token)
    except SurroundingsError:
        g.nobody_known = True
        raise
    if isinstance(found, doorway.Ended):
        g.ended = found
        return None
    return None if found is None else _logged_in(found)


def _logged_in(visitor: doorway.Visitor) -> LoggedIn:
    words = Wording(visitor.locale, config().zone)
    return LoggedIn(
        person=visitor.person,
        name=visitor.name,
        login=visitor.login,
        organisation=visitor.organisation,
        organisation_name=visitor.organisation_name,
        locale=visitor.locale,
        session=visitor.session,
        must_change=visitor.must_change,
        holdings=frozenset(Holding(post.role, post.department) for post in visitor.posts),
        mandates=visitor.mandates,
        titles=tuple(f"{post.department_name} {words.word('role', post.role)}" for post in visitor.posts),
        permissions=permissions_of(post.role for post in visitor.posts),
    )


def _ask_to_log_in() -> Response:
    """Lead to the log-in page and back afterwards; say why a log-in has ended.

    What somebody handed in is not led away from: reloading hands it in again, so that nothing typed is lost.
    """
    ended: doorway.Ended | None = g.get("ended")
    said = ""
    if ended is not None:
        said = Wording(choose(ended.locale), config().zone).say(f"session_ended.{ended.reason}", {})
    if request.method != "GET" and request.endpoint != "account.logout":
        drain(request)
        response = make_response(render_template("account/ended.html", said=said), HTTPStatus.UNAUTHORIZED)
    else:
        if said:
            flash(said, "warning")
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        response = make_response(redirect(url_for("account.login", next=target if target != "/" else None)))
    if ended is not None:
        remove_cookie(response)
    return response
