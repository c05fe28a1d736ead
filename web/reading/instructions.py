"""What was raised, instructed, concluded and answered about a task, and what the reader may do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.actor import Actor
from engine.facts import Facts
from storage.database import Database
from storage.gathering.instructions import secretaries_of
from storage.queries.people import names
from storage.queries.task import instructions as rows
from storage.queries.task.evidence import EvidenceRow, evidence_of
from storage.queries.task.instructions import ConclusionRow, InstructionRow, MatterRow
from workflows.instructions.who import may_answer, may_raise, may_record
from workflows.rectification.vocabulary import Role


@dataclass(frozen=True, slots=True)
class ConclusionView:
    """A conclusion, the file beside its answer, how late it is, and whether the reader may answer."""

    row: ConclusionRow
    file: EvidenceRow | None
    overdue_days: int
    answerable: bool


@dataclass(frozen=True, slots=True)
class InstructionView:
    """An instruction or meeting with its minutes, what it takes up, and its conclusions."""

    row: InstructionRow
    file: EvidenceRow | None
    matters: tuple[MatterRow, ...]
    conclusions: tuple[ConclusionView, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """Everything of one task.

    Attributes:
        matters: What was raised.
        instructions: What a leader said or concluded.
        names: The people these speak of.
        may_raise: Whether the reader may raise a matter.
        may_record: Whether the reader may record an instruction or a meeting.
        secretaries: For each leader the secretaries the leader allows.
    """

    matters: tuple[MatterRow, ...]
    instructions: tuple[InstructionView, ...]
    names: Mapping[int, str]
    may_raise: bool
    may_record: bool
    secretaries: Mapping[int, frozenset[int]]

    @property
    def waiting(self) -> tuple[MatterRow, ...]:
        """The matters that nothing has taken up."""
        return tuple(matter for matter in self.matters if matter.instruction is None)

    @property
    def shown(self) -> bool:
        """Whether there is anything to show or to do."""
        return bool(self.matters or self.instructions or self.may_raise or self.may_record)


def read_guidance(database: Database, actor: Actor, task: int, facts: Facts, today: date) -> Guidance:
    """Read what was raised, instructed, concluded and answered about a task the actor may see."""
    with database.read() as connection:
        matters = rows.matters(connection, actor, task)
        instructions = rows.instructions(connection, actor, task)
        conclusions = rows.conclusions(connection, actor, task, today)
        files = {row.evidence: row for row in evidence_of(connection, actor, task)} if instructions else {}
        people = set(_people(matters, instructions, conclusions))
        called = names(connection, actor, people)
        secretaries = secretaries_of(connection, facts.people(Role.RESPONSIBLE_LEADER))
    views = [_conclusion(row, files, actor, today) for row in conclusions]
    return Guidance(
        matters=matters,
        instructions=tuple(
            InstructionView(
                row=row,
                file=files.get(row.evidence or 0),
                matters=tuple(matter for matter in matters if matter.instruction == row.instruction),
                conclusions=tuple(view for view in views if view.row.instruction == row.instruction),
            )
            for row in instructions
        ),
        names=called,
        may_raise=may_raise(facts, actor.person),
        may_record=may_record(facts, actor.person, secretaries),
        secretaries=secretaries,
    )


def _conclusion(
    row: ConclusionRow, files: Mapping[int, EvidenceRow], actor: Actor, today: date
) -> ConclusionView:
    open_ = row.answered_at is None
    return ConclusionView(
        row=row,
        file=files.get(row.evidence or 0),
        overdue_days=max(0, (today - row.due_on).days) if open_ else 0,
        answerable=open_ and may_answer(row.person, row.heads, actor.person),
    )


def _people(
    matters: tuple[MatterRow, ...],
    instructions: tuple[InstructionRow, ...],
    conclusions: tuple[ConclusionRow, ...],
) -> Iterator[int]:
    for matter in matters:
        yield from (matter.leader, matter.raised_by)
    for instruction in instructions:
        yield from (instruction.leader, instruction.recorded_by)
    for conclusion in conclusions:
        yield conclusion.person
        if conclusion.answered_by is not None:
            yield conclusion.answered_by
