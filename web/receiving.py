"""Receives several reports in one go, each as a move of its own: what is refused does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from flask import url_for

from storage.queries.lines import task_names
from web.actor import actor
from web.at_once import move_at_once
from web.context import config
from web.language import gettext as _
from web.many import Piece
from web.numbers import number_in


def pieces(chosen: Iterable[str]) -> list[Piece]:
    """Give a piece of work for each report.

    Args:
        chosen: One ``report-task-version`` for each, as the list's form gives them.
    """
    parts = list(dict.fromkeys(_parts(text) for text in chosen))
    with config().database.read() as connection:
        known = task_names(connection, actor(), {task for _report, task, _version in parts})
    return [_piece(*part, known.get(part[1], (0, ""))) for part in parts]


def _piece(report: int, task: int, version: int, named: tuple[int, str]) -> Piece:
    number, objective = named
    label = f"{_('任务%(number)s') % {'number': number or '…'}} {objective}".strip()
    key, about = f"receive:{report}", ("report", str(report))
    work = partial(move_at_once, task, "receive_report", key, about, version=version)
    return Piece(label, url_for("tasks.page", task=task), work)


def _parts(text: str) -> tuple[int, int, int]:
    match [number_in(part) for part in text.split("-")]:
        case [int(report), int(task), int(version)]:
            return report, task, version
    return 0, 0, 0
