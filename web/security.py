"""The headers every answer carries. Pages load nothing from elsewhere and run no script at all."""

from __future__ import annotations

from flask import Response, g, request

from web.language import TAGS, reader_language

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy: no script, no inline style, no other host, no frame around a page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""The headers with their values."""

STATIC = ("static", "bootstrap.static")
"""The endpoints of files that never differ between visitors."""
_YEAR = 31536000


def harden(response: Response, *, uses_tls: bool) -> Response:
    """Add the headers to an answer; pages are kept by no cache, stylesheets may be."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    if uses_tls:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    if request.endpoint in STATIC:
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Content-Language"] = TAGS[reader_language()]
    response.headers["Vary"] = "Cookie"
    response.headers["X-Request-ID"] = g.get("request_id", "")
    return response
