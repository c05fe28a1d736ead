"""The twins of the stores of instructions and of reminders: the same promises, kept in memory.

They decide nothing and share no code with the stores they stand for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.actor import Actor, system
from engine.audit import GENESIS, AuditDraft, AuditEntry, write_entry
from engine.errors import NotFoundError
from tests.fakes.rows import NoticeRow
from workflows.instructions.records import (
    Change,
    Charge,
    ConclusionAnswered,
    ConclusionRecord,
    DueConclusion,
    Earlier,
    InstructionRecorded,
    MatterRaised,
    MatterRecord,
    Reminder,
    Standing,
)
from workflows.rectification.records import Case, NoticeDraft


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion as it is kept."""

    charge: Charge
    instruction: int
    next_on: date | None
    answer: str = ""
    answered_by: int | None = None
    file: str | None = None


@dataclass
class Kept:
    """Everything about one task."""

    case: Case
    people: frozenset[int]
    heads: Mapping[int, frozenset[int]]
    matters: dict[int, tuple[MatterRaised, int, int | None]] = field(default_factory=dict)
    instructions: dict[int, tuple[InstructionRecorded, int]] = field(default_factory=dict)
    conclusions: dict[int, Conclusion] = field(default_factory=dict)
    notices: dict[tuple[int, str], NoticeRow] = field(default_factory=dict)
    chain: tuple[AuditEntry, ...] = ()

    def copy(self) -> Kept:
        """Give what may be changed without touching this."""
        found = copy(self)
        for name in ("matters", "instructions", "conclusions", "notices"):
            setattr(found, name, dict(getattr(self, name)))
        return found

    def tell(self, drafts: tuple[NoticeDraft, ...], number: int) -> None:
        """Tell each person once of each cause."""
        for draft in drafts:
            key = (draft.person, draft.cause.replace("{new}", str(number)))
            self.notices.setdefault(key, NoticeRow(draft.person, draft.kind, draft.urgent, draft.params))

    def append(self, draft: AuditDraft, actor: Actor, now: datetime) -> None:
        """Write an entry at the end of the task's chain."""
        entry = write_entry(draft, actor, now, self.chain[-1].head if self.chain else GENESIS)
        self.chain = (*self.chain, entry)


class MemoryInstructionWork:
    """One unit of work."""

    def __init__(self, kept: Kept, actor: Actor, now: datetime) -> None:
        self.kept = kept
        self._actor = actor
        self._now = now
        self.standing = Standing(
            case=kept.case,
            matters=tuple(
                MatterRecord(number, by, taken_up is not None)
                for number, (_, by, taken_up) in kept.matters.items()
            ),
            conclusions=tuple(self._record(number, one) for number, one in kept.conclusions.items()),
            people=kept.people,
        )

    def _record(self, number: int, one: Conclusion) -> ConclusionRecord:
        instruction, recorded_by = self.kept.instructions[one.instruction]
        heads = self.kept.heads.get(one.charge.person, frozenset())
        answered = one.answered_by is not None
        return ConclusionRecord(number, one.charge.person, instruction.leader, recorded_by, answered, heads)

    def earlier(self, key: str) -> Earlier | None:
        """Give what a key was used for before."""
        raised = {number: effect for number, (effect, _, _) in self.kept.matters.items()}
        said = {number: effect for number, (effect, _) in self.kept.instructions.items()}
        effects: list[tuple[int, MatterRaised | InstructionRecorded]] = [*raised.items(), *said.items()]
        return next((Earlier(e.digest, number) for number, e in effects if e.key == key), None)

    def apply(self, change: Change) -> int:
        """Write a change."""
        kept, who, effect = self.kept, self._actor.person or 0, change.effect
        match effect:
            case MatterRaised():
                number, name = len(kept.matters) + 1, "matter"
                kept.matters[number] = (effect, who, None)
            case InstructionRecorded():
                number, name = len(kept.instructions) + 1, "instruction"
                kept.instructions[number] = (effect, who)
                for charge in effect.charges:
                    one = Conclusion(charge, number, charge.next_on)
                    kept.conclusions[len(kept.conclusions) + 1] = one
                for matter in effect.matters:
                    kept.matters[matter] = (*kept.matters[matter][:2], number)
            case ConclusionAnswered():
                number, name = effect.conclusion, "conclusion"
                kept.conclusions[number] = replace(
                    kept.conclusions[number],
                    next_on=None,
                    answer=effect.text,
                    answered_by=who,
                    file=effect.file.name if effect.file else None,
                )
        references = {**change.audit.references, name: number}
        kept.append(replace(change.audit, references=references), self._actor, self._now)
        kept.tell(change.notices, number)
        return number


class MemoryInstructionStore:
    """One task in memory.

    Args:
        case: The task.
        people: Who may be charged.
        heads: For each person who may answer for them.
        unseen_by: People who may not see the task.
    """

    def __init__(
        self,
        case: Case,
        people: frozenset[int],
        heads: Mapping[int, frozenset[int]],
        unseen_by: frozenset[int] = frozenset(),
    ) -> None:
        self.kept = Kept(case, people, heads)
        self._unseen_by = unseen_by

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[MemoryInstructionWork]:
        """Open a unit of work; leaving it with an error changes nothing."""
        record = self.kept.case.task
        here = (task, actor.organisation) == (record.task, record.organisation)
        charged = {one.charge.person for one in self.kept.conclusions.values()}
        if not here or actor.person in self._unseen_by - charged:
            raise NotFoundError("task_not_found", task=task)
        work = MemoryInstructionWork(self.kept.copy(), actor, now)
        yield work
        self.kept = work.kept


class MemoryReminderWork:
    """One conclusion in a unit of work."""

    def __init__(self, kept: Kept, due: DueConclusion, now: datetime) -> None:
        self.kept = kept
        self.due = due
        self._now = now

    def apply(self, reminder: Reminder) -> None:
        """Write a reminder."""
        number = self.due.conclusion
        one = replace(self.kept.conclusions[number], next_on=reminder.next_on)
        self.kept.conclusions[number] = one
        self.kept.tell((reminder.notice,), number)
        organisation = self.kept.case.task.organisation
        self.kept.append(reminder.audit, system(organisation, "reminder"), self._now)


class MemoryReminderStore:
    """The conclusions of the task of another twin."""

    def __init__(self, store: MemoryInstructionStore) -> None:
        self._store = store

    def due(self, today: date, limit: int) -> tuple[int, ...]:
        """Give conclusions whose reminder has come, the longest due first."""
        found = self._store.kept.conclusions.items()
        rows = sorted((one.next_on, number) for number, one in found if one.next_on and one.next_on <= today)
        return tuple(number for _, number in rows[:limit])

    @contextmanager
    def work(self, conclusion: int, /, today: date, now: datetime) -> Iterator[MemoryReminderWork | None]:
        """Open a unit of work; None where nothing is due any more."""
        kept = self._store.kept.copy()
        one = kept.conclusions.get(conclusion)
        if one is None or one.next_on is None or one.next_on > today:
            yield None
            return
        person, due_on = one.charge.person, one.charge.due_on
        due = DueConclusion(conclusion, kept.case.task.task, person, due_on, one.next_on)
        work = MemoryReminderWork(kept, due, now)
        yield work
        self._store.kept = work.kept
