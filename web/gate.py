"""The one place that lets a request through: logged in where needed, password changed, permission held.

A route that declares nothing is open to nobody; the application does not even start with one.
"""

from __future__ import annotations

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge
from werkzeug.wrappers import Response

from web.permissions import Permission, declared

PASSWORD_PAGE = "account.password"
"""Where somebody with a one-time password is led until it is changed."""

STRANGERS_LIMIT = 1 << 20
"""The most bytes of a request by somebody who is not logged in."""

MOST_FIELDS = 4000
"""So many fields a request has at most, however it is written: each may be something to be done."""

_NUL = "\0"
_BEFORE_CHANGE = frozenset({PASSWORD_PAGE, "account.logout", "account.language"})


def register(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_admit)


def require_declarations(app: Flask) -> None:
    """Refuse an application with a route that declares no permission.

    Raises:
        RuntimeError: Names the routes.
    """
    bare = sorted(name for name, view in app.view_functions.items() if declared(view) is None)
    if bare:
        raise RuntimeError(f"routes without a declared permission: {', '.join(bare)}")


def _admit() -> Response | None:
    if not current_user.is_authenticated:
        # Nobody fills the disk with an upload without having logged in.
        request.max_content_length = STRANGERS_LIMIT
    if request.endpoint is None:
        # An address that leads nowhere tells a stranger nothing more than one that is closed to them.
        return None
    permission = declared(current_app.view_functions.get(request.endpoint))
    if permission is Permission.PUBLIC:
        return _refuse_unwritable()
    if not current_user.is_authenticated:
        found: Response = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # flask-login hangs it there.
        return found
    if current_user.must_change and request.endpoint not in _BEFORE_CHANGE:
        return redirect(url_for(PASSWORD_PAGE))
    if permission is None or permission not in current_user.permissions:
        raise Forbidden
    return _refuse_unwritable()


def _refuse_unwritable() -> Response | None:
    """Refuse the one sign that no database takes, which no keyboard sends; and fields without end."""
    given = [(name, value) for name, values in request.values.lists() for value in values]
    if len(given) > MOST_FIELDS:
        raise RequestEntityTooLarge
    placed = (request.view_args or {}).items()
    if any(_NUL in name or _NUL in str(value) for name, value in (*given, *placed)):
        raise BadRequest
    return None
