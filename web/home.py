"""What every first screen has in common: the switch between screens, what one was told and charged with."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask_login import current_user

from storage.queries.instructions import ChargeLine, to_answer
from storage.queries.notices import notices
from web.actor import actor
from web.context import config, today
from web.links import sign_page
from web.navigation import LANDINGS, Item
from web.reading.awaiting import waiting
from web.signing_list import signing_lines
from web.standing_in import standing_in
from web.telling import SHOWN_ANYHOW, told
from web.wording import Wording

_NEWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Charged:
    """A conclusion the reader has to answer, and how many days late it is."""

    line: ChargeLine
    overdue_days: int


def screens() -> list[Item]:
    """Give the first screens of whoever is logged in; empty where there is but one."""
    words = Wording(current_user.locale, config().zone)
    roles = {holding.role for holding in current_user.holdings}
    found: dict[str, list[str]] = {}
    for role, endpoint in LANDINGS:
        if role in roles and endpoint in current_app.view_functions:
            found.setdefault(endpoint, []).append(words.word("role", role))
    items = [
        Item(url_for(endpoint), words.listed(labels), current=request.endpoint == endpoint)
        for endpoint, labels in found.items()
    ]
    return items if len(items) > 1 else []


def render_home(template: str, **values: object) -> str:
    """Render a first screen with the switch and the newest unseen notices."""
    with config().database.read() as connection:
        news = notices(connection, actor(), unread=True, without=SHOWN_ANYHOW, most=_NEWS_SHOWN + 1)
        mandated = waiting(connection, actor(), today()) if actor().mandates else ()
        charged = [Charged(line, _late(line)) for line in to_answer(connection, actor())]
    return render_template(
        template,
        screens=screens(),
        news=told(news[:_NEWS_SHOWN]),
        standing=standing_in(),
        signing_for=signing_lines(item for item in mandated if item.principals),
        sign_for_page=sign_page(),
        charged=charged,
        more_news=len(news) > _NEWS_SHOWN,
        **values,
    )


def _late(line: ChargeLine) -> int:
    return max(0, (today() - line.due_on).days)
