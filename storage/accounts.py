"""Accounts: passwords as scrypt hashes, and the front door with its patience for wrong ones.

Hashing takes a tenth of a second on purpose and is therefore never done inside a transaction.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Connection, case, delete, func, select, update

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import insert

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.reasons import Reason, deny
from storage.audit_log import append
from storage.database import Database
from storage.sessions import EndReason, digest_of, end_session, end_sessions_of, open_session
from storage.tables import account, login_failure, person

PATIENCE: Final = 5
"""Wrong passwords for one login from one address before one has to wait."""
ADDRESS_PATIENCE: Final = 100
"""Wrong passwords from one address, whatever the logins: a whole office may share it."""
LOGIN_PATIENCE: Final = 50
"""Wrong passwords for one login, whatever the addresses: who guesses may have many of these."""
WINDOW: Final = timedelta(minutes=15)
"""How long wrong passwords are remembered, and one has to wait."""

_LOGIN_LENGTH: Final = 100
COST: Final = 1 << 14
"""How much work a guess at a password is."""
_BLOCK, _PARALLEL, _LENGTH = 8, 1, 32


def hash_password(password: str, *, cost: int = COST) -> str:
    """Give the hash of a password with a salt of its own and the figures it was made with.

    Args:
        password: The password.
        cost: How much work a guess shall be, a power of two; less than the default is for tests alone.
    """
    salt = secrets.token_bytes(16)
    return f"scrypt${cost}${_BLOCK}${_PARALLEL}${_text(salt)}${_text(_derive(password, salt, cost))}"


def password_fits(password: str, stored: str) -> bool:
    """Say whether a password is the one that was hashed; takes equally long either way."""
    kind, cost, block, parallel, salt, expected = stored.split("$")
    if kind != "scrypt":
        return False
    found = _derive(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(expected))


# A row has a method of this name, so the column is taken by its key.
_COUNT: Final = login_failure.c["count"]
# Who goes on trying while they have to wait uses up nobody else's patience.
_TRIED: Final = func.sum(case((_COUNT > PATIENCE, PATIENCE), else_=_COUNT))
_COUNT_UP: Final = (
    insert(login_failure)
    .on_conflict_do_update(index_elements=["login", "address"], set_={"count": _COUNT + 1})
    .returning(login_failure.c.since, _COUNT.label("count_now"))
)


@dataclass(frozen=True, slots=True)
class _Account:
    person: int
    organisation: int
    password_hash: str
    disabled: bool


def enter(database: Database, login: str, password: str, address: str, now: datetime) -> str | Reason:
    """Open a log-in.

    Args:
        database: The database.
        login: As typed.
        password: As typed.
        address: Where the request came from.
        now: The moment.

    Returns:
        The token of the new log-in, or why there is none: ``login_wrong`` (also for a disabled account: who
        guesses learns nothing) or ``login_throttled`` (``minutes``).
    """
    login = login[:_LOGIN_LENGTH]
    with database.write() as connection:
        wait = _attempt(connection, login, address, now)
        found = _account(connection, account.c.login == login)
    if wait:
        return deny("login_throttled", minutes=wait)
    fits = password_fits(password, found.password_hash if found else _nobody())
    if found is None or not fits or found.disabled:
        return deny("login_wrong")
    with database.write() as connection:
        _forgive(connection, login, address)
        token = open_session(connection, found.person, found.organisation, address, now)
        actor = Actor(found.person, found.organisation, session=digest_of(token), address=address)
        append(connection, AuditDraft(f"person:{found.person}", "log_in"), actor, now)
    return token


def confirm_password(database: Database, actor: Actor, password: str, now: datetime) -> Reason | None:
    """Ask for the actor's password again, as before a signature.

    Wrong ones are counted by the person, wherever they come from: whoever got hold of a log-in may have any
    number of addresses. No log-in comes from an address of that name, so nobody outside can use them up.

    Returns:
        Nothing where it fits, else ``password_wrong`` or ``login_throttled`` (``minutes``).
    """
    login, address = "", f"person:{actor.person}"
    with database.write() as connection:
        wait = _attempt(connection, login, address, now)
        found = _account(connection, account.c.person_id == actor.person)
    if wait:
        return deny("login_throttled", minutes=wait)
    if found is None or not password_fits(password, found.password_hash):
        return deny("password_wrong")
    with database.write() as connection:
        _forgive(connection, login, address)
    return None


def leave(database: Database, actor: Actor, now: datetime) -> None:
    """End the log-in through which the actor acts."""
    if actor.session is None:
        return
    with database.write() as connection:
        end_session(connection, actor.session, EndReason.LOGGED_OUT, now)
        append(connection, AuditDraft(f"person:{actor.person}", "log_out"), actor, now)


def set_password(database: Database, actor: Actor, password: str, now: datetime) -> None:
    """Give the actor a password of their own; their other log-ins end."""
    hashed = hash_password(password)
    with database.write() as connection:
        statement = update(account).where(account.c.person_id == actor.person)
        connection.execute(statement.values(password_hash=hashed, must_change=False))
        if actor.person is not None:
            end_sessions_of(connection, actor.person, EndReason.PASSWORD_CHANGED, now, but=actor.session)
        append(connection, AuditDraft(f"person:{actor.person}", "change_password"), actor, now)


def set_locale(database: Database, actor: Actor, locale: str) -> None:
    """Remember the language a person reads."""
    with database.write() as connection:
        connection.execute(update(person).where(person.c.id == actor.person).values(locale=locale))


@cache
def _nobody() -> str:
    """What an unknown login is compared with, so that the answer takes as long as for a known one."""
    return hash_password(secrets.token_urlsafe())


def _account(connection: Connection, condition: ColumnElement[bool]) -> _Account | None:
    columns = (account.c.person_id, account.c.organisation_id, account.c.password_hash)
    statement = select(*columns, account.c.disabled_at.is_not(None)).where(condition)
    row = connection.execute(statement).one_or_none()
    return None if row is None else _Account(row[0], row[1], row[2], bool(row[3]))


def _attempt(connection: Connection, login: str, address: str, now: datetime) -> int:
    """Count an attempt before its password is looked at, so that a hundred at once are counted too.

    Returns:
        The minutes one has to wait first; 0 where the attempt may go on.
    """
    table = login_failure.c
    connection.execute(delete(login_failure).where(table.since <= now - WINDOW))
    own = connection.execute(_COUNT_UP, {"login": login, "address": address, "since": now, "count": 1}).one()
    if own.count_now > PATIENCE:
        return _minutes(own.since + WINDOW - now)
    for shared, most in (
        (table.address == address, ADDRESS_PATIENCE),
        (table.login == login, LOGIN_PATIENCE),
    ):
        total, since = connection.execute(select(_TRIED, func.min(table.since)).where(shared)).one()
        if total > most:
            return _minutes(since + WINDOW - now)
    return 0


def _forgive(connection: Connection, login: str, address: str) -> None:
    table = login_failure.c
    connection.execute(delete(login_failure).where(table.login == login, table.address == address))


def _minutes(left: timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))


def _derive(
    password: str, salt: bytes, cost: int = COST, block: int = _BLOCK, parallel: int = _PARALLEL
) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=1 << 26, dklen=_LENGTH
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
