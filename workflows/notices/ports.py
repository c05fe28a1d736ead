"""What the scheduler needs from the world to let mail out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from workflows.notices.records import Delivery, Mail, OutboxItem
from workflows.notices.results import RecipientResult


class MailSender(Protocol):
    """Hands a mail to a server."""

    def send(self, mail: Mail, recipients: Sequence[str]) -> tuple[RecipientResult, ...]:
        """Try once to hand ``mail`` over for these of its recipients.

        Never raises for what a server or a network does: every end is a result, one for each of
        ``recipients``, in their order. Returns within the sender's own time limit.
        """
        ...


class OutboxStore(Protocol):
    """Keeps the mails that wait."""

    def gather_digests(self, day: date, now: datetime) -> int:
        """Put one digest for each person who has untold notices that are not urgent; say how many."""
        ...

    def claim(self, now: datetime, until: datetime, limit: int) -> tuple[OutboxItem, ...]:
        """Take mails whose moment has come; nobody else takes them before ``until``."""
        ...

    def settle(
        self, item: int, delivery: Delivery, detail: str, next_at: datetime | None, now: datetime
    ) -> None:
        """Record what became of a claimed mail, and when it is tried again."""
        ...
