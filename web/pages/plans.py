"""Plans: handing a document in, confirming what was read of it, and the plans there are."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.errors import ZhenggaiError
from engine.reasons import RefusedError
from storage.blob_index import find_blob, keep_blob
from storage.plan_store import SqlPlanStore
from storage.queries.plan_list import drafts, plan_source, plans
from storage.queries.task.evidence import StoredFile
from web.actor import actor
from web.context import config, now, today
from web.errors import explain, reasons_of, status_of
from web.importing.showing import view_of
from web.importing.typing_in import typed_anew, typed_in
from web.language import gettext as _
from web.numbers import SMALL, number_in
from web.pages.evidence import hand_out
from web.permissions import Permission, permitted
from workflows.evidence.ports import BlobMissingError
from workflows.plans import confirming
from workflows.plans.handing_in import take_in
from workflows.plans.ports import DraftStaleError
from workflows.plans.sheet import changes, corrected
from workflows.plans.sources.kinds import MOST_BYTES

blueprint = Blueprint("plans", __name__, url_prefix="/plans")

Page = AnyResponse | str | tuple[str, int]


@blueprint.get("/")
@permitted(Permission.PLAN_IMPORT)
def index() -> Page:
    """Show plans, imports that wait, and the form that hands a document in."""
    return _index([])


@blueprint.post("/")
@permitted(Permission.PLAN_IMPORT)
def hand_in() -> Page:
    """Read a document and keep it for confirmation; the same file again leads to what there is of it."""
    file = request.files.get("file")
    typed = request.form.get("year", "").strip()
    data = file.read(MOST_BYTES + 1) if file else b""
    try:
        name, kept = take_in((file.filename if file else "") or "", data, _year(typed))
    except ZhenggaiError as error:
        return _index(explain(reasons_of(error))), status_of(error)
    stored = config().blobs.put(io.BytesIO(data), MOST_BYTES)
    before = _store().earlier(stored.digest, actor())
    waiting = next((item.draft for item in before if item.draft is not None), None)
    if waiting is not None:
        flash(_("这份文件已经导入过，尚未确认；请在这里继续。"), "warning")
        return redirect(url_for("plans.draft", draft=waiting))
    with config().database.write() as connection:
        keep_blob(connection, stored, now())
    draft = confirming.begin(_store(), (stored.digest, name), kept, actor(), now())
    return redirect(url_for("plans.draft", draft=draft))


@blueprint.get("/drafts/<int:draft>")
@permitted(Permission.PLAN_IMPORT)
def draft(draft: int) -> Page:
    """Show the document beside what was understood of it, questions first."""
    return _show(confirming.look(_store(), draft, actor(), today()), [])


@blueprint.post("/drafts/<int:draft>")
@permitted(Permission.PLAN_IMPORT)
def change(draft: int) -> Page:
    """Save what was typed; confirm or discard where that was asked."""
    shown = confirming.look(_store(), draft, actor(), today())
    version = number_in(request.form.get("version"), SMALL) or 0
    typed = typed_in(request.form, shown.sheet)
    action = request.form.get("action", "save")
    try:
        if action == "discard":
            confirming.discard(_store(), draft, version, actor(), now())
            flash(_("已放弃这次导入；原文件和操作记录仍然保留。"), "success")
            return redirect(url_for("plans.index"))
        version = confirming.correct(_store(), draft, version, typed, actor(), now())
        if action == "confirm":
            created = confirming.confirm(_store(), config().rules, draft, version, actor(), now())
            flash(
                _("已创建%(count)s项整改任务，并通知牵头部门和责任领导。") % {"count": len(created.tasks)},
                "success",
            )
            return redirect(url_for("ledger.index", plan=created.plan))
    except DraftStaleError as error:
        return _conflict(draft, typed, error)
    except RefusedError as error:
        again = confirming.look(_store(), draft, actor(), today())
        return _show(again, [_("还有问题没有回答，任务没有创建。")]), status_of(error)
    anchor = request.form.get("stay", "") or None
    return redirect(url_for("plans.draft", draft=draft, _anchor=anchor))


@blueprint.get("/<int:plan>/source")
@permitted(Permission.LEDGER_READ)
def source(plan: int) -> Response:
    """Hand out the file a plan came from, as it was handed in."""
    with config().database.read() as connection:
        found = plan_source(connection, actor(), plan)
        blob = find_blob(connection, found.digest)
    if blob is None:
        raise BlobMissingError(found.digest)
    return hand_out(StoredFile(blob, found.name))


def _conflict(draft: int, typed: dict[str, str], error: DraftStaleError) -> Page:
    """Show the newest version with what this person typed laid over it: nothing typed is lost."""
    newest = confirming.look(_store(), draft, actor(), today())
    own = typed_anew(request.form, typed, newest.read)
    corrections = changes(newest.read, {**newest.record.corrections, **own})
    mine = replace(newest, sheet=corrected(newest.read, corrections))
    return _show(mine, explain(reasons_of(error))), HTTPStatus.CONFLICT


def _show(confirmation: confirming.Confirmation, sentences: list[str]) -> str:
    record = confirmation.record
    before = _store().earlier(record.source_digest, actor())
    return render_template(
        "plans/draft.html",
        record=record,
        shown=json.dumps(dict(record.corrections), ensure_ascii=False),
        view=view_of(confirmation),
        sentences=sentences,
        plans_before=[item for item in before if item.plan is not None and item.plan != record.plan],
        ready=confirmation.understanding.plan is not None,
    )


def _index(sentences: list[str]) -> str:
    with config().database.read() as connection:
        found, waiting = plans(connection, actor()), drafts(connection, actor())
    return render_template("plans/index.html", plans=found, drafts=waiting, sentences=sentences)


def _year(typed: str) -> int | None:
    return number_in(typed, SMALL) if len(typed) == len("2026") else None


def _store() -> SqlPlanStore:
    return SqlPlanStore(config().database)
