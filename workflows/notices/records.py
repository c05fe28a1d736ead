"""The records of notices and mails.

Frozen data alone. Must not know the words (catalogues do) nor how anything is stored or sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Value = str | int
"""What a notice may carry: days are written ``2022-11-30``, so that a notice can be kept as JSON."""


class NoticeKind(StrEnum):
    """What somebody is told."""

    RUNG = "rung"
    """A deadline has reached a rung of its ladder."""
    TO_DO = "to_do"
    """An overdue deadline asks the performance office to decide something."""
    RAISED = "raised"
    """The performance office asks the inspector to look at an overdue deadline."""
    SIGNATURE_OWED = "signature_owed"
    """A proposal waits for the reader's signature."""
    SIGNATURE_OWED_FOR = "signature_owed_for"
    """A proposal waits for somebody in whose place the reader may sign."""
    SENT_BACK = "sent_back"
    """A signer sent a proposal back."""
    WITHDRAWN = "withdrawn"
    """A proposal that waited for the reader was withdrawn."""
    REVISED = "revised"
    """What the reader had signed was replaced; the signature is void."""
    VOIDED = "voided"
    """What the reader had signed went back to an earlier stage; the signature is void, the text stands."""
    SUPERSEDED = "superseded"
    """A proposal was closed because another move outranks it."""
    MOVED = "moved"
    """A move has happened."""
    REPORT_RECEIVED = "report_received"
    """The performance office received a report."""
    REPORT_RETURNED = "report_returned"
    """The performance office returned a report."""
    FINDING = "finding"
    """A rework or reopening was decided; the leader may answer it, not stop it."""
    EXTENSION_DECIDED = "extension_decided"
    """More time was granted, refused or given up; ``due_on`` is the day that holds now."""
    ASSIGNMENT_CREATED = "assignment_created"
    """A task was assigned to the reader's department."""
    LEADERSHIP_ASSIGNED = "leadership_assigned"
    """A task was created whose responsible leader the reader is."""
    URGED = "urged"
    """The performance office asks for a report that is missing."""
    ASSIGNMENT_DISPUTED = "assignment_disputed"
    """A department disputes its assignment."""
    DELEGATED = "delegated"
    """Somebody lets the reader sign for them."""
    DELEGATED_FOR_YOU = "delegated_for_you"
    """The reader's secretary let somebody sign for the reader."""
    DELEGATION_ENDED = "delegation_ended"
    """The reader may no longer sign for somebody."""
    DELEGATION_ENDED_FOR_YOU = "delegation_ended_for_you"
    """The reader's secretary ended that somebody signs for the reader."""
    MATTER_RAISED = "matter_raised"
    """A matter that needs coordination was raised to the reader."""
    INSTRUCTED = "instructed"
    """A leader's instruction or meeting about a task of the reader's was recorded."""
    CHARGED = "charged"
    """A conclusion of it is the reader's to carry out."""
    ANSWERED = "answered"
    """A conclusion was answered."""
    ANSWER_DUE = "answer_due"
    """A conclusion that is the reader's to carry out has not been answered, on its day or the day after."""
    CATCH_UP = "catch_up"
    """After an interruption, rungs were recorded late."""


