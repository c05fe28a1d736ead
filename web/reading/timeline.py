"""What has happened to a task, the newest first.

One list made of steps, proposals, signatures, rungs, matters, instructions and answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.queries.task.clocks import RungRow
from storage.queries.task.history import ReportRow, RevisionRow, SendBackRow, SignatureRow, StepRow
from storage.queries.task.instructions import ConclusionRow, InstructionRow, MatterRow
from storage.queries.task.papers import PaperRow
from web.reading.bundles import Around, BundleView, bundle_view
from web.reading.instructions import Guidance
from web.reading.task import TaskReading


class EventKind(StrEnum):
    """What an entry of the timeline is about."""

    CREATED = "created"
    """The task came into being."""
    PROPOSED = "proposed"
    """A move was proposed."""
    REVISED = "revised"
    """A proposal was replaced by its next revision."""
    SIGNED = "signed"
    """A signature, perhaps voided since."""
    RETURNED = "returned"
    """A proposal went back to an earlier stage and stayed open."""
    CLOSED = "closed"
    """A proposal was sent back, withdrawn or superseded."""
    MOVED = "moved"
    """A step with signatures has happened."""
    DONE = "done"
    """A step that needed no signature has happened."""
    RUNG = "rung"
    """A rung of a ladder was reached."""
    PAPER = "paper"
    """A signature on paper was registered, confirmed or rejected."""
    RAISED = "raised"
    """A matter was raised to a leader."""
    INSTRUCTED = "instructed"
    """An instruction or a meeting was recorded."""
    ANSWERED = "answered"
    """A conclusion was answered."""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the timeline; which rows it carries depends on its kind."""

    kind: EventKind
    at: datetime
    person: int | None = None
    unchained: bool = False
    revision: RevisionRow | None = None
    signature: SignatureRow | None = None
    send_back: SendBackRow | None = None
    step: StepRow | None = None
    content: BundleView | None = None
    report: ReportRow | None = None
    rung: RungRow | None = None
    paper: PaperRow | None = None
    matter: MatterRow | None = None
    instruction: InstructionRow | None = None
    conclusion: ConclusionRow | None = None

    @property
    def trigger(self) -> str:
        """The move it is about, where it is about one."""
        if self.step is not None:
            return self.step.trigger
        return self.revision.trigger if self.revision is not None else ""


_WEIGHT = {kind: number for number, kind in enumerate(EventKind)}


def timeline(reading: TaskReading, around: Around, guidance: Guidance) -> list[Event]:
    """Give everything that happened to a task, the newest first."""
    events = [
        Event(
            EventKind.CREATED, reading.head.created_at, unchained=reading.head.created_at in reading.unchained
        ),
        *_proposals(reading, around),
        *_signatures(reading),
        *_send_backs(reading),
        *_steps(reading, around),
        *_papers(reading),
        *_guidance(reading, guidance),
        *(Event(EventKind.RUNG, rung.resolved_at, rung=rung) for rung in reading.rungs),
    ]
    return sorted(events, key=lambda event: (event.at, _WEIGHT[event.kind]), reverse=True)


def _proposals(reading: TaskReading, around: Around) -> Iterator[Event]:
    for row in reading.revisions:
        content = bundle_view(row.bundle, around)
        kind = EventKind.PROPOSED if row.revision == 1 else EventKind.REVISED
        chained = row.at in reading.unchained
        yield Event(kind, row.at, row.proposer, chained, revision=row, content=content)
        if row.newest and row.closed_at is not None and row.state != "moved":
            waits = row.closed_at in reading.unchained
            yield Event(EventKind.CLOSED, row.closed_at, row.closed_by, waits, revision=row)


def _signatures(reading: TaskReading) -> Iterator[Event]:
    rows = {(row.proposal, row.revision): row for row in reading.revisions}
    for signature in reading.signatures:
        yield Event(
            EventKind.SIGNED,
            signature.at,
            signature.person,
            signature.at in reading.unchained,
            revision=rows[signature.proposal, signature.revision],
            signature=signature,
        )


def _send_backs(reading: TaskReading) -> Iterator[Event]:
    rows = {(row.proposal, row.revision): row for row in reading.revisions}
    for back in reading.send_backs:
        yield Event(
            EventKind.RETURNED,
            back.at,
            back.person,
            back.at in reading.unchained,
            revision=rows[back.proposal, back.revision],
            send_back=back,
        )


def _steps(reading: TaskReading, around: Around) -> Iterator[Event]:
    for step in reading.steps:
        content = bundle_view(step.bundle, around) if step.bundle else None
        kind = EventKind.DONE if step.proposal is None else EventKind.MOVED
        yield Event(
            kind,
            step.at,
            step.person,
            step.at in reading.unchained,
            step=step,
            content=content,
            report=content.report if content else None,
        )


def _papers(reading: TaskReading) -> Iterator[Event]:
    for paper in reading.papers:
        yield Event(EventKind.PAPER, paper.registered_at, paper.registered_by, paper=paper)


def _guidance(reading: TaskReading, guidance: Guidance) -> Iterator[Event]:
    for matter in guidance.matters:
        waits = matter.raised_at in reading.unchained
        yield Event(EventKind.RAISED, matter.raised_at, matter.raised_by, waits, matter=matter)
    for view in guidance.instructions:
        row = view.row
        waits = row.recorded_at in reading.unchained
        yield Event(EventKind.INSTRUCTED, row.recorded_at, row.recorded_by, waits, instruction=row)
        for item in view.conclusions:
            if item.row.answered_at is not None:
                at, waits = item.row.answered_at, item.row.answered_at in reading.unchained
                yield Event(EventKind.ANSWERED, at, item.row.answered_by, waits, conclusion=item.row)
