"""The ledger (台账): every task one may see, with filters that live in the address, and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for

from storage.queries.choices import departments, leaders, plans
from storage.queries.ledger import COUNTED, Key, LedgerFilter, count, page
from web.actor import actor
from web.context import config, today, wording
from web.lights import shown
from web.permissions import Permission, permitted
from workflows.rectification.vocabulary import State, TaskKind

blueprint = Blueprint("ledger", __name__, url_prefix="/ledger")

PAGE = 50
"""Lines of one page."""

_TOO_LONG = 16


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
        export=None,
        states=[(state, words.word("state", state)) for state in State],
        kinds=[(kind, words.word("task_kind", kind)) for kind in TaskKind],
        **choices,
    )


def filter_of(given: Mapping[str, str]) -> LedgerFilter:
    """Read the filters from an address; what is no value of a filter narrows nothing."""
    state, kind, due = given.get("state", ""), given.get("kind", ""), given.get("due", "")
    return LedgerFilter(
        plan=_number(given.get("plan")),
        state=state if state in set(State) else "",
        department=_number(given.get("department")),
        leader=_number(given.get("leader")),
        kind=kind if kind in set(TaskKind) else "",
        due=due if due in {"overdue", "week", "month"} else "",
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
        "words": narrowed.words,
    }
    return {name: value for name, value in values.items() if value}


def _number(value: str | None) -> int | None:
    # A longer number than any identifier would not fit into the database's column.
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < _TOO_LONG else None


def _key(text: str) -> Key | None:
    parts = [_number(part) for part in text.split("-")]
    match parts:
        case [int(year), int(plan), int(number)]:
            return Key(year, plan, number)
    return None
