"""Rehearsing a change of the rules: everything the record holds decided once more, every open task compared.

It reads in pieces and gives its findings one by one, so that it needs no more room for a long record than for
a short one, and keeps nobody from writing. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.actor import Actor
from engine.machine import Workflow
from engine.reasons import Reason, deny
from workflows.rectification.records import Case
from workflows.versions.comparing import differences, is_over
from workflows.versions.deeds import deed_of
from workflows.versions.known import TASKS, Kind
from workflows.versions.ports import RecordSource, TaskSource
from workflows.versions.records import Published, Recorded, Standing
from workflows.versions.replaying import Difference, Verdict, replay, same_rules

_PIECE = 500
_INSUFFICIENT = (Difference(Verdict.UNCLEAR, (deny("version_record_insufficient"),)),)


@dataclass(frozen=True, slots=True)
class Replayed:
    """An entry that was looked at.

    Attributes:
        entry: Its identifier.
        stream: Its subject's chain.
        number: The task's number in its plan.
        seq: Its place there.
        at: When it was written, as it says itself.
        action: What was done.
        trigger: The move.
        definition: Name and version of the definition it was decided by.
        concerns: Whether it is about the workflow that is rehearsed.
        differences: What would have been otherwise.
    """

    entry: int
    stream: str
    number: int
    seq: int
    at: str
    action: str
    trigger: str
    definition: str
    concerns: bool
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """An open task that would stand differently."""

    standing: Standing
    state: str
    changes: tuple[Reason, ...]


def replays(
    source: RecordSource, kind: Kind, versions: Sequence[Published], after: Workflow, actor: Actor
) -> Iterator[Replayed]:
    """Decide once more every proposal, revision and signature of a workflow, the oldest first.

    Args:
        source: Reads the record.
        kind: The workflow.
        versions: Its published versions, by which the record was made.
        after: The changed definition.
        actor: Who asks.

    Yields:
        One for each entry that was read, also of other workflows, so that somebody can count along.
    """
    befores = {one.reference: kind.compiled(one.text) for one in versions}
    look = _Look(kind, befores, after)
    last = 0
    while piece := source.piece(actor, last, _PIECE):
        last = piece[-1].entry
        for recorded in piece:
            yield look.at(recorded)


def otherwise(
    source: TaskSource, kind: Kind, after: Workflow, actor: Actor, today: date
) -> Iterator[Otherwise | None]:
    """Compare every task as it stands; None for one on which the change would make no difference.

    Args:
        source: Reads the tasks, each in a reading of its own.
        kind: The workflow.
        after: The changed definition.
        actor: Who asks.
        today: The calendar day in the organisation's time zone.
    """
    last = 0
    while piece := source.tasks(actor, last, _PIECE):
        last = piece[-1].task
        for standing in piece:
            case = source.case(standing.task, actor, today)
            changes = _changes(case, kind, after, today)
            yield Otherwise(standing, case.task.state, changes) if changes else None


class _Look:
    """Looks at one entry after the other; what two definitions say of a move is compared once."""

    def __init__(self, kind: Kind, befores: Mapping[str, Workflow], after: Workflow) -> None:
        self._kind = kind
        self._befores = befores
        self._after = after
        self._same: dict[tuple[str, str], bool] = {}

    def at(self, recorded: Recorded) -> Replayed:
        body = recorded.body
        reference = str(body["definition"])
        concerns = reference.rpartition("@")[0] == self._kind.name
        return Replayed(
            entry=recorded.entry,
            stream=body["stream"],
            number=recorded.number,
            seq=body["seq"],
            at=body["at"],
            action=body["action"],
            trigger=body["trigger"],
            definition=reference,
            concerns=concerns,
            differences=self._differences(recorded, reference) if concerns else (),
        )

    def _differences(self, recorded: Recorded, reference: str) -> tuple[Difference, ...]:
        before, trigger = self._befores.get(reference), str(recorded.body["trigger"])
        if before is None:
            return _INSUFFICIENT
        key = (reference, trigger)
        if key not in self._same:
            self._same[key] = same_rules(before.definition, self._after.definition, trigger)
        if self._same[key]:
            # The same rules give the same answer from the same facts.
            return ()
        try:
            deed = deed_of(recorded, self._kind)
        except (KeyError, TypeError, ValueError):
            # It was written before entries held all that is needed.
            return _INSUFFICIENT
        return replay(before, self._after, deed)


def _changes(case: Case, kind: Kind, after: Workflow, today: date) -> tuple[Reason, ...]:
    subject = kind.subject(case, today)
    if subject is None or is_over(subject.workflow.definition, subject.facts.state):
        return ()
    running = tuple(clock.kind for clock in case.clocks if clock.open)
    return differences(subject.workflow, after, subject.facts, running if kind.name == TASKS else ())
