"""What is gathered and written about matters, instructions and their conclusions: frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.audit import AuditDraft
from workflows.evidence.records import Blob
from workflows.rectification.records import Case, NoticeDraft


class InstructionKind(StrEnum):
    """In which form a leader took something up."""

    INSTRUCTION = "instruction"
    """批示: in writing."""
    HEARING = "hearing"
    """听取汇报: the department reported to the leader."""
    COORDINATION = "coordination"
    """协调会: departments came to an agreement."""
    ASSESSMENT = "assessment"
    """研判会: the state of things was assessed."""


MEETINGS = frozenset({InstructionKind.HEARING, InstructionKind.COORDINATION, InstructionKind.ASSESSMENT})
"""The forms of which there are minutes."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was checked and stored: its bytes, its cleaned name, and who may read it."""

    blob: Blob
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class RaiseMatter:
    """Ask a leader of the task for something; ``key`` makes a repeated request harmless."""

    leader: int | None
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class NewConclusion:
    """A conclusion as it was typed: what, by whom, until when."""

    text: str
    person: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RecordInstruction:
    """Record an instruction or a meeting.

    Attributes:
        leader: Whose it is.
        kind: In which form; a word of :class:`InstructionKind`.
        given_on: The day it was given or the meeting was held.
        text: What was said.
        conclusions: What somebody has to do.
        matters: The matters it takes up.
        file: The minutes, or the paper it was written on.
        key: Makes a repeated request harmless.
    """

    leader: int | None
    kind: str
    given_on: date | None
    text: str
    conclusions: tuple[NewConclusion, ...]
    matters: tuple[int, ...]
    file: Attachment | None
    key: str


@dataclass(frozen=True, slots=True)
class AnswerConclusion:
    """Answer a conclusion with words and perhaps a file."""

    conclusion: int
    text: str
    file: Attachment | None


Command = RaiseMatter | RecordInstruction | AnswerConclusion


@dataclass(frozen=True, slots=True)
class MatterRecord:
    """A matter of the task, and whether something took it up."""

    matter: int
    raised_by: int
    taken_up: bool


@dataclass(frozen=True, slots=True)
class ConclusionRecord:
    """A conclusion of the task.

    Attributes:
        conclusion: Its identifier.
        person: Whose to-do it is.
        leader: Whose instruction it belongs to.
        recorded_by: Who recorded that.
        answered: Whether it was answered.
        heads: Who heads a department in which the person holds a position or once did.
    """

    conclusion: int
    person: int
    leader: int
    recorded_by: int
    answered: bool
    heads: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """A task with its matters and conclusions, as it stands under the task's lock.

    Attributes:
        case: The task.
        matters: Its matters.
        conclusions: The conclusions of its instructions.
        people: Everybody who may be charged with a conclusion.
        secretaries: For each leader the secretaries the leader allows.
    """

    case: Case
    matters: tuple[MatterRecord, ...]
    conclusions: tuple[ConclusionRecord, ...]
    people: frozenset[int]
    secretaries: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Charge:
    """A conclusion to be written: whose, until when, and the day of its first reminder."""

    text: str
    person: int
    due_on: date
    next_on: date


@dataclass(frozen=True, slots=True)
class MatterRaised:
    """Write a matter."""

    leader: int
    text: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class InstructionRecorded:
    """Write an instruction or meeting with its conclusions; the matters named are taken up by it."""

    leader: int
    kind: InstructionKind
    given_on: date
    text: str
    charges: tuple[Charge, ...]
    matters: tuple[int, ...]
    file: Attachment | None
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class ConclusionAnswered:
    """Write an answer; its reminders end."""

    conclusion: int
    text: str
    file: Attachment | None


Effect = MatterRaised | InstructionRecorded | ConclusionAnswered


@dataclass(frozen=True, slots=True)
class Change:
    """Everything one command brings about: storage writes all of it or none.

    Attributes:
        effect: What is written.
        notices: Who is told; ``{new}`` in a cause stands for the number of what is only now being written.
        audit: The entry in the task's chain; storage adds the number of what is written.
    """

    effect: Effect
    notices: tuple[NoticeDraft, ...]
    audit: AuditDraft


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a key was used for before: the digest of that request, and what came of it."""

    digest: str
    number: int


@dataclass(frozen=True, slots=True)
class DueConclusion:
    """An unanswered conclusion whose reminder has come, under its task's lock."""

    conclusion: int
    task: int
    person: int
    due_on: date
    next_on: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """Remind once, and when to look again; None where no further reminder comes."""

    next_on: date | None
    notice: NoticeDraft
    audit: AuditDraft
