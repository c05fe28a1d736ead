"""The inbox and its boxes: 待办, 待签, 已办, 我发起, 待阅."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from storage.notice_marks import mark_seen
from storage.queries.mine import deeds, started
from storage.queries.notices import count_unread, notices, task_of_notice
from web.actor import actor
from web.context import config, now, today
from web.errands import errands
from web.language import gettext as _
from web.language import marked
from web.links import sign_page, task_page
from web.numbers import number_in
from web.permissions import Permission, permitted
from web.reading.awaiting import count_waiting, waiting
from web.signing_list import signing_lines
from web.standing_in import errands_stood_in
from web.telling import SHOWN_ANYHOW, told

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")

BOXES: Mapping[str, str] = {
    "to_do": marked("待办"),
    "to_sign": marked("待签"),
    "done": marked("已办"),
    "started": marked("我发起"),
    "to_read": marked("待阅"),
}
"""The boxes in their order."""

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Tab:
    """A box as its tab shows it; ``count`` is None where a box is not counted."""

    box: str
    label: str
    count: int | None


@blueprint.get("/", defaults={"box": "to_do"})
@blueprint.get("/<box>")
@permitted(Permission.INBOX_READ)
def index(box: str) -> str:
    """Show one box."""
    if box not in BOXES:
        abort(404)
    for_offices = errands_stood_in()
    with config().database.read() as connection:
        to_do = errands(connection, actor()) + for_offices
        counts = {
            "to_do": len(to_do),
            "to_sign": count_waiting(connection, actor(), today()),
            "to_read": count_unread(connection, actor(), SHOWN_ANYHOW),
        }
        values: dict[str, object] = {}
        match box:
            case "to_do":
                values["errands"] = to_do
            case "to_sign":
                values["signing"] = signing_lines(waiting(connection, actor(), today()))
            case "done":
                values["deeds"] = deeds(connection, actor(), _moment(request.args.get("before")), _PAGE + 1)
            case "started":
                values["started"] = started(connection, actor(), _number("before"), _PAGE + 1)
            case _:
                news = notices(
                    connection, actor(), without=SHOWN_ANYHOW, before=_number("before"), most=_PAGE + 1
                )
                values["told"] = told(news)
    tabs = [Tab(name, _(label), counts.get(name)) for name, label in BOXES.items()]
    return render_template(
        f"inbox/{box}.html",
        tabs=tabs,
        box=box,
        size=_PAGE,
        sign_page=sign_page(),
        today=today(),
        **values,
    )


@blueprint.post("/to_read/seen")
@permitted(Permission.INBOX_READ)
def seen() -> Response:
    """Mark notices as seen: the ones ticked, or all of them."""
    only = (
        None
        if request.form.get("all")
        else [number for number in map(number_in, request.form.getlist("notice")) if number is not None]
    )
    with config().database.write() as connection:
        marked_now = mark_seen(connection, actor(), now(), only)
    flash(_("已标记%(count)s条为已阅。") % {"count": marked_now}, "success")
    return redirect(url_for("inbox.index", box="to_read"))


@blueprint.get("/notices/<int:number>")
@permitted(Permission.INBOX_READ)
def notice(number: int) -> Response:
    """Lead to what a notice is about; opening it is seeing it."""
    with config().database.write() as connection:
        about = task_of_notice(connection, actor(), number)
        mark_seen(connection, actor(), now(), [number])
    return redirect(task_page(about) if about is not None else url_for("inbox.index", box="to_read"))


def _number(name: str) -> int | None:
    return number_in(request.args.get(name))


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
