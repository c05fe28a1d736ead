"""Bare statements by bare drivers: what anything built on top of them is measured against."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from bench import processor
from storage import sqlite

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with ``?`` for its values, and the rows it is executed for."""

    text: str
    rows: tuple[Row, ...]


class Bare(Protocol):
    """A connection without anything around it, as durable as the product's own."""

    def write(self, statements: Iterable[Statement]) -> None:
        """Carry out statements in one transaction."""
        ...

    def rows(self, text: str, values: Sequence[object] = ()) -> list[Row]:
        """Read rows in a transaction of their own."""
        ...

    def clock(self) -> Callable[[], float]:
        """Give the clock over the processor time of everybody who serves this connection."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


def connect(url: str) -> Bare:
    """Open a bare connection to the database of an address."""
    if url.startswith("sqlite"):
        return _Sqlite(Path(url.removeprefix("sqlite:///")))
    return _Postgresql(url.replace("+psycopg", "", 1))


class _Sqlite:
    def __init__(self, path: Path) -> None:
        # The product's own pragmas: durability and foreign keys cost both sides the same.
        self._connection: sqlite3.Connection = sqlite.connect(path)

    def write(self, statements: Iterable[Statement]) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            if len(statement.rows) == 1:
                connection.execute(statement.text, statement.rows[0])
            else:
                connection.executemany(statement.text, statement.rows)
        connection.execute("COMMIT")

    def rows(self, text: str, values: Sequence[object] = ()) -> list[Row]:
        return self._connection.execute(text, values).fetchall()

    def clock(self) -> Callable[[], float]:
        return processor.own

    def close(self) -> None:
        self._connection.close()


class _Postgresql:
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url)
        self._texts: dict[str, bytes] = {}

    def write(self, statements: Iterable[Statement]) -> None:
        connection = self._connection
        with connection.cursor() as cursor:
            for statement in statements:
                text = self._marked(statement.text)
                if len(statement.rows) == 1:
                    cursor.execute(text, statement.rows[0])
                else:
                    cursor.executemany(text, statement.rows)
        connection.commit()

    def rows(self, text: str, values: Sequence[object] = ()) -> list[Row]:
        found = self._connection.execute(self._marked(text), values).fetchall()
        self._connection.commit()
        return found

    def clock(self) -> Callable[[], float]:
        return processor.with_server(self._connection)

    def close(self) -> None:
        self._connection.close()

    def _marked(self, text: str) -> bytes:
        """Psycopg writes ``%s`` where others write a question mark."""
        if text not in self._texts:
            self._texts[text] = text.replace("?", "%s").encode()
        return self._texts[text]
