"""The performance office's first screen: per date for everybody who has handed in what, what to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import Response as DownloadResponse
from werkzeug.wrappers import Response

from engine.errors import ZhenggaiError
from storage.milestone_store import SqlMilestoneStore
from storage.queries.details import details
from storage.queries.lines import lines_of
from storage.queries.milestone_board import (
    REPORT_OF,
    Box,
    MilestoneLine,
    Owed,
    Standing,
    milestones,
    owed,
    standings,
)
from storage.queries.plan_directory import directory_of
from storage.queries.stages import apart_from, to_verify
from storage.queries.to_dos import ToDoLine, open_to_dos
from storage.to_do_store import SqlToDoStore
from web.actor import actor
from web.context import config, now, today, wording
from web.errors import explain, reasons_of, status_of
from web.exporting import summary_record
from web.files import download
from web.home import render_home
from web.language import gettext as _
from web.language import reader_language
from web.lights import Shown, shown
from web.many import answer, do_each
from web.permissions import Permission, permitted
from web.receiving import pieces
from workflows.documents.milestone_table import write_milestone_table
from workflows.documents.summary import write_summary_report
from workflows.evidence.records import FileType
from workflows.milestones.deciding import decide
from workflows.milestones.records import OUTCOMES
from workflows.milestones.urging import urge
from workflows.rectification.vocabulary import Role

blueprint = Blueprint("milestones", __name__, url_prefix="/milestones")

BOARD = (Box.DUE, Box.HANDED_IN, Box.PENDING, Box.RECEIVED, Box.RETURNED, Box.MISSING, Box.LATE)
"""The numbers of the board in their order."""

SUMMARIES = (FileType.XLSX, FileType.DOCX)
"""What the summary of a date can be taken away as."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A date for everybody with its numbers; none where no report is owed by it."""

    line: MilestoneLine
    counts: tuple[tuple[Box, int], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A to-do with the task's light and the ways it may be decided."""

    item: ToDoLine
    row: Shown
    outcomes: tuple[str, ...]


@blueprint.get("/")
@permitted(Permission.MILESTONE_MANAGE)
def index() -> str:
    """Show every date with its numbers, and what is to be decided."""
    with config().database.read() as connection:
        found = milestones(connection, actor())
        plans = {item.plan for item in found}
        stand = {kind: standings(connection, actor(), plans, kind) for kind in REPORT_OF}
        to_dos = open_to_dos(connection, actor())
        verifying = to_verify(connection, actor())
    board = [
        BoardLine(item, counted(one for one in stand.get(item.kind, ()) if one.plan == item.plan))
        for item in found
    ]
    rows = shown(item.line for item in to_dos)
    return render_home(
        "home/milestones.html",
        board=board,
        decisions=[
            Decision(item, row, OUTCOMES[item.kind][: 1 if item.own else 2])
            for item, row in zip(to_dos, rows, strict=True)
        ],
        verifying=shown(verifying),
    )


@blueprint.get("/<int:plan>/<kind>")
@permitted(Permission.MILESTONE_MANAGE)
def listing(plan: int, kind: str) -> str:
    """Show the list behind a number of the board."""
    milestone, reports = _milestone(plan, kind)
    receivable = _receivable(reports)
    asked = request.args.get("box", Box.DUE)
    box = Box(asked) if asked in set(Box) else Box.DUE
    return render_template(
        "milestones/listing.html",
        milestone=milestone,
        box=box,
        counts=counted(item.standing for item in reports),
        rows=[item for item in reports if box in item.boxes(today())],
        receivable=receivable,
        officer=actor().has_role(Role.PERFORMANCE_OFFICE),
        today=today(),
    )


@blueprint.post("/<int:plan>/<kind>/urge")
@permitted(Permission.MILESTONE_MANAGE)
def urge_all(plan: int, kind: str) -> Response:
    """Urge every department whose report is missing, once a day."""
    store = SqlMilestoneStore(config().database)
    receipt = urge(store, config().rules.timetable, plan, kind, actor(), now())
    with config().database.read() as connection:
        entries = directory_of(connection, actor(), today()).departments
    names = {entry.department: entry.name for entry in entries}
    for departments, words, category in (
        (receipt.told, _("已催办：%(departments)s。"), "success"),
        (receipt.told_before, _("今天已经催办过，没有重复通知：%(departments)s。"), "info"),
        (receipt.vacant, _("没有可以通知的人，请先落实人员：%(departments)s。"), "warning"),
    ):
        if departments:
            listed = wording().listed(names.get(number, str(number)) for number in departments)
            flash(words % {"departments": listed}, category)
    return redirect(url_for("milestones.listing", plan=plan, kind=kind, box=Box.MISSING))


@blueprint.post("/<int:plan>/<kind>/receive")
@permitted(Permission.MILESTONE_MANAGE)
def receive(plan: int, kind: str) -> Response | tuple[str, int]:
    """Receive the reports that were ticked, each in a transaction of its own."""
    chosen = request.form.getlist("report")
    if not chosen:
        flash(_("请先勾选要接收的报告。"), "warning")
    else:
        outcomes = do_each(pieces(chosen))
        back = (url_for("milestones.listing", plan=plan, kind=kind, box=Box.PENDING), _("返回列表"))
        return answer(_("接收报告"), _("已接收%(done)s份，共%(all)s份。"), outcomes, back)
    return redirect(url_for("milestones.listing", plan=plan, kind=kind, box=Box.PENDING))


@blueprint.get("/<int:plan>/<kind>/summary.<form>")
@permitted(Permission.MILESTONE_MANAGE)
def summary(plan: int, kind: str, form: str) -> DownloadResponse:
    """Hand out the summary table or the summary report of a date."""
    if form not in SUMMARIES:
        abort(HTTPStatus.NOT_FOUND)
    milestone, reports = _milestone(plan, kind)
    with config().database.read() as connection:
        words = details(connection, actor(), [item.line.task for item in reports])
        entries = directory_of(connection, actor(), today()).departments
    own = actor().departments(Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD)
    office = next((entry.name for entry in entries if entry.department in own), "")
    record = summary_record(milestone, reports, words, office)
    table = form == FileType.XLSX
    data = write_milestone_table(record, reader_language()) if table else write_summary_report(record)
    kind_words = wording().word("milestone", kind)
    title = _("%(milestone)s汇总表") if table else _("%(milestone)s汇总报告")
    return download(data, f"{title % {'milestone': kind_words}} {today().isoformat()}", FileType(form))


@blueprint.post("/to_do/<int:to_do>")
@permitted(Permission.TO_DO_DECIDE)
def decide_to_do(to_do: int) -> Response | tuple[str, int]:
    """Decide what the ladder left to the office."""
    store = SqlToDoStore(config().database, config().zone)
    try:
        outcome = decide(
            store, config().rules.timetable, to_do, request.form.get("outcome", ""), actor(), now()
        )
    except ZhenggaiError as error:
        if status_of(error) is HTTPStatus.NOT_FOUND:
            raise
        flash(" ".join(explain(reasons_of(error))), "danger")
    else:
        flash(
            _("已记录决定：%(outcome)s。") % {"outcome": wording().word("to_do_outcome", outcome)}, "success"
        )
    return redirect(url_for("milestones.index"))


def counted(reports: Iterable[Standing]) -> tuple[tuple[Box, int], ...]:
    """Count the tasks of each box; nothing where no report is owed."""
    found = Counter(box for item in reports for box in item.boxes(today()))
    return tuple((box, found[box]) for box in BOARD) if found else ()


def _receivable(reports: Iterable[Owed]) -> frozenset[int]:
    """Give the tasks whose report the reader may receive; their own department's the substitute receives."""
    pending = [item.line.task for item in reports if Box.PENDING in item.boxes(today())]
    if not pending or not actor().has_role(Role.PERFORMANCE_OFFICE):
        return frozenset()
    with config().database.read() as connection:
        lines = lines_of(connection, actor(), pending, apart_from(actor(), "lead"))
    return frozenset(line.task for line in lines)


def _milestone(plan: int, kind: str) -> tuple[MilestoneLine, tuple[Owed, ...]]:
    if kind not in REPORT_OF:
        abort(HTTPStatus.NOT_FOUND)
    with config().database.read() as connection:
        found = [item for item in milestones(connection, actor(), [plan]) if item.kind == kind]
        reports = owed(connection, actor(), plan, kind)
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    return found[0], reports
