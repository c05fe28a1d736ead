"""The ledger (台账): every task one may see, with filters that live in the address, and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from storage.queries import Reading
from storage.queries.choices import departments, leaders, plans
from storage.queries.details import details
from storage.queries.ledger import COUNTED, Key, LedgerFilter, count, everything, page
from web.actor import actor
from web.context import config, today, wording
from web.exporting import ledger_record
from web.files import download
from web.language import gettext as _
from web.language import marked, reader_language
from web.lights import shown
from web.numbers import IDENTIFIER, SMALL, number_in
from web.permissions import Permission, permitted
from workflows.documents.ledger import write_ledger
from workflows.evidence.records import FileType
from workflows.rectification.vocabulary import State, TaskKind

blueprint = Blueprint("ledger", __name__, url_prefix="/ledger")

PAGE = 50
"""Lines of one page."""

EXPORTED = 5000
"""Lines of one file."""

DUE = {"overdue": marked("已逾期"), "week": marked("7天内到期"), "month": marked("30天内到期")}
"""Spans in which the next clock runs out."""


@blueprint.get("/")
@permitted(Permission.LEDGER_READ)
def index() -> str:
    """Show one page of the ledger."""
    narrowed = filter_of(request.args)
    with config().database.read() as connection:
        found = page(connection, actor(), narrowed, today(), _key(request.args.get("after", "")), PAGE)
        total = count(connection, actor(), narrowed, today())
        choices = {
            "plans": plans(connection, actor()),
            "departments": departments(connection, actor()),
            "leaders": leaders(connection, actor()),
        }
    following, words = found.following, wording()
    return render_template(
        "ledger/index.html",
        rows=shown(found.lines),
        total=min(total, COUNTED),
        longer=total > COUNTED,
        following=url_for(
            "ledger.index",
            **address_of(narrowed),
            after=f"{following.year}-{following.plan}-{following.number}",
        )
        if following
        else None,
        first=url_for("ledger.index", **address_of(narrowed)) if request.args.get("after") else None,
        narrowed=narrowed,
        spans=[(span, _(label)) for span, label in DUE.items()],
        export=url_for("ledger.export", **address_of(narrowed)),
        states=[(state, words.word("state", state)) for state in State],
        kinds=[(kind, words.word("task_kind", kind)) for kind in TaskKind],
        **choices,
    )


@blueprint.get("/export.xlsx")
@permitted(Permission.LEDGER_EXPORT)
def export() -> Response:
    """Hand out the ledger as it is filtered, as a workbook."""
    narrowed = filter_of(request.args)
    with config().database.read() as connection:
        lines = everything(connection, actor(), narrowed, today(), EXPORTED)
        words = details(connection, actor(), [line.task for line in lines])
        filters = _filters(connection, narrowed)
    record = ledger_record(shown(lines), words, _("整改任务台账"), filters)
    data = write_ledger(record, reader_language())
    return download(data, f"{_('整改任务台账')} {today().isoformat()}", FileType.XLSX)


def filter_of(given: Mapping[str, str]) -> LedgerFilter:
    """Read the filters from an address; what is no value of a filter narrows nothing."""
    state, kind, due = given.get("state", ""), given.get("kind", ""), given.get("due", "")
    return LedgerFilter(
        plan=number_in(given.get("plan")),
        state=state if state in set(State) else "",
        department=number_in(given.get("department")),
        leader=number_in(given.get("leader")),
        kind=kind if kind in set(TaskKind) else "",
        due=due if due in DUE else "",
        extended=given.get("extended") == "1",
        words=given.get("words", "").strip()[:100],
    )


def address_of(narrowed: LedgerFilter) -> dict[str, Any]:
    """Give the filters as they stand in an address; what narrows nothing is left out."""
    values = {
        "plan": narrowed.plan,
        "state": narrowed.state,
        "department": narrowed.department,
        "leader": narrowed.leader,
        "kind": narrowed.kind,
        "due": narrowed.due,
        "extended": "1" if narrowed.extended else "",
        "words": narrowed.words,
    }
    return {name: value for name, value in values.items() if value}


def _filters(connection: Reading, narrowed: LedgerFilter) -> list[str]:
    """Say in words what the ledger is narrowed to."""
    words = wording()
    named = (
        dict(plans(connection, actor())).get(narrowed.plan or 0),
        words.word("state", narrowed.state) if narrowed.state else None,
        words.word("task_kind", narrowed.kind) if narrowed.kind else None,
        dict(departments(connection, actor())).get(narrowed.department or 0),
        dict(leaders(connection, actor())).get(narrowed.leader or 0),
        _(DUE[narrowed.due]) if narrowed.due else None,
        _("延期过") if narrowed.extended else None,
        narrowed.words,
    )
    return [word for word in named if word]


def _key(text: str) -> Key | None:
    parts = text.split("-")
    # Year and number stand in columns that hold less than an identifier's.
    match [number_in(part, digits) for part, digits in zip(parts, (SMALL, IDENTIFIER, SMALL), strict=False)]:
        case [int(year), int(plan), int(number)]:
            return Key(year, plan, number)
    return None
