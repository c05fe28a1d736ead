"""Who may run a job that only one process may run, and for how long.

A lease ends by itself when its time is over. Its token grows with every holder: a process that slept through
the end of its lease finds in its own transaction that another one holds it, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import insert

from engine.errors import ZhenggaiError
from storage.database import Database
from storage.tables import lease
from storage.tables.base import Moment

_NEW = insert(lease)
_TAKE = _NEW.on_conflict_do_update(
    index_elements=["name"],
    set_={"holder": _NEW.excluded.holder, "token": lease.c.token + 1, "until": _NEW.excluded.until},
    where=lease.c.until <= bindparam("now", type_=Moment()),
).returning(lease.c.token)
_OWN = (lease.c.name == bindparam("called"), lease.c.token == bindparam("held"))
_RENEW = update(lease).where(*_OWN, lease.c.until > bindparam("now")).values(until=bindparam("longer"))
_LET_GO = update(lease).where(*_OWN).values(until=bindparam("now"))
_HELD = select(lease.c.until).where(*_OWN).with_for_update()


class LeaseLostError(ZhenggaiError):
    """The lease ended meanwhile, or somebody else holds it (``lease_lost``, ``job``); nothing was written."""

    def __init__(self, job: str) -> None:
        super().__init__("lease_lost", job=job)


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as its holder knows it.

    Attributes:
        name: The job it is for.
        token: Grows with every holder.
        until: When it ends unless it is renewed.
    """

    name: str
    token: int
    until: datetime


def take(database: Database, name: str, holder: str, now: datetime, until: datetime) -> Lease | None:
    """Take a lease that nobody holds; None where somebody does."""
    row = {"name": name, "holder": holder, "token": 1, "until": until}
    with database.write() as connection:
        token = connection.execute(_TAKE, row | {"now": now}).scalar_one_or_none()
    return None if token is None else Lease(name, int(token), until)


def renew(database: Database, held: Lease, now: datetime, until: datetime) -> Lease:
    """Let a lease last longer.

    Raises:
        LeaseLostError: It ended meanwhile, whether or not somebody else holds it by now.
    """
    values = {"called": held.name, "held": held.token, "now": now, "longer": until}
    with database.write() as connection:
        if connection.execute(_RENEW, values).rowcount == 0:
            raise LeaseLostError(held.name)
    return replace(held, until=until)


def let_go(database: Database, held: Lease, now: datetime) -> None:
    """End a lease early; nothing happens where it is no longer held."""
    with database.write() as connection:
        connection.execute(_LET_GO, {"called": held.name, "held": held.token, "now": now})


def require(connection: Connection, held: Lease, now: datetime) -> None:
    """Make sure, in the transaction of the job, that the lease is still held, and keep it from being taken.

    Raises:
        LeaseLostError: It is not.
    """
    row = connection.execute(_HELD, {"called": held.name, "held": held.token}).one_or_none()
    if row is None or row.until <= now:
        raise LeaseLostError(held.name)
