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

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from engine.actor import Actor
from engine.reasons import Reason, deny
from storage.database import Database
from storage.sessions import EndReason, end_sessions_of, open_session
from storage.tables import account, login_failure, person

PATIENCE: Final = 5
"""Wrong passwords for one login from one address before one has to wait."""
ADDRESS_PATIENCE: Final = 100
"""Wrong passwords from one address, whatever the logins: a whole office may share it."""
WINDOW: Final = timedelta(minutes=15)
"""How long wrong passwords are remembered, and one has to wait."""

_LOGIN_LENGTH: Final = 100
_COST, _BLOCK, _PARALLEL, _LENGTH = 1 << 14, 8, 1, 32


def hash_password(password: str) -> str:
    """Give the hash of a password with a salt of its own and the figures it was made with."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${_text(salt)}${_text(_derive(password, salt))}"


def password_fits(password: str, stored: str) -> bool:
    """Say whether a password is the one that was hashed; takes equally long either way."""
    kind, cost, block, parallel, salt, expected = stored.split("$")
    if kind != "scrypt":
        return False
    found = _derive(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(expected))


# A row has a method of this name, so the column is taken by its key.
_COUNT: Final = login_failure.c["count"]


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
    with database.read() as connection:
        wait = _wait(connection, login, address, now)
        found = _account(connection, account.c.login == login)
    if wait:
        return deny("login_throttled", minutes=wait)
    fits = password_fits(password, found.password_hash if found else _nobody())
    with database.write() as connection:
        if found is None or not fits or found.disabled:
            _remember(connection, login, address, now)
            return deny("login_wrong")
        connection.execute(
            delete(login_failure).where(login_failure.c.login == login, login_failure.c.address == address)
        )
        return open_session(connection, found.person, found.organisation, address, now)


def confirm_password(database: Database, actor: Actor, password: str, now: datetime) -> Reason | None:
    """Ask for the actor's password again, as before a signature.

    Returns:
        Nothing where it fits, else ``password_wrong`` or ``login_throttled`` (``minutes``).
    """
    login, address = f"person:{actor.person}", actor.address or ""
    with database.read() as connection:
        wait = _wait(connection, login, address, now)
        found = _account(connection, account.c.person_id == actor.person)
    if wait:
        return deny("login_throttled", minutes=wait)
    if found is not None and password_fits(password, found.password_hash):
        return None
    with database.write() as connection:
        _remember(connection, login, address, now)
    return deny("password_wrong")


def set_password(database: Database, actor: Actor, password: str, now: datetime) -> None:
    """Give the actor a password of their own; their other log-ins end."""
    hashed = hash_password(password)
    with database.write() as connection:
        statement = update(account).where(account.c.person_id == actor.person)
        connection.execute(statement.values(password_hash=hashed, must_change=False))
        if actor.person is not None:
            end_sessions_of(connection, actor.person, EndReason.PASSWORD_CHANGED, now, but=actor.session)


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


def _wait(connection: Connection, login: str, address: str, now: datetime) -> int:
    """Give the minutes one still has to wait; 0 for none."""
    table = login_failure.c
    recent = (table.address == address, table.since > now - WINDOW)
    own = connection.execute(select(table.since, _COUNT).where(table.login == login, *recent)).one_or_none()
    if own is not None and own[1] >= PATIENCE:
        return _minutes(own[0] + WINDOW - now)
    counted = select(func.coalesce(func.sum(_COUNT), 0), func.min(table.since)).where(*recent)
    total, since = connection.execute(counted).one()
    return _minutes(since + WINDOW - now) if total >= ADDRESS_PATIENCE else 0


def _minutes(left: timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))


def _remember(connection: Connection, login: str, address: str, now: datetime) -> None:
    table = login_failure.c
    connection.execute(delete(login_failure).where(table.since <= now - WINDOW))
    counted = (
        update(login_failure).where(table.login == login, table.address == address).values(count=_COUNT + 1)
    )
    if connection.execute(counted).rowcount == 0:
        connection.execute(insert(login_failure).values(login=login, address=address, since=now, count=1))


def _derive(
    password: str, salt: bytes, cost: int = _COST, block: int = _BLOCK, parallel: int = _PARALLEL
) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=1 << 26, dklen=_LENGTH
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
