"""Proposing a move, and revising what was proposed: one form per move, built from its declaration."""

from __future__ import annotations

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
from web.forms.asking import Asked, first_of
from web.forms.building import build_bundle
from web.forms.drafts import Draft, Slot
from web.forms.made import made_documents
from web.forms.prefill import content_of
from web.forms.showing import Answer, show, show_impossible
from web.forms.spec import FORMS
from web.forms.taking import Taken, take
from web.forms.together import propose_together
from web.language import gettext as _
from web.numbers import number_in
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
    return _handle(_revising(proposal))


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
    if asked.revised is None and asked.slot.used(key):
        flash(_("这份提请已经提交过，没有重复办理。"), "info")
        return redirect(asked.task_page, _SEE_OTHER)
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


def _submit(asked: Asked, draft: Draft) -> Response:
    documents = made_documents(asked, draft.content)
    bundle = build_bundle(asked.trigger, asked.form, draft.content, asked.reading, documents)
    word = wording().word("trigger", asked.trigger)
    if asked.repeats(bundle.digest, request.form):
        asked.slot.forget()
        return redirect(asked.task_page, _SEE_OTHER)
    receipt = carry_out(asked.task, _command(asked, bundle, draft.key))
    asked.slot.forget()
    if receipt.moved:
        flash(_("“%(what)s”已办理。") % {"what": word}, "success")
    else:
        flash(_("已提请“%(what)s”，等待签批。") % {"what": word}, "success")
    propose_together(asked, draft, request.form.getlist("also"))
    return redirect(asked.task_page, _SEE_OTHER)


def _command(asked: Asked, bundle: Bundle, key: str) -> Command:
    if asked.revised is None:
        return Propose(bundle, number_in(request.form.get("version")) or 0, key)
    return Revise(asked.revised.identifier, number_in(request.form.get("revision")) or 0, bundle)
