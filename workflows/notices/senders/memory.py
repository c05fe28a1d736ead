"""A sender that keeps the mails: the in-memory twin of the SMTP one, for tests and rehearsals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock

from engine.errors import ZhenggaiError
from workflows.notices.message import to_message
from workflows.notices.records import Delivery, Mail
from workflows.notices.results import RecipientResult, Stage


class MemorySender:
    """Takes every mail, except for the recipients whose end is given beforehand.

    Attributes:
        sent: Each mail taken, with the recipients it was taken for, in the order of sending.
    """

    def __init__(self, ends: Mapping[str, Delivery] | None = None) -> None:
        self._ends = dict(ends or {})
        self._lock = Lock()
        self.sent: list[tuple[Mail, tuple[str, ...]]] = []

    def send(self, mail: Mail, recipients: Sequence[str]) -> tuple[RecipientResult, ...]:
        """Keep the mail; see :class:`workflows.notices.ports.MailSender`."""
        try:
            to_message(mail)
        except ZhenggaiError as error:
            said = f"{error.code}: {error.params.get('address', '')}"
            return tuple(RecipientResult(r, Delivery.FAILED, Stage.SENDER, None, said) for r in recipients)
        if not set(recipients) <= set(mail.recipients):
            raise ValueError("A mail goes to its own recipients alone.")
        results = tuple(self._result(recipient) for recipient in recipients)
        # An unknown end is one where the mail may have arrived; here it did.
        taken = tuple(r.address for r in results if r.delivery in (Delivery.SENT, Delivery.UNKNOWN))
        if taken:
            with self._lock:
                self.sent.append((mail, taken))
        return results

    def _result(self, recipient: str) -> RecipientResult:
        delivery = self._ends.get(recipient, Delivery.SENT)
        stage = Stage.END if delivery in (Delivery.SENT, Delivery.UNKNOWN) else Stage.RECIPIENT
        return RecipientResult(recipient, delivery, stage, None, "")
