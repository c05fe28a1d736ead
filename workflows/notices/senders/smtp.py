"""Hands mails to an SMTP server, one talk per mail, and never raises for what the server does.

Must not know the outbox: it tries once and says for each recipient what came of it.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Sequence

from engine.errors import ZhenggaiError
from workflows.notices.cleaning import sender_address
from workflows.notices.message import to_bytes
from workflows.notices.records import Delivery, Mail
from workflows.notices.results import RecipientResult, Stage
from workflows.notices.senders.line import Limits, Line
from workflows.notices.senders.talk import RefusedTalkError, Talk, broken_off, reply_of, result
from workflows.notices.senders.target import SmtpTarget


class SmtpSender:
    """Sends through one server; safe to use from several threads, for it keeps nothing between mails."""

    def __init__(
        self, target: SmtpTarget, limits: Limits | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        """Make a sender.

        Args:
            target: The server.
            limits: How long it may take.
            tls: Whom to believe; by default whom the machine believes.
        """
        self._target = target
        self._limits = limits or Limits()
        self._tls = tls or ssl.create_default_context()

    def send(self, mail: Mail, recipients: Sequence[str]) -> tuple[RecipientResult, ...]:
        """Try once; see :class:`workflows.notices.ports.MailSender`.

        A mail whose addresses are malformed has failed before any server is asked.
        """
        if not recipients:
            return ()
        try:
            message = to_bytes(mail)
            sender = sender_address(mail.sender)[1]
        except ZhenggaiError as error:
            said = f"{error.code}: {error.params.get('address', '')}"
            return tuple(result(r, Delivery.FAILED, Stage.SENDER, None, said) for r in recipients)
        foreign = [recipient for recipient in recipients if recipient not in mail.recipients]
        if foreign:
            raise ValueError("A mail goes to its own recipients alone.")
        return self._talk(sender, tuple(dict.fromkeys(recipients)), message, recipients)

    def check(self) -> RecipientResult:
        """Go as far as mail could be handed over, and hand nothing over; for ``doctor``.

        The result has an empty address; ``SENT`` means that the server lets us in.
        """
        with Line(self._target.host, self._limits, self._tls, _hello()) as line:
            talk = Talk(line, self._target, self._limits)
            try:
                talk.begin()
                stage = talk.stage
                _take_leave(talk)
            except _EXPECTED as error:
                return result("", _delivery(error, talk.stage), talk.stage, *reply_of(error))
        return result("", Delivery.SENT, stage, None, "")

    def _talk(
        self, sender: str, once_each: Sequence[str], message: bytes, recipients: Sequence[str]
    ) -> tuple[RecipientResult, ...]:
        with Line(self._target.host, self._limits, self._tls, _hello()) as line:
            talk = Talk(line, self._target, self._limits)
            try:
                talk.begin()
                talk.hand_over(sender, once_each, message)
            except _EXPECTED as error:
                delivery, (code, said) = _delivery(error, talk.stage), reply_of(error)
                for recipient in once_each:
                    end = result(recipient, delivery, talk.stage, code, said)
                    talk.results.setdefault(recipient, end)
            _take_leave(talk)
            return tuple(talk.results[recipient] for recipient in recipients)


_EXPECTED = (RefusedTalkError, OSError, smtplib.SMTPException, ValueError)
"""What a server or a network can do to us. ValueError is what the libraries raise for a host name, a
password or a reply that cannot be encoded or read."""

_FULL_NAME = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*")


def _delivery(error: Exception, stage: Stage) -> Delivery:
    return error.delivery if isinstance(error, RefusedTalkError) else broken_off(stage)


def _take_leave(talk: Talk) -> None:
    with contextlib.suppress(*_EXPECTED):
        talk.end()


def _hello() -> str:
    """Give the name we greet with: the machine's full name, or an address literal where it has none.

    The name server is not asked: where it is slow or absent every mail would wait for it.
    """
    name = socket.gethostname()
    return name if _FULL_NAME.fullmatch(name) else "[127.0.0.1]"