class Phase(StrEnum):
    """How a deadline stands on the day it is spoken of."""

    BEFORE = "before"
    """Working days are left."""
    LAST_DAY = "last_day"
    """It is due on a day to come, with no further working day until then."""
    TODAY = "today"
    """It is due today."""
    OVERDUE = "overdue"
    """Its day has passed."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who is told.

    Attributes:
        person: Identifier of the person.
        locale: The language the person reads.
        address: The mail address; None where none is known, and then the notice alone tells.
    """

    person: int
    locale: str = "zh"
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What a notice is about.

    Attributes:
        number: The task's number; the only part of it that may stand in a subject.
        title: The task's objective.
        path: Where its page stands below the base URL; begins with a slash. The page needs a login.
    """

    number: str
    title: str
    path: str

    def __post_init__(self) -> None:
        """Refuse a path that could lead elsewhere."""
        if not self.path.startswith("/") or self.path.startswith("//"):
            raise ValueError("The path of a matter begins with one slash.")


_NEEDED: Mapping[NoticeKind, frozenset[str]] = {
    NoticeKind.RUNG: frozenset({"clock", "rung", "phase", "days", "due_on"}),
    NoticeKind.TO_DO: frozenset({"to_do", "clock", "rung", "phase", "days", "due_on"}),
    NoticeKind.RAISED: frozenset({"clock", "days", "due_on"}),
    NoticeKind.SIGNATURE_OWED: frozenset({"trigger", "by"}),
    NoticeKind.SIGNATURE_OWED_FOR: frozenset({"trigger", "by", "principal"}),
    NoticeKind.SENT_BACK: frozenset({"trigger", "by", "reason"}),
    NoticeKind.WITHDRAWN: frozenset({"trigger", "by"}),
    NoticeKind.REVISED: frozenset({"trigger", "by"}),
    NoticeKind.VOIDED: frozenset({"trigger", "by", "reason"}),
    NoticeKind.SUPERSEDED: frozenset({"trigger", "instead"}),
    NoticeKind.MOVED: frozenset({"trigger", "state"}),
    NoticeKind.REPORT_RECEIVED: frozenset({"trigger", "receipt"}),
    NoticeKind.REPORT_RETURNED: frozenset({"trigger", "reason", "due_on"}),
    NoticeKind.FINDING: frozenset({"trigger", "reason", "due_on"}),
    NoticeKind.EXTENSION_DECIDED: frozenset({"trigger", "state", "due_on"}),
    NoticeKind.ASSIGNMENT_CREATED: frozenset({"due_on"}),
    NoticeKind.LEADERSHIP_ASSIGNED: frozenset({"due_on"}),
    NoticeKind.URGED: frozenset({"clock", "due_on", "by", "numbers"}),
    NoticeKind.ASSIGNMENT_DISPUTED: frozenset({"by", "reason"}),
    NoticeKind.DELEGATED: frozenset({"by", "from_on", "until_on"}),
    NoticeKind.DELEGATED_FOR_YOU: frozenset({"by", "delegate", "from_on", "until_on"}),
    NoticeKind.DELEGATION_ENDED: frozenset({"by", "from_on", "until_on"}),
    NoticeKind.DELEGATION_ENDED_FOR_YOU: frozenset({"by", "delegate", "from_on", "until_on"}),
    NoticeKind.MATTER_RAISED: frozenset({"by"}),
    NoticeKind.INSTRUCTED: frozenset({"by", "instruction"}),
    NoticeKind.CHARGED: frozenset({"by", "instruction", "due_on"}),
    NoticeKind.ANSWERED: frozenset({"by"}),
    NoticeKind.ANSWER_DUE: frozenset({"phase", "days", "due_on"}),
    NoticeKind.CATCH_UP: frozenset({"since_on", "until_on", "count"}),
}

PEOPLE = ("by", "principal", "delegate")
"""Values that are people: kept by identifier, said by name."""

OPTIONAL = frozenset(
    {"by", "due_on", "original_due_on", "planned_on", "fired_on", "late_days", "estimated", "vacant"}
    | {"receipt", "reason"}
)
"""Values that any notice may carry besides those it needs."""


def needed(kind: NoticeKind) -> frozenset[str]:
    """Give the names of the values that a notice of ``kind`` must carry."""
    return _NEEDED[kind]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing told to one person. The in-app record is the notice; a mail is only its messenger.

    Attributes:
        kind: What is told.
        recipient: Who is told.
        matter: What it is about; None where it is about no single task.
        params: The values of its sentences. ``trigger``, ``instead``, ``clock``, ``state``, ``to_do``,
            ``instruction`` and ``phase`` are words of their vocabularies; names ending in ``_on`` are days.
            ``planned_on`` and ``fired_on`` are given where a reminder's planned day was a day off,
            ``late_days`` where it comes that many working days late; ``estimated`` is 1 where working days
            of a year without an official notice were guessed; ``vacant`` lists the roles that nobody holds,
            ``numbers`` the numbers of tasks, both with commas.
        urgent: Whether its mail goes out at once instead of waiting for the day's digest.

    Raises:
        ValueError: A value that the kind needs is missing, or one is given that no sentence knows.
    """

    kind: NoticeKind
    recipient: Recipient
    matter: Matter | None = None
    params: Mapping[str, Value] = field(default_factory=dict)
    urgent: bool = False

    def __post_init__(self) -> None:
        """Refuse values that do not fit the kind."""
        missing = needed(self.kind) - self.params.keys()
        unknown = self.params.keys() - needed(self.kind) - OPTIONAL
        if missing or unknown:
            raise ValueError(f"{self.kind}: missing {sorted(missing)}, unknown {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that was not urgent for one person on one day, gathered into one mail."""

    recipient: Recipient
    day: date
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a mail; the subject holds no personal data and no line break."""

    subject: str
    text: str
    html: str
    locale: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to be handed to a server; sending it again sends the same bytes.

    Attributes:
        message_id: Fixed for ever, with its angle brackets.
        sender: The setting ``ZHENGGAI_MAIL_FROM``: an address, or a name with an address.
        recipients: Addresses.
        content: The words.
        created_at: When it was put into the outbox.
    """

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    content: Content
    created_at: datetime


class Delivery(StrEnum):
    """What became of a mail for one recipient; the states of the outbox use the same words."""

    SENT = "sent"
    """The server took the responsibility for it."""
    DEFERRED = "deferred"
    """The server certainly did not take it, and may later; the same mail is tried again."""
    FAILED = "failed"
    """The server refused it for good; a person has to look."""
    UNKNOWN = "unknown"
    """The line broke after the whole mail had been handed over: it may have arrived or not."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A claimed mail with what it tells.

    Attributes:
        identifier: Its row.
        message_id: Fixed for ever.
        recipient: Whom it goes to.
        notices: What it tells; none where everything became void meanwhile.
        digest_on: The day of a digest; None for a single urgent notice.
        attempts: Attempts including this one.
        created_at: When it was put into the outbox.
    """

    identifier: int
    message_id: str
    recipient: Recipient
    notices: tuple[Notice, ...]
    digest_on: date | None
    attempts: int
    created_at: datetime
