"""The pages of the mailbox: the list by recipient, and one mail as text, as a page and as it arrived.

They stand outside the product's own pages but in their frame, under the same headers. Whoever reaches this
machine may read them: a demonstration holds nobody's mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request, url_for

from cli.demo.mailbox.letters import Letters
from cli.demo.mailbox.safe_html import safe
from web.language import reader_language
from web.numbers import SMALL, number_in
from web.permissions import Permission, permitted

ADDRESS: Final = "/demo/mailbox"
"""Where the list is found."""

_EXTENSION: Final = "zhenggai-mailbox"
_PER_PAGE: Final = 40
_LAST_PAGE: Final = 10_000
_Thing = TypeVar("_Thing")


blueprint = Blueprint("mailbox", __name__, url_prefix=ADDRESS, template_folder="templates")


@dataclass(frozen=True, slots=True)
class _Box:
    letters: Letters
    people: Mapping[str, str]


def register(app: Flask, letters: Letters, people: Mapping[str, str]) -> None:
    """Add the pages to the application.

    Args:
        app: The product's application.
        letters: The mails.
        people: Names by address, for the list.
    """
    app.extensions[_EXTENSION] = _Box(letters, people)
    app.register_blueprint(blueprint)


@blueprint.context_processor
def words() -> dict[str, object]:
    """Give the templates their words and the names of recipients."""
    people = _box().people
    return {"say": _say, "name_of": lambda address: people.get(address, address)}


@blueprint.get("")
@permitted(Permission.PUBLIC)
def index() -> str:
    """Show the list, the newest first."""
    box, to, page = _box(), request.args.get("to", ""), wanted_page()
    found = box.letters.newest(to, (page - 1) * _PER_PAGE, _PER_PAGE + 1)
    counts = sorted(box.letters.counts().items(), key=lambda item: box.people.get(item[0], item[0]))
    return render_template(
        "mailbox/list.html",
        letters=found[:_PER_PAGE],
        to=to,
        counts=counts,
        total=sum(count for _, count in counts),
        previous=_address(to, page - 1) if page > 1 else "",
        following=_address(to, page + 1) if len(found) > _PER_PAGE else "",
    )


@blueprint.get("/<int:number>")
@permitted(Permission.PUBLIC)
def letter(number: int) -> str:
    """Show one mail."""
    found = _found(_box().letters.read(number))
    return render_template("mailbox/letter.html", letter=found, page=safe(found.html))


@blueprint.get("/<int:number>.eml")
@permitted(Permission.PUBLIC)
def raw(number: int) -> Response:
    """Hand out one mail exactly as it arrived."""
    answer = Response(_found(_box().letters.raw(number)), mimetype="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{number:06d}.eml"'
    return answer


def _box() -> _Box:
    found: _Box = current_app.extensions[_EXTENSION]
    return found


def _found(thing: _Thing | None) -> _Thing:
    if thing is None:
        abort(404)
    return thing


def wanted_page() -> int:
    """Give the page of the list that is asked for, the first where none is."""
    return min(number_in(request.args.get("page"), SMALL) or 1, _LAST_PAGE)


def _address(to: str, page: int) -> str:
    # A value of None leaves its name out of the address.
    return url_for("mailbox.index", to=to or None, page=page if page > 1 else None)


def _say(zh: str, en: str) -> str:
    """Give one of two texts; the demonstration's few words need no catalogue."""
    return zh if reader_language() == "zh" else en
