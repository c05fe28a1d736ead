"""Moving tasks to another version of their definition: what it would change is shown before anything is.

Owns which tasks may move and what moves with them. A task keeps its state, its round and its history; nothing
is proposed, signed or started. Must not know where tasks are kept, nor how a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.decision import DeadlineStopped, Decision
from engine.machine import Workflow
from engine.reasons import Reason, deny
from workflows.rectification.clocks import Clocks
from workflows.rectification.definition import compiled
from workflows.rectification.gathering import gather
from workflows.rectification.records import Case, ClockStopped
from workflows.rectification.service import Rules
from workflows.versions.comparing import differences, has_state, is_over, unknown_clocks
from workflows.versions.ports import MigrationStore, TaskSource
from workflows.versions.records import Migrated, Published, Standing

ACTION = "migrate"
"""The action of the entry, and what a task says of its latest change."""

_PIECE = 200


@dataclass(frozen=True, slots=True)
class Prospect:
    """What moving would mean for a task.

    Attributes:
        standing: The task and the version it runs on.
        state: Its state, which it keeps.
        against: Why it may not move; none means that it may.
        changes: What would change.
    """

    standing: Standing
    state: str
    against: tuple[Reason, ...]
    changes: tuple[Reason, ...]


def prospects(
    source: TaskSource, to: Published, rules: Rules, actor: Actor, now: datetime
) -> Iterator[Prospect | None]:
    """Say of every task that runs on another version what moving would mean, one at a time.

    None for a task that is on the version already, or at an end that nothing leaves: it stays on the version
    it ended with.

    Args:
        source: Reads the tasks; each in a reading of its own.
        to: The version to move to.
        rules: Calendar and ladders.
        actor: Who asks.
        now: The moment of asking.
    """
    after, today = compiled(to.text), rules.timetable.local_day(now)
    last = 0
    while piece := source.tasks(actor, last, _PIECE):
        last = piece[-1].task
        for standing in piece:
            if standing.version == to.version:
                yield None
            else:
                yield _prospect(standing, source.case(standing.task, actor, today), after, today)


def _prospect(standing: Standing, case: Case, after: Workflow, today: date) -> Prospect | None:
    before = compiled(case.definition_text)
    if is_over(before.definition, case.task.state):
        return None
    changes = differences(before, after, gather(case, today), _running(case))
    return Prospect(standing, case.task.state, against(case, after), changes)


def against(case: Case, after: Workflow) -> tuple[Reason, ...]:
    """Say why a task may not move to a definition.

    A state without counterpart would leave it nowhere. What waits to be signed was read and signed under the
    rules it names: it is signed, sent back or withdrawn under them first, and the task moves then.
    """
    reasons = []
    if not has_state(after.definition, case.task.state):
        reasons.append(deny("version_state_missing", state=case.task.state))
    if case.task.suspended_from is not None and not has_state(after.definition, case.task.suspended_from):
        reasons.append(deny("version_origin_missing", state=case.task.suspended_from))
    if case.proposal is not None:
        trigger, proposer = case.proposal.bundle.trigger, case.proposal.proposer
        reasons.append(deny("version_proposal_waits", trigger=trigger, person=proposer))
    return tuple(reasons)


def migrate(
    store: MigrationStore, task: int, to: Published, rules: Rules, actor: Actor, now: datetime
) -> tuple[Reason, ...]:
    """Move one task to a version, in a transaction of its own.

    Moving again is no change, so whoever was stopped in between just begins anew.

    Args:
        store: Opens the unit of work.
        task: The task.
        to: The version.
        rules: Calendar and ladders.
        actor: Who moves it.
        now: When.

    Returns:
        Why it stays where it is: what was shown may have changed meanwhile. None means that it has moved, or
        was there already.

    Raises:
        NotFoundError: There is no such task for this actor.
        SurroundingsError: Database or disk failed; the task was not changed.
    """
    after = compiled(to.text)
    with store.work(task, actor, now) as work:
        before = compiled(work.case.definition_text)
        if before.definition.digest == after.definition.digest:
            return ()
        refused = against(work.case, after)
        if not refused:
            work.apply(_migrated(work.case, before, after, to, rules, now))
    return refused


def _running(case: Case) -> tuple[str, ...]:
    return tuple(clock.kind for clock in case.clocks if clock.open)


def _migrated(
    case: Case, before: Workflow, after: Workflow, to: Published, rules: Rules, now: datetime
) -> Migrated:
    """A clock of a kind that the version does not know would never be stopped by any move: it ends here."""
    ended = unknown_clocks(after.definition, _running(case))
    clocks = Clocks(case, rules.timetable, rules.ladders, now)
    ending = Decision(ACTION, "", "", "", tuple(DeadlineStopped(kind) for kind in ended))
    clocks.follow(ending, None)
    following = clocks.next_due()
    return Migrated(
        definition=to.identifier,
        clocks=tuple(change for change in clocks.changes if isinstance(change, ClockStopped)),
        next_due_on=following[0] if following else None,
        next_kind=following[1] if following else None,
        audit=AuditDraft(
            stream=f"task:{case.task.task}",
            action=ACTION,
            origin=case.task.state,
            state=case.task.state,
            definition=after.definition.reference,
            references={
                "from": before.definition.reference,
                "from_text": before.definition.digest,
                "text": after.definition.digest,
                "clocks_ended": ended,
            },
        ),
    )
