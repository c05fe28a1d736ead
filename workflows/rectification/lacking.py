"""What a department still has to do for its next date: one move, and what is missing for it.

Pure code. It helps a handler to see what comes; whether a move may happen the engine decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.reasons import Reason, deny
from workflows.rectification.records.progress import TaskProgress
from workflows.rectification.vocabulary import DeadlineKind, State, TaskKind

_MOVES = {
    DeadlineKind.ACKNOWLEDGE: "acknowledge",
    DeadlineKind.WORK_PLAN: "start",
    DeadlineKind.MID_TERM_REPORT: "report_mid_term",
    DeadlineKind.YEAR_END_REPORT: "report_year_end",
    DeadlineKind.COMPLETION: "complete",
    DeadlineKind.SUSPENSION: "resume",
}
_WHILE_SUSPENDED = frozenset({"report_mid_term", "report_year_end"})


@dataclass(frozen=True, slots=True)
class Lacking:
    """The next move of a department, and what is missing for it.

    Attributes:
        trigger: The move; None where the department has nothing to do.
        missing: What is missing for it; nothing missing means that the form can be handed in.
    """

    trigger: str | None
    missing: tuple[Reason, ...] = ()


def lacking(clock: str | None, progress: TaskProgress) -> Lacking:
    """Give the next move and what is missing for it.

    Args:
        clock: The kind of the clock that runs out first; None where none runs.
        progress: How far the task is.
    """
    if progress.waiting is not None or clock is None or clock not in _MOVES:
        return Lacking(None)
    trigger = _first_of(_MOVES[DeadlineKind(clock)], progress)
    return Lacking(trigger, tuple(_missing(trigger, progress)))


def _first_of(trigger: str, progress: TaskProgress) -> str:
    """Give the move that has to come before, where there is one: nobody reports on what was not started."""
    if progress.state == State.SUSPENDED and trigger not in _WHILE_SUSPENDED:
        return "resume"
    if not progress.acknowledged and progress.state == State.PLANNED:
        return "acknowledge"
    if progress.state == State.PLANNED:
        at_once = progress.kind == TaskKind.IMMEDIATE and trigger == "complete"
        return "complete" if at_once else "start"
    return trigger


def _missing(trigger: str, progress: TaskProgress) -> Iterator[Reason]:
    match trigger:
        case "start":
            yield from (
                deny("measure_undated", measure=m.number)
                for m in progress.measures
                if m.first_on is None or m.last_on is None
            )
        case "report_mid_term":
            yield from (
                deny("progress_missing", measure=m.number) for m in progress.measures if not m.reported
            )
        case "complete":
            yield from (
                deny("criterion_unproven", criterion=number)
                for identifier, number in progress.criteria
                if identifier not in progress.proven
            )
        case "report_year_end":
            yield from (
                deny("criterion_unreported", criterion=number)
                for identifier, number in progress.criteria
                if identifier not in progress.proven
            )
        case _:
            return
