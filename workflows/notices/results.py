"""What a mail server answered: how far the talk came, and what became of a mail for each recipient.

Frozen data alone. Must not know how the talk is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflows.notices.records import Delivery


class Stage(StrEnum):
    """How far the talk with the mail server had come."""

    CONNECT = "connect"
    """Reaching the server, and TLS where it comes first."""
    GREETING = "greeting"
    """The server's first line."""
    HELLO = "hello"
    """EHLO or HELO."""
    STARTTLS = "starttls"
    """Asking for encryption and the handshake."""
    LOGIN = "login"
    """AUTH."""
    SENDER = "sender"
    """MAIL FROM."""
    RECIPIENT = "recipient"
    """RCPT TO."""
    DATA = "data"
    """DATA, and the mail up to its last byte but the closing dot."""
    END = "end"
    """The closing dot and the server's answer to it."""


@dataclass(frozen=True, slots=True)
class RecipientResult:
    """What became of a mail for one recipient, at which stage, and what the server said."""

    address: str
    delivery: Delivery
    stage: Stage
    code: int | None
    detail: str
