"""Where mail goes: the setting ``ZHENGGAI_SMTP_URL`` as a record.

Must not know the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from engine.errors import ZhenggaiError


class Security(StrEnum):
    """How the line to the mail server is protected; the value is the scheme of the address."""

    NONE = "smtp"
    """Not at all."""
    STARTTLS = "smtp+starttls"
    """Encrypted after asking; a server that does not offer it gets no mail and no password."""
    TLS = "smtps"
    """Encrypted from the first byte."""


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class SmtpTarget:
    """A mail server. The password never shows in a log: it is no part of the record's text."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def smtp_target(url: str) -> SmtpTarget:
    """Read an address such as ``smtps://user:password@mail.example:465``.

    User and password may be percent-encoded; the port may be left out (25, 587 with STARTTLS, 465 with TLS).

    Raises:
        ZhenggaiError: ``smtp_url_malformed``; ``part`` names what is wrong (``scheme``, ``host``, ``port``,
            ``user`` or ``path``), never the address itself, for it may hold a password.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise _malformed("port") from error
    if parts.scheme not in list(Security):
        raise _malformed("scheme")
    security = Security(parts.scheme)
    if not parts.hostname:
        raise _malformed("host")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _malformed("path")
    if port == 0:
        raise _malformed("port")
    user, password = _credentials(parts)
    return SmtpTarget(parts.hostname, port or _PORTS[security], security, user, password)


def _credentials(parts: SplitResult) -> tuple[str | None, str | None]:
    if parts.username is None and parts.password is None:
        return None, None
    if not parts.username or not parts.password:
        raise _malformed("user")
    return unquote(parts.username), unquote(parts.password)


def _malformed(part: str) -> ZhenggaiError:
    return ZhenggaiError("smtp_url_malformed", part=part)
