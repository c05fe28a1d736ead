"""Processor time of everybody involved: this process, and the PostgreSQL server that serves it.

Must not know what is being measured.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.support.surroundings import SurroundingsError

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat, counted behind the command's closing bracket.
_PARENT, _REAPED_USER, _REAPED_SYSTEM = 1, 13, 14


def own() -> float:
    """Give the seconds that this process has used, in user and kernel mode."""
    return time.process_time()


def with_server(connection: psycopg.Connection) -> Callable[[], float]:
    """Give a clock over this process and every process of the server behind a connection.

    Raises:
        SurroundingsError: The server runs on another machine, where its processor time cannot be read.
    """
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    backend = int(row[0]) if row else 0
    if _name(backend) != "postgres":
        raise SurroundingsError(
            "The PostgreSQL of this bench runs elsewhere, so its processor time cannot be read."
        )
    head = _parent(backend)
    return lambda: own() + _of_tree(head)


def _of_tree(head: int) -> float:
    """Give the seconds of a server: its first process, its living children, and those it has buried."""
    buried = sum(float(_stat(head)[field]) for field in (_REAPED_USER, _REAPED_SYSTEM)) / _TICKS
    return buried + sum(_on_processor(number) for number in (head, *_children(head)))


def _children(head: int) -> list[int]:
    found = []
    for folder in _PROC.iterdir():
        # A process may end while one looks at it.
        with suppress(OSError):
            if folder.name.isdecimal() and _parent(int(folder.name)) == head:
                found.append(int(folder.name))
    return found


def _on_processor(number: int) -> float:
    """The scheduler counts nanoseconds where ``stat`` counts hundredths of a second."""
    try:
        return int((_PROC / str(number) / "schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def _parent(number: int) -> int:
    return int(_stat(number)[_PARENT])


def _stat(number: int) -> list[str]:
    return (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()


def _name(number: int) -> str:
    try:
        return (_PROC / str(number) / "comm").read_text().strip()
    except OSError:
        return ""
