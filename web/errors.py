"""The one table from failures to HTTP statuses, and the page that says what happened.

A page never shows a traceback; what a reader cannot act on stands in the log beside the request's number.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engine.errors import NotFoundError, SurroundingsError, ZhenggaiError
from engine.reasons import Reason, RefusedError, deny
from web.context import config, wording
from web.people import names_for
from web.uploads import drain
from workflows.evidence.ports import BlobDamagedError, BlobMissingError, FileRefusedError
from workflows.evidence.records import readable_size

LOG = logging.getLogger("zhenggai.web")

STATUS: Mapping[type[ZhenggaiError], HTTPStatus] = {
    ZhenggaiError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    SurroundingsError: HTTPStatus.SERVICE_UNAVAILABLE,
    FileRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    BlobMissingError: HTTPStatus.INTERNAL_SERVER_ERROR,
    BlobDamagedError: HTTPStatus.INTERNAL_SERVER_ERROR,
    RefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""The status of each kind of failure; a kind that is not named has its parent's."""

CONFLICTS = frozenset(
    {
        "already_signed",
        "conclusion_answered",
        "digest_changed",
        "draft_changed",
        "key_reused",
        "matter_taken_up",
        "not_your_turn",
        "paper_already_decided",
        "plan_draft_changed",
        "plan_draft_closed",
        "plan_exists",
        "proposal_closed",
        "proposal_open",
        "proposal_returned",
        "proposal_unknown",
        "revision_changed",
        "settings_changed",
        "stale",
        "stale_without_trace",
    }
)
"""Refusals because somebody else was faster: 409."""

FORBIDDEN = frozenset(
    {
        "conclusion_not_yours",
        "instruction_not_yours",
        "matter_not_yours",
        "not_a_signer",
        "not_independent",
        "not_permitted",
        "not_proposer",
        "not_your_proposal",
        "own_proposal",
        "paper_registered_by_you",
        "password_wrong",
        "role_lost",
    }
)
"""Refusals because of who one is: 403."""

_PAGES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "http.bad_request",
    HTTPStatus.FORBIDDEN: "not_permitted",
    HTTPStatus.NOT_FOUND: "http.not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "http.method_not_allowed",
    HTTPStatus.TOO_MANY_REQUESTS: "http.too_many_requests",
    HTTPStatus.INTERNAL_SERVER_ERROR: "http.internal_error",
}


def status_of(error: ZhenggaiError) -> HTTPStatus:
    """Give the status of an expected failure."""
    if isinstance(error, RefusedError) or error.code in CONFLICTS:
        return status_of_refusal(error.code)
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def status_of_refusal(code: str) -> HTTPStatus:
    """Give the status of a refusal by the code of its weightiest reason."""
    if code in CONFLICTS:
        return HTTPStatus.CONFLICT
    return HTTPStatus.FORBIDDEN if code in FORBIDDEN else HTTPStatus.UNPROCESSABLE_ENTITY


def reasons_of(error: ZhenggaiError) -> tuple[Reason, ...]:
    """Give every reason of a failure; one that is no refusal is its own reason."""
    return error.refusal.reasons if isinstance(error, RefusedError) else (deny(error.code, **error.params),)


def explain(reasons: tuple[Reason, ...]) -> list[str]:
    """Put reasons into the reader's sentences, with the names of the people they speak of."""
    words = wording(names_for(reasons))
    return [words.reason(reason) for reason in reasons]


def page(reasons: tuple[Reason, ...], status: int) -> tuple[str, int]:
    """Give the page that says why something did not happen."""
    return render_template("error.html", sentences=explain(reasons), status=int(status)), int(status)


def register(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(ZhenggaiError, _expected)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _expected(error: ZhenggaiError) -> tuple[str, int]:
    status = status_of(error)
    LOG.log(
        logging.ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO,
        "%s %s",
        error,
        where(),
    )
    return page(reasons_of(error), status)


def _csrf(error: CSRFError) -> tuple[str, int]:
    LOG.info("csrf: %s %s", error.description, where())
    return page((deny("http.page_expired"),), HTTPStatus.BAD_REQUEST)


def _too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    drain(request)
    limit = readable_size(request.max_content_length or config().request_limit)
    return page((deny("http.request_too_large", limit=limit),), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error
    return page((deny(_PAGES.get(status, "http.bad_request")),), status)


def _unexpected(error: Exception) -> tuple[str, int]:
    LOG.error("unexpected %s", where(), exc_info=error)
    return page((deny("http.internal_error"),), HTTPStatus.INTERNAL_SERVER_ERROR)


def where() -> str:
    """Say for the log which request it was."""
    # A path holds what the visitor wrote, line breaks too; the log shall hold lines of ours alone.
    return f"{request.method} {quote(request.path)} request={g.get('request_id', '')}"
