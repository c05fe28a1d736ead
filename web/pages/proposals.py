"""One proposal: exactly what is signed, who signed and who is next; sending it back, withdrawing it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from engine.commands import SendBack, Withdraw
from engine.errors import NotFoundError
from engine.options import proposal_options
from engine.reasons import RefusedError
from storage.queries.task.belonging import task_of_proposal
from web.actions import proposal_actions
from web.actor import actor
from web.carrying import carry_out
from web.context import config, today, wording
from web.errors import explain, reasons_of, status_of, status_of_refusal
from web.language import gettext as _
from web.lengths import unless_short
from web.numbers import SMALL, number_in
from web.pages.tasks import around_of
from web.permissions import Permission, permitted
from web.reading.proposals import RevisionView, revision_view
from web.reading.task import TaskReading, read_task
from web.wording import Wording
from workflows.documents.qr import qr_svg

blueprint = Blueprint("proposals", __name__, url_prefix="/proposals")

_SEE_OTHER = 303


@blueprint.get("/<int:proposal>")
@permitted(Permission.TASK_READ)
def page(proposal: int) -> str:
    """Show a proposal in its newest revision, or in the one that is asked for."""
    reading = reading_of(proposal)
    return _page(proposal, reading, [])


@blueprint.get("/<int:proposal>/<int:revision>/bundle.json")
@permitted(Permission.TASK_READ)
def bundle(proposal: int, revision: int) -> Response:
    """Hand out the text whose SHA-256 people sign, byte for byte, so that anybody can compute it again."""
    reading = reading_of(proposal)
    row = next((r for r in reading.revisions if (r.proposal, r.revision) == (proposal, revision)), None)
    if row is None:
        raise NotFoundError("proposal_not_found", proposal=proposal)
    response = Response(row.bundle.encode(), mimetype="application/json")
    name = f"proposal-{proposal}-{revision}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/<int:proposal>/sheet")
@permitted(Permission.TASK_READ)
def sheet(proposal: int) -> str:
    """Show the sign-off sheet, to be printed and signed by hand: content, digest, a box per seat."""
    reading = reading_of(proposal)
    view = shown_revision(proposal, reading, request.args.get("revision"))
    place = url_for("proposals.page", proposal=proposal, revision=view.row.revision)
    code = qr_svg(f"{config().base_url}{place}#{view.content.digest}", _("扫码核对"))
    return render_template(
        "proposals/sheet.html",
        reading=reading,
        view=view,
        words=wording(reading.names),
        code=Markup(code),  # noqa: S704  # Drawn by us, of an address of ours.
    )


@blueprint.post("/<int:proposal>/send-back")
@permitted(Permission.PROPOSAL_SIGN)
def send_back(proposal: int) -> Answer | tuple[str, int]:
    """Send the proposal back with a reason: to who proposed it, which ends it, or to an earlier stage."""
    reading = reading_of(proposal)
    command = SendBack(
        proposal,
        _number("revision"),
        request.form.get("reason", ""),
        to_stage=number_in(request.form.get("to_stage"), SMALL),
        on_behalf_of=number_in(request.form.get("principal")),
        returned=number_in(request.form.get("returned"), SMALL),
    )
    long = unless_short(command.reason)
    if long is not None:
        return _page(proposal, reading, explain((long,))), status_of_refusal(long.code)
    try:
        carry_out(reading.head.task, command)
    except RefusedError as refused:
        return _page(proposal, reading_of(proposal), explain(reasons_of(refused))), status_of(refused)
    if command.to_stage is None:
        flash(_("已退回，提请人会收到通知。"), "success")
    else:
        flash(_("已退回前面的环节重签，有关的人会收到通知。"), "success")
    return redirect(url_for("tasks.page", task=reading.head.task), _SEE_OTHER)


@blueprint.post("/<int:proposal>/withdraw")
@permitted(Permission.PROPOSAL_PROPOSE)
def withdraw(proposal: int) -> Answer | tuple[str, int]:
    """Withdraw one's own proposal before anybody signed it."""
    reading = reading_of(proposal)
    try:
        carry_out(reading.head.task, Withdraw(proposal, _number("revision")))
    except RefusedError as refused:
        return _page(proposal, reading_of(proposal), explain(reasons_of(refused))), status_of(refused)
    flash(_("提请已撤回。"), "success")
    return redirect(url_for("tasks.page", task=reading.head.task), _SEE_OTHER)


def reading_of(proposal: int) -> TaskReading:
    """Read the task a proposal is about, with the proposal's own subject.

    Raises:
        NotFoundError: There is no such proposal that this person may see.
    """
    with config().database.read() as connection:
        task = task_of_proposal(connection, actor(), proposal)
    return read_task(config().database, actor(), task, today()).about(proposal)


def shown_revision(proposal: int, reading: TaskReading, wanted: str | None) -> RevisionView:
    """Give the revision of a proposal that is to be shown; the newest one where none is asked for.

    Raises:
        NotFoundError: It has no such revision.
    """
    rows = [row for row in reading.revisions if row.proposal == proposal]
    found = next((row for row in rows if str(row.revision) == wanted or (not wanted and row.newest)), None)
    if found is None:
        raise NotFoundError("proposal_not_found", proposal=proposal)
    return revision_view(found, reading.seats, reading.signatures, around_of(reading))


def _page(proposal: int, reading: TaskReading, sentences: list[str]) -> str:
    words = wording(reading.names)
    view = shown_revision(proposal, reading, request.args.get("revision"))
    actions = proposal_actions(reading, actor(), words, current_user.permissions) if view.open else []
    return render_template(
        "proposals/page.html",
        reading=reading,
        view=view,
        words=words,
        sentences=sentences,
        actions=actions,
        possible={action.name for action in actions if action.possible},
        revisions=[row for row in reading.revisions if row.proposal == proposal],
        papers=[row for row in reading.papers if row.proposal == proposal],
        returned=reading.facts.proposal.returned if reading.facts.proposal else 0,
        principals=_principals(reading) if view.open else (),
        back_to=_back_to(reading, view, words) if view.open else [],
        may_register=Permission.PAPER_REGISTER in current_user.permissions and view.open,
    )


def _principals(reading: TaskReading) -> tuple[int, ...]:
    """Give in whose place the reader may sign it or send it back."""
    found = proposal_options(reading.workflow, reading.facts, actor())
    return next((option.principals for option in found if option.action == "send_back"), ())


def _back_to(reading: TaskReading, view: RevisionView, words: Wording) -> list[tuple[str, str]]:
    """Give where the proposal can be sent back to, where there is a choice."""
    found = proposal_options(reading.workflow, reading.facts, actor())
    stages = next((option.stages for option in found if option.action == "send_back"), ())
    roles = {item.seat.stage: words.word("role", item.seat.role) for item in view.seats}
    earlier = [(str(stage), _("%(role)s重签，提请保留") % {"role": roles[stage]}) for stage in stages]
    return [("", _("提请人，提请终止")), *earlier] if earlier else []


def _number(name: str) -> int:
    return number_in(request.form.get(name)) or 0
