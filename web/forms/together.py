"""Proposes the same for further tasks, each in its own transaction: one publication may serve many."""

from __future__ import annotations

from functools import partial

from flask import url_for

from engine.commands import Propose
from storage.queries.lines import task_names
from web.actor import actor
from web.carrying import carry_out
from web.context import config, today
from web.forms.asking import Asked
from web.forms.building import build_bundle
from web.forms.content import Content
from web.language import gettext as _
from web.many import Piece
from web.numbers import number_in
from web.reading.task import read_task


def further(asked: Asked, content: Content, key: str, chosen: list[str]) -> list[Piece]:
    """Give a piece of work for each further task that was chosen.

    Args:
        asked: The form and the task it was opened for.
        content: What was handed in.
        key: The form's key; each task has one made of it.
        chosen: The tasks' identifiers as the request names them.
    """
    if not asked.form.many or asked.revised is not None:
        return []
    tasks = [task for task in dict.fromkeys(map(number_in, chosen)) if task and task != asked.task]
    with config().database.read() as connection:
        known = task_names(connection, actor(), tasks)
    labels = {task: _("任务%(number)s") % {"number": n} + f" {what}" for task, (n, what) in known.items()}
    return [
        Piece(
            labels.get(task, _("任务%(number)s") % {"number": "…"}),
            url_for("tasks.page", task=task),
            partial(_propose, asked, content, f"{key}:{task}", task),
        )
        for task in tasks
    ]


def _propose(asked: Asked, content: Content, key: str, task: int) -> None:
    reading = read_task(config().database, actor(), task, today())
    bundle = build_bundle(asked.trigger, asked.form, content, reading)
    carry_out(task, Propose(bundle, reading.head.version, key))
