"""Puts the application together: extensions, languages, permissions, pages, failures."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, g
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web import errors, gate, login, templating
from web.config import WebConfig
from web.context import EXTENSION
from web.numbers import IdentifierConverter
from web.pages import BLUEPRINTS
from web.permissions import Permission, permitted
from web.security import STATIC, harden
from workflows.deadlines.lights import Lights

_ONE_YEAR = 31536000


def create_app(config: WebConfig) -> Flask:
    """Put the pages together.

    Args:
        config: The surroundings.

    Returns:
        The application, ready to be served by any number of threads.

    Raises:
        RuntimeError: A route declares no permission.
    """
    app = Flask("web", static_folder="static", template_folder="templates")
    app.extensions[EXTENSION] = config
    app.extensions[f"{EXTENSION}_lights"] = Lights(config.rules.ladders, config.rules.timetable.calendar)
    app.config.update(_settings(config))
    Bootstrap5(app)
    login.register(app)
    # The gate comes before the check of the token, which reads the whole request.
    app.before_request(_number)
    gate.register(app)
    CSRFProtect(app)
    templating.register(app)
    errors.register(app)
    _add_pages(app)

    @app.after_request
    def leave(response: Response) -> Response:
        return harden(response, uses_tls=config.uses_tls)

    if config.proxies:
        # Each server in front appends to these headers; what came before them is the visitor's own claim.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask documents this as the place for it.
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )
    return app


def _add_pages(app: Flask) -> None:
    app.url_map.converters["int"] = IdentifierConverter
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for endpoint in STATIC:
        app.view_functions[endpoint] = _open(app.view_functions[endpoint])
    gate.require_declarations(app)


def _settings(config: WebConfig) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "MAX_CONTENT_LENGTH": config.request_limit,
        "MAX_FORM_MEMORY_SIZE": 16 << 20,
        "MAX_FORM_PARTS": gate.MOST_FIELDS,
        "SEND_FILE_MAX_AGE_DEFAULT": _ONE_YEAR,
        # A neighbour under the same domain could otherwise plant the cookie that the forms' token rests on.
        "SESSION_COOKIE_NAME": "__Host-zhenggai_page" if config.uses_tls else "zhenggai_page",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.uses_tls,
        # A form may lie open over lunch; the token lives as long as the browser's visit does.
        "WTF_CSRF_TIME_LIMIT": None,
        "BOOTSTRAP_SERVE_LOCAL": True,
    }


def _open(view: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a view that is not ours, so that it can carry its declaration."""

    @wraps(view)
    def opened(**values: object) -> object:
        return view(**values)

    return permitted(Permission.PUBLIC)(opened)


def _number() -> None:
    """Give the request the number under which log and record know it."""
    g.request_id = secrets.token_hex(8)
