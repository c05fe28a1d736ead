"""From what a database driver complains of to the failures that the product knows.

Must not know what was being done. A complaint that is a fault of our own keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from engine.errors import SurroundingsError

UNREACHABLE = "database_unreachable"
"""There is no database where one should be, or it no longer answers."""
FULL = "database_full"
"""The database has no room left; nothing was changed."""
BUSY = "database_busy"
"""Somebody else held the database for longer than one waits."""
DAMAGED = "database_damaged"
"""The file is no database, or its pages do not fit together."""

_SQLITE = {
    "SQLITE_FULL": FULL,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_CANTOPEN": UNREACHABLE,
    "SQLITE_READONLY": UNREACHABLE,
    "SQLITE_IOERR": UNREACHABLE,
    "SQLITE_PERM": UNREACHABLE,
    "SQLITE_AUTH": UNREACHABLE,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
}
_DRIVERS = {"sqlite3", "psycopg"}
# The classes and single codes of SQLSTATE, PostgreSQL's Appendix A; the longer one speaks for itself.
_POSTGRESQL = {
    "08": UNREACHABLE,
    "28": UNREACHABLE,
    "3D": UNREACHABLE,
    "53": BUSY,
    "53100": FULL,
    "57": UNREACHABLE,
    "57014": BUSY,
    "58": UNREACHABLE,
    "40": BUSY,
    "55P03": BUSY,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}


@contextmanager
def translated() -> Iterator[None]:
    """Let the failures of the surroundings out of a ``with`` block as :class:`SurroundingsError`.

    Raises:
        SurroundingsError: ``database_unreachable``, ``database_full``, ``database_busy`` or
            ``database_damaged``.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise SurroundingsError(BUSY) from error
    except DBAPIError as error:
        code = failure(error)
        if code is None:
            raise
        raise SurroundingsError(code) from error
    except Exception as error:
        # A transaction that cannot begin, or a copy of a table, is told by the driver itself.
        code = _of_driver(error)
        if code is None:
            raise
        raise SurroundingsError(code) from error


def failure(error: DBAPIError) -> str | None:
    """Give the code of a failure of the surroundings, or None where the statement itself was wrong."""
    if isinstance(error, IntegrityError):
        return None
    return UNREACHABLE if error.connection_invalidated else _of_driver(error.orig)


def _of_driver(error: BaseException | None) -> str | None:
    kind = type(error)
    if kind.__module__.partition(".")[0] not in _DRIVERS:
        return None
    name = getattr(error, "sqlite_errorname", None)
    if name is not None:
        return _of_sqlite(str(name))
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    # A server that cannot be reached has no state to report; the driver says so in words.
    return UNREACHABLE if kind.__name__ in {"OperationalError", "InterfaceError"} else None


def _of_sqlite(name: str) -> str | None:
    """Look up the primary code: the extended ones, such as ``SQLITE_IOERR_FSYNC``, begin with it."""
    return next((code for primary, code in _SQLITE.items() if f"{name}_".startswith(f"{primary}_")), None)
