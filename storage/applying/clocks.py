"""Deadlines as rows: started, held, resumed, resting and stopped, with the spans in which they rest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, literal, null, select, update

from storage.applying.context import Context
from storage.tables import deadline, pause
from workflows.rectification.records import (
    ClockChange,
    ClockExtended,
    ClockHeld,
    ClockRested,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineKind,
)

HELD = "held"
"""The state of a deadline, and the reason of a pause, while the department waits for others."""
RUNNING = "running"
"""The state of a deadline that counts."""
STOPPED = "stopped"
"""The state of a deadline that has ended."""
SUSPENDED = "suspended"
"""The reason of a pause while the task is suspended."""
SIGNING = frozenset({DeadlineKind.SIGNATURE_PENDING, DeadlineKind.EXTENSION_PENDING})
"""The deadlines that belong to one proposal."""

_START = insert(deadline)
_STOP = (
    update(deadline)
    .where(deadline.c.id == bindparam("row"))
    .values(
        state=STOPPED,
        stopped_at=bindparam("now"),
        met_on=bindparam("met"),
        waited_days=deadline.c.waited_days + bindparam("waited"),
        next_at=null(),
    )
)
# A new day is the next version of the same deadline: its rungs are told afresh, those of the old day never.
_EXTEND = (
    update(deadline)
    .where(deadline.c.id == bindparam("row"))
    .values(
        version=deadline.c.version + 1,
        due_on=bindparam("new_day"),
        started_at=bindparam("now"),
        next_at=bindparam("moment"),
    )
)
# A held deadline keeps its next moment: the rungs that it reaches meanwhile are recorded as held.
_HOLD = update(deadline).where(deadline.c.id == bindparam("row")).values(state=HELD, held_at=bindparam("now"))
_RESUME = (
    update(deadline)
    .where(deadline.c.id == bindparam("row"))
    .values(state=RUNNING, held_at=null(), waited_days=deadline.c.waited_days + bindparam("waited"))
)
_PAUSE = insert(pause)
# What was only now written is named by its kind: a task has one held clock of each.
_PAUSE_NEW = insert(pause).from_select(
    ["organisation_id", "deadline_id", "since", "reason"],
    select(
        deadline.c.organisation_id,
        deadline.c.id,
        bindparam("now", type_=pause.c.since.type),
        literal(HELD, type_=pause.c.reason.type),
    ).where(
        deadline.c.task_id == bindparam("of"),
        deadline.c.kind == bindparam("what"),
        deadline.c.state == HELD,
    ),
)
_UNPAUSE = (
    update(pause)
    .where(pause.c.deadline_id == bindparam("row"), pause.c.until.is_(None))
    .values(until=bindparam("now"))
)
_UNPAUSE_FOR = _UNPAUSE.where(pause.c.reason == bindparam("why"))


def change_clocks(context: Context, changes: Sequence[ClockChange], proposal: int | None) -> None:
    """Write what happens to the clocks; each kind of change is one statement, however many clocks.

    A clock that ends makes room before the next one starts, and one that runs on may be held again.

    Args:
        context: The unit of work.
        changes: The changes.
        proposal: The proposal that waits for a signature now.
    """
    _stop(context, [change for change in changes if isinstance(change, ClockStopped)])
    _resume(context, [change for change in changes if isinstance(change, ClockResumed)])
    _hold(context, [change for change in changes if isinstance(change, ClockHeld)])
    _rest(context, [change for change in changes if isinstance(change, ClockRested)])
    _start(context, [change for change in changes if isinstance(change, ClockStarted)], proposal)
    _extend(context, [change for change in changes if isinstance(change, ClockExtended)])


def _start(context: Context, started: Sequence[ClockStarted], proposal: int | None) -> None:
    if not started:
        return
    rows = [
        {
            "organisation_id": context.organisation,
            "task_id": context.task,
            "kind": clock.kind,
            "visit": clock.visit,
            "version": 1,
            "due_on": clock.due_on,
            "original_due_on": clock.original_due_on,
            "state": HELD if clock.held else RUNNING,
            "started_at": context.now,
            "held_at": context.now if clock.held else None,
            "waited_days": 0,
            "proposal_id": proposal if clock.kind in SIGNING else None,
            "next_at": clock.next_at,
        }
        for clock in started
    ]
    context.connection.execute(_START, rows)
    held = [{"of": context.task, "what": clock.kind, "now": context.now} for clock in started if clock.held]
    if held:
        context.connection.execute(_PAUSE_NEW, held)


def _stop(context: Context, stopped: Sequence[ClockStopped]) -> None:
    if not stopped:
        return
    rows = [
        {"row": clock.deadline, "now": context.now, "met": clock.met_on, "waited": clock.waited_days}
        for clock in stopped
    ]
    context.connection.execute(_STOP, rows)
    resting = context.case.task.state == SUSPENDED
    paused = {clock.deadline for clock in context.case.clocks if resting or clock.state == HELD}
    _unpause(context, [clock.deadline for clock in stopped if clock.deadline in paused])


def _extend(context: Context, extended: Sequence[ClockExtended]) -> None:
    if not extended:
        return
    rows = [
        {"row": clock.deadline, "new_day": clock.due_on, "now": context.now, "moment": clock.next_at}
        for clock in extended
    ]
    context.connection.execute(_EXTEND, rows)


def _hold(context: Context, held: Sequence[ClockHeld]) -> None:
    if not held:
        return
    context.connection.execute(_HOLD, [{"row": clock.deadline, "now": context.now} for clock in held])
    _pause(context, [clock.deadline for clock in held], HELD)


def _resume(context: Context, resumed: Sequence[ClockResumed]) -> None:
    if not resumed:
        return
    rows = [{"row": clock.deadline, "waited": clock.waited_days} for clock in resumed]
    context.connection.execute(_RESUME, rows)
    _unpause(context, [clock.deadline for clock in resumed], HELD)


def _rest(context: Context, rested: Sequence[ClockRested]) -> None:
    _pause(context, [clock.deadline for clock in rested if clock.resting], SUSPENDED)
    _unpause(context, [clock.deadline for clock in rested if not clock.resting], SUSPENDED)


def _pause(context: Context, deadlines: Sequence[int], reason: str) -> None:
    if not deadlines:
        return
    rows = [
        {
            "organisation_id": context.organisation,
            "deadline_id": number,
            "since": context.now,
            "reason": reason,
        }
        for number in deadlines
    ]
    context.connection.execute(_PAUSE, rows)


def _unpause(context: Context, deadlines: Sequence[int], reason: str | None = None) -> None:
    if not deadlines:
        return
    statement = _UNPAUSE if reason is None else _UNPAUSE_FOR
    rows = [{"row": number, "now": context.now, "why": reason} for number in deadlines]
    context.connection.execute(statement, rows)
