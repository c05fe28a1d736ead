"""The pages of the mailbox: the list by recipient, and one mail as text, as a page and as it arrived.

They stand outside the product's own pages but in their frame, under the same headers. Whoever reaches this
machine may read them: a demonstration holds nobody's mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Flask, Response, abort, render_template, request, url_for

from cli.demo.mailbox.letters import Letter, Letters
from cli.demo.mailbox.safe_html import safe
from web.language import reader_language
from web.permissions import Permission, permitted

ADDRESS: Final = "/demo/mailbox"
"""Where the list is found."""

_PER_PAGE: Final = 40
_LAST_PAGE: Final = 10_000


def register(app: Flask, letters: Letters, people: Mapping[str, str]) -> None:
    """Add the pages to the application.

    Args:
        app: The product's application.
        letters: The mails.
        people: Names by address, for the list.
    """
    blueprint = Blueprint("mailbox", __name__, url_prefix=ADDRESS, template_folder="templates")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {"say": _say, "name_of": lambda address: people.get(address, address)}

    @blueprint.get("")
    @permitted(Permission.PUBLIC)
    def index() -> str:
        to, page = request.args.get("to", ""), _page()
        found = letters.newest(to, (page - 1) * _PER_PAGE, _PER_PAGE + 1)
        counts = sorted(letters.counts().items(), key=lambda item: people.get(item[0], item[0]))
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
        found = _found(letters.read(number))
        return render_template("mailbox/letter.html", letter=found, page=safe(found.html))

    @blueprint.get("/<int:number>.eml")
    @permitted(Permission.PUBLIC)
    def raw(number: int) -> Response:
        found = letters.raw(number)
        if found is None:
            abort(404)
        answer = Response(found, mimetype="message/rfc822")
        answer.headers["Content-Disposition"] = f'attachment; filename="{number:06d}.eml"'
        return answer

    app.register_blueprint(blueprint)


def _found(letter: Letter | None) -> Letter:
    if letter is None:
        abort(404)
    return letter


def _page() -> int:
    wanted = request.args.get("page", "1")
    return min(max(int(wanted), 1), _LAST_PAGE) if wanted.isascii() and wanted.isdecimal() else 1


def _address(to: str, page: int) -> str:
    # A value of None leaves its name out of the address.
    return url_for("mailbox.index", to=to or None, page=page if page > 1 else None)


def _say(zh: str, en: str) -> str:
    """Give one of two texts; the demonstration's few words need no catalogue."""
    return zh if reader_language() == "zh" else en
