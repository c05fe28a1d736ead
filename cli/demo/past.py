"""Plays a script, and lets the deadline process keep step.

On every working morning in between it delivers the mails, sweeps and gathers the digests, so that nothing old
is left for the first real tick. Must not know what is played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cli.demo.mailbox.letters import Letters
from cli.demo.script import Event
from storage.database import Database
from storage.outbox_store import SqlOutboxStore
from storage.reminder_store import SqlReminderStore
from storage.sweep_store import SqlSweepStore
from workflows.instructions.reminding import remind
from workflows.notices.delivering import deliver, gather_digests
from workflows.notices.message import to_bytes
from workflows.notices.records import Delivery, Mail
from workflows.notices.results import RecipientResult, Stage
from workflows.rectification.service import Rules
from workflows.rectification.sweeping import run_sweep

_AFTER_THE_BELL = timedelta(minutes=1)
"""The rungs of a morning fire at half past eight; a minute later they are all due."""


@dataclass(frozen=True, slots=True)
class Past:
    """The deadline process of the months before.

    Attributes:
        database: Where deadlines and mails wait.
        rules: Calendar, time zone and ladders.
        letters: Where mails are put, as the mail server would put them.
        mail_from: The sender of mails.
        base_url: What links in mails begin with.
    """

    database: Database
    rules: Rules
    letters: Letters
    mail_from: str
    base_url: str

    def play(self, events: Sequence[Event], until: datetime, told: Callable[[int], None]) -> None:
        """Let everything happen in order.

        Mails of the last working day stay in the queue: the real process sends them through the real server.

        Args:
            events: What happens, in order.
            until: The present.
            told: Is handed the number of each event when it has happened.
        """
        mornings = self._mornings(events[0].at, until)
        following = next(mornings, None)
        for number, event in enumerate(events, start=1):
            while following is not None and following < event.at:
                self._morning(following)
                following = next(mornings, None)
            event.act(event.at)
            told(number)
        while following is not None:
            self._morning(following)
            following = next(mornings, None)

    def _mornings(self, first: datetime, until: datetime) -> Iterator[datetime]:
        timetable = self.rules.timetable
        today = timetable.local_day(until)
        morning = timetable.next_morning(first)
        while timetable.local_day(morning) < today:
            yield morning + _AFTER_THE_BELL
            morning = timetable.next_morning(morning)

    def _morning(self, now: datetime) -> None:
        outbox = SqlOutboxStore(self.database, "demo")
        # What was written since the morning before goes out first, so the last morning's own mails stay.
        deliver(outbox, self, self.mail_from, self.base_url, lambda: now, 10_000)
        sweeps = SqlSweepStore(self.database, self.rules.timetable.zone)
        run_sweep(sweeps, self.rules.ladders, self.rules.timetable, now, 10_000)
        remind(SqlReminderStore(self.database), self.rules.timetable, now)
        gather_digests(outbox, self.rules.timetable, now)

    def send(self, mail: Mail, recipients: Sequence[str]) -> tuple[RecipientResult, ...]:
        """Put a mail into the mailbox; see :class:`workflows.notices.ports.MailSender`."""
        self.letters.take(to_bytes(mail))
        return tuple(RecipientResult(to, Delivery.SENT, Stage.END, 250, "Taken") for to in recipients)
