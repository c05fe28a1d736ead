"""Accounts as whoever keeps them sees them: a page of them, and one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, or_, select, true

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.directory import Held, held_today
from storage.tables import account, person

DISABLED = "disabled"
"""Accounts that were closed."""
ONE_TIME = "one_time"
"""Accounts whose one-time password nobody has changed yet."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in a list.

    Attributes:
        person: Whose it is.
        login: What they type to log in.
        name: Their name.
        must_change: Whether the password is a one-time one.
        disabled_at: When it was closed; None where it is open.
        held: The positions held today.
    """

    person: int
    login: str
    name: str
    must_change: bool
    disabled_at: datetime | None
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """A page of accounts; ``following`` is the login behind which the next one begins, where there is one."""

    lines: tuple[AccountLine, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person with their account, as whoever keeps both sees them.

    Attributes:
        person: The identifier.
        name: The name.
        email: The mail address; empty for none.
        login: What they type to log in; None where there is no account.
        must_change: Whether the password is a one-time one.
        created_at: When the account was made.
        disabled_at: When it was closed.
    """

    person: int
    name: str
    email: str
    login: str | None
    must_change: bool
    created_at: datetime | None
    disabled_at: datetime | None


_CARD = (
    select(
        person.c.id,
        person.c.name,
        person.c.email,
        account.c.login,
        account.c.must_change,
        account.c.created_at,
        account.c.disabled_at,
    )
    .join_from(person, account, account.c.person_id == person.c.id, isouter=True)
    .where(person.c.id == bindparam("number"), person.c.organisation_id == bindparam("organisation"))
)


def accounts_page(
    connection: Connection, actor: Actor, words: str, only: str, after: str, size: int, today: date
) -> Accounts:
    """Give a page of the accounts of the actor's organisation.

    Args:
        connection: A reading.
        actor: Who asks.
        words: Words that occur in login or name.
        only: :data:`DISABLED`, :data:`ONE_TIME`, or empty for all.
        after: The login behind which the page begins.
        size: Accounts of a page.
        today: The day whose positions are given.
    """
    statement = (
        select(
            account.c.person_id, account.c.login, person.c.name, account.c.must_change, account.c.disabled_at
        )
        .join_from(account, person, person.c.id == account.c.person_id)
        .where(account.c.organisation_id == actor.organisation, account.c.login > after, _only(only))
        .where(*(_says(word) for word in words.split()))
        .order_by(account.c.login)
        .limit(size + 1)
    )
    rows = connection.execute(statement).all()
    shown = rows[:size]
    held = held_today(connection, actor, [row.person_id for row in shown], today)
    lines = tuple(AccountLine(*row, held=tuple(held[row.person_id])) for row in shown)
    return Accounts(lines, shown[-1].login if len(rows) > size else None)


def person_card(connection: Connection, actor: Actor, number: int) -> PersonCard:
    """Give a person with their account.

    Raises:
        NotFoundError: ``person_not_found`` in the actor's organisation.
    """
    key = {"number": number, "organisation": actor.organisation}
    row = connection.execute(_CARD, key).one_or_none()
    if row is None:
        raise NotFoundError("person_not_found", person=number)
    return PersonCard(
        row.id, row.name, row.email, row.login, bool(row.must_change), row.created_at, row.disabled_at
    )


def _only(only: str) -> ColumnElement[bool]:
    if only == DISABLED:
        return account.c.disabled_at.is_not(None)
    if only == ONE_TIME:
        return and_(account.c.must_change == true(), account.c.disabled_at.is_(None))
    return true() if not only else false()


def _says(word: str) -> ColumnElement[bool]:
    return or_(account.c.login.contains(word, autoescape=True), person.c.name.contains(word, autoescape=True))
