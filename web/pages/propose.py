"""Proposing a move, and revising what was proposed: one form per move, built from its declaration."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from engine.bundle import Bundle
from engine.commands import Command, Propose, Revise
from engine.errors import NotFoundError
from engine.reasons import Refusal, RefusedError, deny
from storage.queries.task.belonging import task_of_proposal
from web.actor import actor
from web.carrying import carry_out
from web.context import config, today, wording
from web.errors import reasons_of, status_of, status_of_refusal
from web.forms.again import handed_in_before
from web.forms.asking import Asked, first_of
from web.forms.building import build_bundle
from web.forms.content import Content
from web.forms.drafts import Draft, Slot
from web.forms.made import made_documents
from web.forms.prefill import content_of
from web.forms.showing import Answer, show, show_impossible
from web.forms.spec import FORMS
from web.forms.taking import Taken, take
from web.forms.together import further
from web.language import gettext as _
from web.many import Outcome, answer, do_each
from web.numbers import number_in
from web.pages.proposals import reading_of
from web.permissions import Permission, permitted
from web.reading.task import read_task
from workflows.extension.vocabulary import Trigger as ExtensionTrigger

blueprint = Blueprint("propose", __name__)

_SEE_OTHER = 303


@blueprint.get("/tasks/<int:task>/propose/<trigger>")
@permitted(Permission.PROPOSAL_PROPOSE)
def form(task: int, trigger: str) -> Answer:
    """Show the form of a move, with what is known already and what was typed before."""
    asked = _asked(task, trigger)
    return show_impossible(asked) or show(asked, asked.slot.find(asked.first))


@blueprint.post("/tasks/<int:task>/propose/<trigger>")
@permitted(Permission.PROPOSAL_PROPOSE)
def propose(task: int, trigger: str) -> Answer:
    """Keep what was handed in, and propose the move unless it was only to be saved."""
    return _handle(_asked(task, trigger))


@blueprint.get("/proposals/<int:proposal>/revise")
@permitted(Permission.PROPOSAL_PROPOSE)
def revision(proposal: int) -> Answer:
    """Show the form of an open proposal, to be revised."""
    asked = _revising(proposal)
    return show_impossible(asked) or show(asked, asked.slot.find(asked.first))


@blueprint.post("/proposals/<int:proposal>/revise")
@permitted(Permission.PROPOSAL_PROPOSE)
def revise(proposal: int) -> Answer:
    """Keep what was handed in, and replace the proposal's content unless it was only to be saved."""
    return _revised_before(proposal) or _handle(_revising(proposal))


def _asked(task: int, trigger: str) -> Asked:
    if trigger not in FORMS:
        raise NotFoundError("trigger_unknown", trigger=trigger)
    reading = read_task(config().database, actor(), task, today())
    if trigger in set(ExtensionTrigger):
        reading = reading.of_extension()
    first = first_of(trigger, FORMS[trigger], reading)
    return Asked(trigger, FORMS[trigger], reading, Slot(actor(), task, trigger), first)


def _revising(proposal: int) -> Asked:
    with config().database.read() as connection:
        task = task_of_proposal(connection, actor(), proposal)
    reading = read_task(config().database, actor(), task, today()).about(proposal)
    opened = reading.facts.proposal
    if opened is None or opened.identifier != proposal:
        latest = reading.case.task.latest
        reason = deny("proposal_closed", person=latest.person, at=latest.at, action=latest.action)
        raise RefusedError(Refusal((reason,)))
    bundle = opened.bundle
    spec = FORMS[bundle.trigger]
    slot = Slot(actor(), task, f"revise.{proposal}")
    return Asked(bundle.trigger, spec, reading, slot, content_of(bundle, spec), opened)


