"""The handler's first screen: the next date, what is still missing for it, one button."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.reasons import Reason
from storage.queries.lines import task_names
from storage.queries.progress import led_tasks, progress_of
from web.actor import actor
from web.at_once import move_at_once
from web.context import config, wording
from web.home import render_home
from web.language import gettext as _
from web.lights import Shown, shown
from web.links import propose_page, task_page
from web.many import Piece, answer, do_each
from web.numbers import number_in
from web.permissions import Permission, permitted
from workflows.rectification.lacking import lacking
from workflows.rectification.records.progress import TaskProgress, Waiting
from workflows.rectification.vocabulary import Role

blueprint = Blueprint("handler", __name__, url_prefix="/handler")

_MISSING_SHOWN = 6
_RECEIPT = "acknowledge"


@dataclass(frozen=True, slots=True)
class Errand:
    """A task with the department's next move.

    Attributes:
        row: The task and its light.
        trigger: The next move; None where the department has nothing to do.
        missing: What is missing for it, in the reader's words.
        more: How many further things are missing.
        waiting: The open proposal, where one waits.
        begun: Whether the reader has begun the form.
        href: Where the button leads.
    """

    row: Shown
    trigger: str | None
    missing: tuple[str, ...]
    more: int
    waiting: Waiting | None
    begun: bool
    href: str


@blueprint.get("/")
@permitted(Permission.INBOX_READ)
def index() -> str:
    """Show what the handler's departments have to do next."""
    with config().database.read() as connection:
        lines = led_tasks(connection, actor(), Role.HANDLER)
        progress = progress_of(connection, actor(), lines)
    errands = [_errand(row, progress[row.line.task]) for row in shown(lines)]
    pressing = [errand for errand in errands if errand.trigger]
    first = pressing[0] if pressing else None
    others = [errand for errand in errands if errand is not first]
    fresh = [errand for errand in errands if errand.trigger == _RECEIPT]
    # One alone is acknowledged by its own form, which asks for objections as well.
    return render_home("home/handler.html", first=first, others=others, fresh=fresh if fresh[1:] else [])


@blueprint.post("/acknowledge")
@permitted(Permission.PROPOSAL_PROPOSE)
def acknowledge() -> Response | tuple[str, int]:
    """Acknowledge the tasks that were ticked without an objection, each in a transaction of its own."""
    chosen = [task for task in dict.fromkeys(map(number_in, request.form.getlist("task"))) if task]
    if not chosen:
        flash(_("请先勾选要签收的任务。"), "warning")
        return redirect(url_for("handler.index"))
    with config().database.read() as connection:
        known = task_names(connection, actor(), chosen)
    outcomes = do_each(_piece(task, *known.get(task, (0, ""))) for task in chosen)
    return answer(_("签收任务"), _("已签收%(done)s项，共%(all)s项。"), outcomes)


def _piece(task: int, number: int, objective: str) -> Piece:
    label = f"{_('任务%(number)s') % {'number': number or '…'}} {objective}".strip()
    return Piece(label, task_page(task), partial(move_at_once, task, _RECEIPT, f"{_RECEIPT}:{task}"))


def _errand(row: Shown, progress: TaskProgress) -> Errand:
    found = lacking(row.line.next_kind, progress)
    sentences = _sentences(found.missing)
    return Errand(
        row=row,
        trigger=found.trigger,
        missing=tuple(sentences[:_MISSING_SHOWN]),
        more=max(0, len(sentences) - _MISSING_SHOWN),
        waiting=progress.waiting,
        begun=found.trigger in progress.begun,
        href=propose_page(row.line.task, found.trigger) if found.trigger else task_page(row.line.task),
    )


def _sentences(reasons: tuple[Reason, ...]) -> list[str]:
    words = wording()
    return [words.reason(reason) for reason in reasons]
