"""One talk with a mail server, stage by stage, and what each recipient's mail came to.

Owns the reading of replies: which end means sent, deferred, failed or unknown. Must not know how the line is
opened or what the mail says.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Sequence

from workflows.notices.cleaning import one_line
from workflows.notices.records import Delivery
from workflows.notices.results import RecipientResult, Stage
from workflows.notices.senders.line import Limits, Line
from workflows.notices.senders.target import Security, SmtpTarget

_DETAIL_LENGTH = 200
_GO_ON = 354
_LEAVE = 5.0
_READY = 220
_LINE_STARTS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)


class RefusedTalkError(Exception):
    """The server's answer ends the talk for every recipient not decided yet."""

    def __init__(self, delivery: Delivery, code: int, said: bytes) -> None:
        super().__init__(code)
        self.delivery = delivery
        self.code = code
        self.said = said


class Talk:
    """Leads the talk; ``stage`` says how far it has come, and ``results`` what is decided so far."""

    def __init__(self, line: Line, target: SmtpTarget, limits: Limits) -> None:
        self._line = line
        self._smtp = line.smtp
        self._target = target
        self._limits = limits
        self.stage = Stage.CONNECT
        self.results: dict[str, RecipientResult] = {}

    def begin(self) -> None:
        """Come to the point where mail may be handed over.

        Whatever the server refuses here says nothing about the mail: it is deferred, also for a 5xx.

        Raises:
            RefusedTalkError: The server does not let us in.
            OSError: The line broke.
            smtplib.SMTPException: The server does not speak SMTP, or refused the login.
        """
        self._line.open(self._target.port, encrypted=self._target.security is Security.TLS)
        self.stage = Stage.GREETING
        self._expect(*self._smtp.getreply(), exactly=_READY)
        self._hello()
        if self._target.security is Security.STARTTLS:
            self.stage = Stage.STARTTLS
            self._expect(*self._smtp.docmd("STARTTLS"), exactly=_READY)
            self._line.encrypt()
            self._hello()
        if self._target.user is not None and self._target.password is not None:
            self.stage = Stage.LOGIN
            self._smtp.login(self._target.user, self._target.password)

    def hand_over(self, sender: str, recipients: Sequence[str], message: bytes) -> None:
        """Hand a message over for those recipients whom the server accepts.

        Raises:
            RefusedTalkError: The server refused the sender, the data or the whole mail.
            OSError: The line broke; :attr:`stage` says whether the mail may have arrived.
            smtplib.SMTPException: The server does not speak SMTP.
        """
        self.stage = Stage.SENDER
        self._judge(*self._smtp.mail(sender))
        self.stage = Stage.RECIPIENT
        for recipient in recipients:
            code, said = self._smtp.rcpt(recipient)
            delivery = _judged(code)
            if delivery is not Delivery.SENT:
                self._decide(recipient, delivery, code, said)
        accepted = [recipient for recipient in recipients if recipient not in self.results]
        if accepted:
            code, said = self._hand_over_data(message)
            for recipient in accepted:
                self._decide(recipient, Delivery.SENT, code, said)

    def end(self) -> None:
        """Take leave; nothing depends on the answer.

        Raises:
            OSError: The line broke.
            smtplib.SMTPException: The line broke, or the answer is none.
        """
        self._line.allow(min(_LEAVE, self._limits.command))
        self._smtp.docmd("QUIT")

    def _hello(self) -> None:
        self.stage = Stage.HELLO
        code, said = self._smtp.ehlo()
        if _judged(code) is Delivery.FAILED:
            # A server from before 1995 may know HELO alone.
            code, said = self._smtp.helo()
        self._expect(code, said)

    def _hand_over_data(self, message: bytes) -> tuple[int, bytes]:
        self.stage = Stage.DATA
        code, said = self._smtp.docmd("DATA")
        if code != _GO_ON:
            delivery = Delivery.FAILED if _judged(code) is Delivery.FAILED else Delivery.DEFERRED
            raise RefusedTalkError(delivery, code, said)
        self._line.allow(self._limits.end)
        self._smtp.send(_LINE_STARTS_WITH_DOT.sub(b"..", message))
        # From the first byte of the closing dot on the server may have taken the mail, whatever we hear.
        self.stage = Stage.END
        self._smtp.send(b".\r\n")
        code, said = self._smtp.getreply()
        delivery = _judged(code, unclear=Delivery.UNKNOWN)
        if delivery is not Delivery.SENT:
            raise RefusedTalkError(delivery, code, said)
        return code, said

    def _expect(self, code: int, said: bytes, exactly: int | None = None) -> None:
        """Go on where the session's reply is a good one; any other defers the mail."""
        if _judged(code) is not Delivery.SENT or exactly not in {None, code}:
            raise RefusedTalkError(Delivery.DEFERRED, code, said)

    def _judge(self, code: int, said: bytes) -> None:
        """Go on where the reply about the mail is a good one; any other decides for all recipients."""
        delivery = _judged(code)
        if delivery is not Delivery.SENT:
            raise RefusedTalkError(delivery, code, said)

    def _decide(self, recipient: str, delivery: Delivery, code: int, said: bytes) -> None:
        self.results[recipient] = result(recipient, delivery, self.stage, code, said)


def _judged(code: int, unclear: Delivery = Delivery.DEFERRED) -> Delivery:
    """Give what a reply code means; what is no code of the protocol is ``unclear``."""
    by_hundred = {2: Delivery.SENT, 4: Delivery.DEFERRED, 5: Delivery.FAILED}
    return by_hundred.get(code // 100, unclear)


def result(
    recipient: str, delivery: Delivery, stage: Stage, code: int | None, said: bytes | str
) -> RecipientResult:
    """Record an end; what the server said is cleaned and cut, for it is shown to people."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return RecipientResult(recipient, delivery, stage, code, one_line(text, _DETAIL_LENGTH))


def broken_off(stage: Stage) -> Delivery:
    """Give what a broken line means: after the closing dot began to travel nobody knows."""
    return Delivery.UNKNOWN if stage is Stage.END else Delivery.DEFERRED


def reply_of(error: Exception) -> tuple[int | None, bytes | str]:
    """Give the code and words of an error; an error of our own has its kind's name."""
    if isinstance(error, RefusedTalkError):
        return error.code, error.said
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return None, f"{type(error).__name__}: {error}"
