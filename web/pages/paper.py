"""Signatures on paper (纸质签批补录): one person registers the signed scan, a second one confirms it."""

from __future__ import annotations

from http import HTTPStatus
from typing import BinaryIO, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import Method, Proof, Sign
from engine.facts import OpenProposal
from engine.reasons import Reason, Refusal, RefusedError, deny
from storage.blob_index import keep_blob
from storage.paper_store import CONFIRMED, REGISTERED, REJECTED, NewPaper, decide_paper, register_paper
from storage.queries.task.papers import PaperRow
from storage.queries.task.papers import paper as find_paper
from web.actor import actor
from web.carrying import carry_out
from web.context import config, now, today, wording
from web.errors import explain, reasons_of, status_of, status_of_refusal
from web.language import gettext as _
from web.lengths import LONGEST_OPINION, unless_short
from web.numbers import day_in
from web.pages.proposals import reading_of, shown_revision
from web.permissions import Permission, permitted
from web.reading.task import TaskReading
from web.uploads import why_refused
from workflows.evidence.check import check_file
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.records import Blob, FileType
from workflows.rectification.papers import (
    Signer,
    possible_signers,
    unless_confirmable,
    unless_registrable,
)

blueprint = Blueprint("paper", __name__)

SCANS = (FileType.PDF, FileType.OFD, FileType.JPG, FileType.PNG)
"""What a scan may be."""

_SEE_OTHER = 303
Answer = Response | str | tuple[str, int]


@blueprint.get("/proposals/<int:proposal>/paper")
@permitted(Permission.PAPER_REGISTER)
def register(proposal: int) -> Answer:
    """Ask for the scan of a signed sheet."""
    reading = reading_of(proposal)
    _opened(proposal, reading)
    return _form(proposal, reading, ())


@blueprint.post("/proposals/<int:proposal>/paper")
@permitted(Permission.PAPER_REGISTER)
def registered(proposal: int) -> Answer:
    """Keep the scan and wait for a second person."""
    reading = reading_of(proposal)
    opened = _opened(proposal, reading)
    signer, signed_on = _signer(reading), day_in(request.form.get("signed_on"))
    reasons = unless_registrable(_possible(reading), signer, signed_on, today())
    if request.form.get("digest") != opened.bundle.digest:
        reasons = (deny("revision_changed", **_change(reading)), *reasons)
    opinion = request.form.get("opinion", "").strip()
    long = unless_short(opinion, LONGEST_OPINION)
    reasons += (long,) if long is not None else ()
    blob, name, refused = _scan()
    reasons += refused
    if reasons or blob is None or signed_on is None or signer is None:
        return _form(proposal, reading, reasons)
    new = NewPaper(
        task=reading.head.task,
        proposal=proposal,
        revision=opened.revision,
        digest=opened.bundle.digest,
        signer=signer[0],
        on_behalf_of=signer[1],
        signed_on=signed_on,
        scan_digest=blob.digest,
        scan_name=name,
        opinion=opinion,
    )
    with config().database.write() as connection:
        keep_blob(connection, blob, now())
        number = register_paper(connection, new, actor(), now())
    flash(_("已登记，须由另一人确认后才算签批。"), "success")
    return redirect(url_for("paper.page", paper=number), _SEE_OTHER)


@blueprint.get("/papers/<int:paper>")
@permitted(Permission.TASK_READ)
def page(paper: int) -> Answer:
    """Show a registered sheet beside what it is about."""
    return _page(_found(paper), ())


@blueprint.post("/papers/<int:paper>")
@permitted(Permission.PAPER_CONFIRM)
def decide(paper: int) -> Answer:
    """Confirm a registered sheet as the signature it shows, or reject it."""
    row = _found(paper)
    rejected = request.form.get("action") == "reject"
    asked = REJECTED if rejected else CONFIRMED
    if (row.state, row.decided_by) == (asked, actor().person):
        # The same person found the same before: the form was handed in twice.
        return _told(row, asked)
    reasons = _obstacles(row, reading_of(row.proposal))
    if reasons:
        return _page(row, reasons)
    if rejected:
        return _decided(row, REJECTED)
    proof = Proof(Method.PAPER, (row.digest,), row.scan_digest, row.registered_by)
    try:
        carry_out(row.task, _signature(row, proof))
    except RefusedError as refused:
        return _page(row, reasons_of(refused), status_of(refused))
    return _decided(row, CONFIRMED)


