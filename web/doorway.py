"""Coming in and going out: what the pages ask of accounts and log-ins.

Owns the rule for new passwords. Must not know cookies or forms.
"""

from __future__ import annotations

from typing import Final

from engine.actor import Actor
from engine.reasons import Reason, deny
from storage import accounts, sessions
from storage.queries.visitor import Ended, Visitor
from storage.queries.visitor import visitor as find_visitor
from web.context import config, now, today

SHORTEST: Final = 10
"""Characters a password has at least."""
LONGEST: Final = 200
"""Characters a password has at most; hashing a book would keep the server busy."""

__all__ = ["Ended", "Visitor", "change_password", "confirm", "enter", "leave", "visitor"]


def visitor(token: str) -> Visitor | Ended | None:
    """Give whoever stands behind a token, and note now and then that they are here."""
    digest = sessions.digest_of(token)
    with config().database.read() as connection:
        found = find_visitor(connection, digest, now(), today())
    if isinstance(found, Visitor) and now() - found.seen_at > sessions.TOUCHED_EVERY:
        with config().database.write() as connection:
            sessions.touch(connection, digest, now())
    return found


def enter(login: str, password: str, address: str) -> str | Reason:
    """Open a log-in and give its token, or why there is none."""
    return accounts.enter(config().database, login, password, address, now())


def leave(actor: Actor) -> None:
    """End the log-in through which the actor acts."""
    accounts.leave(config().database, actor, now())


def confirm(actor: Actor, password: str) -> Reason | None:
    """Ask for the actor's password again; gives why not where it does not fit."""
    return accounts.confirm_password(config().database, actor, password, now())


def change_password(actor: Actor, old: str, new: str, again: str) -> tuple[Reason, ...]:
    """Give the actor a new password of their own, or say why not."""
    reasons: list[Reason] = []
    if not SHORTEST <= len(new) <= LONGEST:
        reasons.append(deny("password_length", shortest=SHORTEST, longest=LONGEST))
    if new != again:
        reasons.append(deny("password_differs"))
    if new == old:
        reasons.append(deny("password_unchanged"))
    wrong = None if reasons else confirm(actor, old)
    if wrong is not None:
        reasons.append(wrong)
    if not reasons:
        accounts.set_password(config().database, actor, new, now())
    return tuple(reasons)


def choose_language(actor: Actor, locale: str) -> None:
    """Remember the language the actor reads."""
    accounts.set_locale(config().database, actor, locale)
