"""What a change does to the twin's clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.fakes.rows import ClockRow, Rows
from workflows.rectification.records import (
    Change,
    ClockChange,
    ClockExtended,
    ClockHeld,
    ClockRecord,
    ClockRested,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineKind,
)
from workflows.rectification.vocabulary import SIGNING

_RUNNING: tuple[str, datetime | None, tuple[tuple[str, bool], ...]] = ("running", None, ())
"""State, since when held, and rests of a clock that begins to run."""


def change_clocks(rows: Rows, change: Change, proposal: int | None, now: datetime) -> None:
    """Write what happens to the clocks; ``proposal`` is what waits for a signature now."""
    for clock in change.clocks:
        if isinstance(clock, ClockStarted):
            _start(rows, clock, proposal, now)
        else:
            _change(rows, clock, now)


def _start(rows: Rows, clock: ClockStarted, proposal: int | None, now: datetime) -> None:
    pending = proposal if clock.kind in SIGNING else None
    state, since, rests = ("held", now, (("held", True),)) if clock.held else _RUNNING
    number = len(rows.clocks) + 1
    row = ClockRow(number, clock.kind, clock.visit, clock.due_on, state, clock.next_at, pending, rests=rests)
    _keep(rows, row, clock.original_due_on, since)


def _change(rows: Rows, clock: ClockChange, now: datetime) -> None:
    assert not isinstance(clock, ClockStarted)
    row = rows.clocks[clock.deadline]
    record = next(one for one in rows.case.clocks if one.deadline == clock.deadline)
    since = record.held_at
    match clock:
        case ClockStopped():
            rests = tuple((reason, False) for reason, _ in row.rests)
            waited = row.waited_days + clock.waited_days
            row = replace(
                row, state="stopped", next_at=None, met_on=clock.met_on, waited_days=waited, rests=rests
            )
        case ClockHeld():
            row, since = replace(row, state="held", rests=(*row.rests, ("held", True))), now
        case ClockResumed():
            waited = row.waited_days + clock.waited_days
            row = replace(row, state="running", waited_days=waited, rests=_ended(row, "held"))
            since = None
        case ClockRested(resting=True):
            row = replace(row, rests=(*row.rests, ("suspended", True)))
        case ClockRested():
            row = replace(row, rests=_ended(row, "suspended"))
        case ClockExtended():
            row = replace(row, due_on=clock.due_on, next_at=clock.next_at, version=row.version + 1)
    _keep(rows, row, record.original_due_on, since)


def _keep(rows: Rows, row: ClockRow, original: date, held_at: datetime | None) -> None:
    rows.clocks[row.number] = row
    kind = DeadlineKind(row.kind)
    record = ClockRecord(row.number, kind, row.visit, row.due_on, original, row.state, held_at)
    others = tuple(one for one in rows.case.clocks if one.kind is not kind)
    newest = tuple(sorted((*others, record), key=lambda one: one.deadline))
    rows.case = replace(rows.case, clocks=newest)


def _ended(row: ClockRow, reason: str) -> tuple[tuple[str, bool], ...]:
    return tuple((why, lasts and why != reason) for why, lasts in row.rests)
