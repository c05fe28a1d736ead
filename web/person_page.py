"""The page of a person, which several changes lead back to with what was refused."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask_login import current_user

from engine.reasons import Reason
from storage.queries.account_list import person_card
from storage.queries.choices import departments
from storage.queries.directory import held_by
from web.actor import actor
from web.context import config, today, wording
from web.errors import explain
from web.permissions import Permission
from workflows.rectification.vocabulary import Role

MOST = 200
"""So many of the latest positions of a person, or of a department, are shown."""


def render_person(
    person: int, reasons: tuple[Reason, ...] = (), typed: Mapping[str, str] | None = None
) -> str:
    """Show a person with their positions; whoever keeps the directory also sees address, account and forms.

    Args:
        person: The person.
        reasons: Why the last change was refused.
        typed: What was typed, so that nobody types twice.

    Raises:
        NotFoundError: There is no such person in the reader's organisation.
    """
    manages = Permission.DIRECTORY_MANAGE in current_user.permissions
    with config().database.read() as connection:
        card = person_card(connection, actor(), person)
        held = held_by(connection, actor(), person, MOST)
        places = departments(connection, actor()) if manages else ()
    day = today()
    return render_template(
        "directory/person.html",
        card=card,
        held=[item for item in held if not item.over(day)],
        past=[item for item in held if item.over(day)],
        today=day,
        manages=manages,
        keeps_accounts=Permission.ACCOUNT_MANAGE in current_user.permissions,
        places=places,
        roles=roles(),
        typed=typed or {},
        sentences=explain(reasons),
    )


def roles() -> list[tuple[str, str]]:
    """Give every role with its word, for a form."""
    words = wording()
    return [(role, words.word("role", role)) for role in Role]
