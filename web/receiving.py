"""Receives several reports in one go, each as a move of its own: what is refused does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable

from engine.bundle import Bundle
from engine.commands import Propose
from engine.errors import NotFoundError, ZhenggaiError
from storage.queries.subject import subject_of
from web.actor import actor
from web.carrying import carry_out
from web.context import config
from web.numbers import number_in


def receive_all(chosen: Iterable[str]) -> tuple[int, list[tuple[int, ZhenggaiError]]]:
    """Receive reports.

    Args:
        chosen: One ``report-task-version`` for each, as the list's form gives them.

    Returns:
        How many were received, and for each of the others the task's number and why not.
    """
    received, refused = 0, list[tuple[int, ZhenggaiError]]()
    for report, task, version in dict.fromkeys(_parts(text) for text in chosen):
        try:
            number, bundle = _bundle(task, report)
        except NotFoundError as error:
            refused.append((task, error))
            continue
        try:
            carry_out(task, Propose(bundle, version, f"receive:{report}"))
        except ZhenggaiError as error:
            refused.append((number, error))
        else:
            received += 1
    return received, refused


def _bundle(task: int, report: int) -> tuple[int, Bundle]:
    with config().database.read() as connection:
        found = subject_of(connection, actor(), task)
    bundle = Bundle(
        subject=f"task:{task}",
        round=found.round,
        definition=found.definition,
        trigger="receive_report",
        references=(("report", str(report)),),
    )
    return found.number, bundle


def _parts(text: str) -> tuple[int, int, int]:
    match [number_in(part) for part in text.split("-")]:
        case [int(report), int(task), int(version)]:
            return report, task, version
    return 0, 0, 0
