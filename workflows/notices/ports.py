"""What the scheduler needs from the world to let mail out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from workflows.notices.records import Mail, RecipientResult


class MailSender(Protocol):
    """Hands a mail to a server."""

    def send(self, mail: Mail, recipients: Sequence[str]) -> tuple[RecipientResult, ...]:
        """Try once to hand ``mail`` over for these of its recipients.

        Never raises for what a server or a network does: every end is a result, one for each of
        ``recipients``, in their order. Returns within the sender's own time limit.
        """
        ...