def _signature(row: PaperRow, proof: Proof) -> Sign:
    return Sign(
        row.proposal,
        row.revision,
        row.digest,
        proof,
        row.opinion,
        signer=row.signer,
        on_behalf_of=row.on_behalf_of,
    )


def _possible(reading: TaskReading) -> tuple[Signer, ...]:
    return possible_signers(reading.workflow.definition, reading.facts)


def _signer(reading: TaskReading) -> Signer | None:
    """Give whom the form names; a delegate is named with their principal."""
    typed = request.form.get("signer", "")
    return next((signer for signer in _possible(reading) if _named(signer) == typed), None)


def _named(signer: Signer) -> str:
    person, principal = signer
    return str(person) if principal is None else f"{person}-{principal}"


def _decided(row: PaperRow, state: str) -> Answer:
    with config().database.write() as connection:
        first = decide_paper(connection, row.task, row.paper, state, actor(), now())
    if not first:
        found = _found(row.paper)
        return _page(found, (deny("paper_already_decided", person=found.decided_by, at=found.decided_at),))
    return _told(row, state)


def _told(row: PaperRow, state: str) -> Answer:
    confirmed = state == CONFIRMED
    flash(_("已确认，这份纸质签批已经生效。") if confirmed else _("已驳回这份纸质签批。"), "success")
    return redirect(url_for("tasks.page", task=row.task), _SEE_OTHER)


def _found(paper: int) -> PaperRow:
    with config().database.read() as connection:
        return find_paper(connection, actor(), paper)


def _opened(proposal: int, reading: TaskReading) -> OpenProposal:
    opened = reading.facts.proposal
    if opened is None or opened.identifier != proposal:
        latest = reading.case.task.latest
        reason = deny("proposal_closed", person=latest.person, at=latest.at, action=latest.action)
        raise RefusedError(Refusal((reason,)))
    return opened


def _obstacles(row: PaperRow, reading: TaskReading) -> tuple[Reason, ...]:
    if row.state != REGISTERED:
        return (deny("paper_already_decided", person=row.decided_by, at=row.decided_at),)
    proposer = next(r.proposer for r in reading.revisions if r.proposal == row.proposal)
    return unless_confirmable(proposer, row.signer, row.registered_by, actor().person)


def _scan() -> tuple[Blob | None, str, tuple[Reason, ...]]:
    upload = request.files.get("scan")
    if upload is None or not upload.filename:
        return None, "", (deny("paper_scan_missing"),)
    stream = cast("BinaryIO", upload.stream)
    try:
        checked = check_file(upload.filename, stream, SCANS)
        return config().blobs.put(stream, config().file_limit), checked.name, ()
    except FileRefusedError as error:
        return None, "", (why_refused(error, upload.filename),)


def _change(reading: TaskReading) -> dict[str, object]:
    row = reading.open_revision
    return {} if row is None else {"revision": row.revision, "person": row.proposer, "at": row.at}


def _form(proposal: int, reading: TaskReading, reasons: tuple[Reason, ...]) -> tuple[str, int]:
    words = wording(reading.names)
    page = render_template(
        "paper/register.html",
        reading=reading,
        view=shown_revision(proposal, reading, None),
        words=words,
        waiting=[(_named(signer), words.person(*signer)) for signer in _possible(reading)],
        typed=request.form,
        sentences=explain(reasons),
        today=today(),
    )
    return page, int(status_of_refusal(reasons[0].code) if reasons else HTTPStatus.OK)


def _page(row: PaperRow, reasons: tuple[Reason, ...], status: int | None = None) -> tuple[str, int]:
    reading = reading_of(row.proposal)
    view = shown_revision(row.proposal, reading, str(row.revision))
    obstacles = _obstacles(row, reading)
    page = render_template(
        "paper/page.html",
        reading=reading,
        row=row,
        view=view,
        words=wording(reading.names),
        sentences=explain(reasons),
        obstacles=explain(obstacles),
    )
    chosen = status or (status_of_refusal(reasons[0].code) if reasons else HTTPStatus.OK)
    return page, int(chosen)
