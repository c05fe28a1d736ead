"""What the twin keeps: the same things as the tables, as plain records that one may look at."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.audit import AuditEntry
from engine.bundle import Bundle
from workflows.rectification.records import Case, Earlier


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal: ``open``, or how it ended."""

    number: int
    trigger: str
    state: str
    revision: int
    proposer: int
    reason: str = ""
    closed_by: int | None = None
    closed_at: datetime | None = None
    extension: int = 0


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature, perhaps void."""

    proposal: int
    revision: int
    person: int
    role: str
    opinion: str
    void: str | None = None


@dataclass(frozen=True, slots=True)
class SendBackRow:
    """A proposal went back to an earlier stage and stayed open."""

    proposal: int
    revision: int
    stage: int
    role: str
    person: int
    reason: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step that has happened."""

    version: int
    trigger: str
    origin: str
    state: str
    round: int
    proposal: int | None
    person: int
    extension: int = 0


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """More time that was asked for."""

    number: int
    state: str
    version: int
    due_on: date
    new_due_on: date
    category: str
    late: bool
    asked_by: int
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A claim that was handed in, and what it proves."""

    kind: str
    title: str
    round: int
    proposal: int | None
    person: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that was filed."""

    number: int
    kind: str
    round: int
    by_completion: bool
    reported_on: date
    receipt: str | None = None
    new_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """How a criterion was judged."""

    criterion: int
    given_by: str
    verdict: str
    note: str
    round: int


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """The latest words about a measure."""

    measure: int
    first_on: date | None
    last_on: date | None
    progress: str
    problems: str
    next_step: str


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock of any visit; ``rests`` are the reasons of its pauses, each with whether it lasts."""

    number: int
    kind: str
    visit: int
    due_on: date
    state: str
    next_at: datetime | None = None
    proposal: int | None = None
    met_on: date | None = None
    waited_days: int = 0
    rests: tuple[tuple[str, bool], ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Somebody was told."""

    person: int
    kind: str
    urgent: bool
    params: tuple[tuple[str, str], ...]


@dataclass
class Rows:
    """Everything about one task."""

    case: Case
    next_due: tuple[date, str] | None = None
    proposals: dict[int, ProposalRow] = field(default_factory=dict)
    bundles: dict[int, Bundle] = field(default_factory=dict)
    signatures: tuple[SignatureRow, ...] = ()
    send_backs: tuple[SendBackRow, ...] = ()
    waiting: dict[tuple[int, int], datetime] = field(default_factory=dict)
    steps: tuple[StepRow, ...] = ()
    extensions: dict[int, ExtensionRow] = field(default_factory=dict)
    evidence: tuple[EvidenceRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    verdicts: tuple[VerdictRow, ...] = ()
    progress: dict[int, ProgressRow] = field(default_factory=dict)
    publications: dict[str, str] = field(default_factory=dict)
    clocks: dict[int, ClockRow] = field(default_factory=dict)
    notices: dict[tuple[int, str], NoticeRow] = field(default_factory=dict)
    mails: tuple[int, ...] = ()
    keys: dict[str, Earlier] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)
    seats: int = 0
    chains: dict[str, tuple[AuditEntry, ...]] = field(default_factory=dict)
    texts: tuple[tuple[str, str], ...] = ()
    words: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    def copy(self) -> Rows:
        """Give what may be changed without touching this."""
        found = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                setattr(found, name, dict(value))
        return found
