"""Accounts as an administrator keeps them: added, listed, disabled, enabled, given a new one-time password.

A password is made here and shown once; only its hash is kept. Must not know how people log in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.errors import NotFoundError, ZhenggaiError
from storage.accounts import hash_password
from storage.audit_log import append
from storage.queries.plan_directory import directory_of
from storage.sessions import EndReason, end_sessions_of
from storage.tables import account, person

# Letters and digits that nobody mistakes for one another when they are read out.
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH: Final = 16
_LOGIN_LENGTH: Final = 100

_ADD = insert(account)
_OF_LOGIN = select(account).where(
    account.c.login == bindparam("typed"), account.c.organisation_id == bindparam("organisation")
)
_ALL = (
    select(account, person.c.name, person.c.email)
    .join_from(account, person, person.c.id == account.c.person_id)
    .where(account.c.organisation_id == bindparam("organisation"))
    .order_by(account.c.login)
)
_PERSON = select(person.c.id).where(
    person.c.id == bindparam("number"), person.c.organisation_id == bindparam("organisation")
)
_DISABLE = (
    update(account).where(account.c.person_id == bindparam("number")).values(disabled_at=bindparam("now"))
)
_ENABLE = update(account).where(account.c.person_id == bindparam("number")).values(disabled_at=null())
_RESET = (
    update(account)
    .where(account.c.person_id == bindparam("number"))
    .values(password_hash=bindparam("hashed"), must_change=True)
)


@dataclass(frozen=True, slots=True)
class OneTime:
    """A password that opens one log-in, and its hash. Made outside a unit of work: hashing takes its time."""

    password: str
    hashed: str


def one_time() -> OneTime:
    """Make a one-time password of 79 random bits."""
    password = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return OneTime(password, hash_password(password))


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account as an administrator sees it."""

    person: int
    login: str
    name: str
    email: str
    roles: tuple[str, ...]
    must_change: bool
    created_at: datetime
    disabled_at: datetime | None


def accounts(connection: Connection, actor: Actor, today: date) -> tuple[AccountRecord, ...]:
    """Give the accounts of the actor's organisation by login, with the roles held today."""
    posts = {entry.person: entry.posts for entry in directory_of(connection, actor, today).people}
    return tuple(
        AccountRecord(
            person=row.person_id,
            login=row.login,
            name=row.name,
            email=row.email,
            roles=tuple(dict.fromkeys(post.role for post in posts.get(row.person_id, ()))),
            must_change=row.must_change,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
        )
        for row in connection.execute(_ALL, {"organisation": actor.organisation})
    )


def add_account(
    connection: Connection,
    number: int,
    login: str,
    password: OneTime,
    actor: Actor,
    now: datetime,
    *,
    must_change: bool = True,
) -> None:
    """Give a person an account with a one-time password; a demonstration's need not be changed.

    Raises:
        NotFoundError: ``person_not_found``.
        ZhenggaiError: ``login_malformed``, or ``login_taken``: the login or the person's account exists.
    """
    if not login or len(login) > _LOGIN_LENGTH or login != "".join(login.split()):
        raise ZhenggaiError("login_malformed", login=login)
    if connection.execute(_PERSON, {"number": number, "organisation": actor.organisation}).first() is None:
        raise NotFoundError("person_not_found", person=number)
    row = {
        "person_id": number,
        "organisation_id": actor.organisation,
        "login": login,
        "password_hash": password.hashed,
        "must_change": must_change,
        "created_at": now,
    }
    try:
        connection.execute(_ADD, row)
    except IntegrityError as error:
        raise ZhenggaiError("login_taken", login=login) from error
    _record(connection, number, "add_account", actor, now)


def disable(connection: Connection, login: str, actor: Actor, now: datetime) -> int:
    """Close an account; its log-ins end at once. Gives the person; see ``queries.seats`` for what waits.

    Raises:
        NotFoundError: ``login_not_found``.
        ZhenggaiError: ``account_disabled``: it is closed already.
    """
    number, disabled = _found(connection, login, actor)
    if disabled:
        raise ZhenggaiError("account_disabled", login=login)
    connection.execute(_DISABLE, {"number": number, "now": now})
    end_sessions_of(connection, number, EndReason.DISABLED, now)
    _record(connection, number, "disable", actor, now)
    return number


def enable(connection: Connection, login: str, actor: Actor, now: datetime) -> int:
    """Open a closed account again, and give the person.

    Raises:
        NotFoundError: ``login_not_found``.
        ZhenggaiError: ``account_enabled``: it is open.
    """
    number, disabled = _found(connection, login, actor)
    if not disabled:
        raise ZhenggaiError("account_enabled", login=login)
    connection.execute(_ENABLE, {"number": number})
    _record(connection, number, "enable", actor, now)
    return number


def reset_password(connection: Connection, login: str, password: OneTime, actor: Actor, now: datetime) -> int:
    """Replace a password by a one-time one; the log-ins under the old one end at once.

    Raises:
        NotFoundError: ``login_not_found``.
    """
    number, _ = _found(connection, login, actor)
    connection.execute(_RESET, {"number": number, "hashed": password.hashed})
    end_sessions_of(connection, number, EndReason.PASSWORD_RESET, now)
    _record(connection, number, "reset_password", actor, now)
    return number


def _found(connection: Connection, login: str, actor: Actor) -> tuple[int, bool]:
    row = connection.execute(_OF_LOGIN, {"typed": login, "organisation": actor.organisation}).one_or_none()
    if row is None:
        raise NotFoundError("login_not_found", login=login)
    return int(row.person_id), row.disabled_at is not None


def _record(connection: Connection, number: int, action: str, actor: Actor, now: datetime) -> None:
    append(connection, AuditDraft(stream=f"person:{number}", action=action), actor, now)