def _handle(asked: Asked) -> Answer:
    key, action = asked.key_of(request.form), request.form.get("action", "submit")
    if action == "discard":
        asked.slot.forget()
        flash(_("草稿已丢弃。"), "success")
        return redirect(asked.task_page, _SEE_OTHER)
    earlier = asked.slot.used_for(key) if asked.revised is None else None
    if earlier is not None:
        return _again(asked, earlier, key)
    before = asked.slot.find(asked.first).content
    taken = take(asked.form, before, request.form, request.files, config().blobs, config().file_limit)
    draft = asked.slot.keep(taken, key)
    if taken.reasons:
        return show(asked, draft, tuple(taken.reasons), _status(taken))
    if action == "save":
        flash(_("已保存，可以继续填写。"), "success")
        return redirect(request.path, _SEE_OTHER)
    try:
        return _submit(asked, draft)
    except RefusedError as refused:
        return show(asked.afresh(), draft, reasons_of(refused), status_of(refused))


def _status(taken: Taken) -> int:
    return status_of(taken.failed) if taken.failed else status_of_refusal(taken.reasons[0].code)


def _submit(asked: Asked, draft: Draft) -> Answer:
    documents = made_documents(asked, draft.content)
    bundle = build_bundle(asked.trigger, asked.form, draft.content, asked.reading, documents)
    word = wording().word("trigger", asked.trigger)
    receipt = carry_out(asked.task, _command(asked, bundle, draft.key))
    asked.slot.forget()
    if receipt.moved:
        flash(_("“%(what)s”已办理。") % {"what": word}, "success")
    else:
        flash(_("已提请“%(what)s”，等待签批。") % {"what": word}, "success")
    return _with_further(asked, draft.content, draft.key)


def _again(asked: Asked, earlier: Bundle, key: str) -> Answer:
    """Answer a form that was handed in before; what was interrupted behind it is done now.

    Raises:
        RefusedError: It says something else than before.
    """
    content = handed_in_before(asked, earlier)
    if content is None:
        raise RefusedError(Refusal((deny("key_reused"),)))
    flash(_("这份提请已经提交过，没有重复办理。"), "info")
    return _with_further(asked, content, key)


def _revised_before(proposal: int) -> Response | None:
    """Answer a revision that was handed in before, whatever became of the proposal since."""
    shown, asked = number_in(request.form.get("revision")), request.form.get("action", "submit")
    if shown is None or asked != "submit":
        return None
    reading = reading_of(proposal)
    mine = [row for row in reading.revisions if (row.proposal, row.proposer) == (proposal, actor().person)]
    row = next((row for row in mine if row.revision == shown + 1), None)
    if row is None:
        return None
    earlier = Bundle.from_text(row.bundle)
    spec, slot = FORMS[earlier.trigger], Slot(actor(), reading.head.task, f"revise.{proposal}")
    again = Asked(earlier.trigger, spec, reading, slot, content_of(earlier, spec))
    if handed_in_before(again, earlier) is None:
        return None
    slot.forget()
    flash(_("这份提请已经提交过，没有重复办理。"), "info")
    return redirect(again.task_page, _SEE_OTHER)


def _with_further(asked: Asked, content: Content, key: str) -> Answer:
    """Propose the same for the further tasks that were chosen, and list what came of each."""
    pieces = further(asked, content, key, request.form.getlist("also"))
    if not pieces:
        return redirect(asked.task_page, _SEE_OTHER)
    head, word = asked.reading.head, wording().word("trigger", asked.trigger)
    label = _("任务%(number)s") % {"number": head.number} + f" {head.objective}"
    outcomes = (Outcome(label, asked.task_page, HTTPStatus.OK), *do_each(pieces))
    return answer(word, _("已提请%(done)s项，共%(all)s项。"), outcomes, (asked.task_page, _("返回任务")))


def _command(asked: Asked, bundle: Bundle, key: str) -> Command:
    if asked.revised is None:
        return Propose(bundle, number_in(request.form.get("version")) or 0, key)
    return Revise(asked.revised.identifier, number_in(request.form.get("revision")) or 0, bundle)
