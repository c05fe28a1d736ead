"""What the product wrote, found by looking at the tables before and after, as the barest statements for it.

Must not know what the product did: rows are compared, statements are never overheard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Table

from bench.bare import Bare, Row, Statement
from storage.tables import METADATA

Key = tuple[object, ...]
Snapshot = Mapping[str, Mapping[Key, Row]]
"""The rows of every table by their primary key."""

# Where a row names its task by another row alone; in the order of looking.
_OWNERS = (
    ("proposal_id", "proposal"),
    ("deadline_id", "deadline"),
    ("notice_id", "notice"),
    ("entry_id", "audit_entry"),
    ("measure_id", "measure"),
    ("evidence_id", "evidence"),
    ("rung_id", "rung"),
)


def snapshot(bare: Bare, only: Mapping[str, str] | None = None) -> Snapshot:
    """Read every table; where ``only`` names a table, just the rows that fulfil its condition."""
    wanted = only or {}
    return {table.name: _read(bare, table, wanted.get(table.name)) for table in METADATA.sorted_tables}


def difference(before: Snapshot, after: Snapshot) -> dict[int, tuple[Statement, ...]]:
    """Give the statements that lead from one snapshot to another, task by task, as few as possible."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for table in METADATA.sorted_tables:
        old, new = before[table.name], after[table.name]
        for task, rows in _by_task(table, (k for k in old if k not in new), old, before).items():
            found[task].append(_delete(table, rows))
        for task, rows in _by_task(table, (k for k in new if k not in old), new, after).items():
            found[task].append(_insert(table, rows))
        changed = (key for key, row in new.items() if key in old and old[key] != row)
        for task, rows in _by_task(table, changed, new, after).items():
            found[task].extend(_updates(table, rows, old))
    return {task: tuple(statements) for task, statements in found.items()}


def counted(statements: Iterable[Statement]) -> int:
    """Count the rows that statements write."""
    return sum(len(statement.rows) for statement in statements)


def _read(bare: Bare, table: Table, condition: str | None) -> Mapping[Key, Row]:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    where = f" WHERE {condition}" if condition else ""
    found = bare.rows(f'SELECT {columns} FROM "{table.name}"{where}')
    return {_key(table, row): tuple(row) for row in found}


def _key(table: Table, row: Row) -> Key:
    return tuple(row[place] for place, column in enumerate(table.columns) if column.primary_key)


def _by_task(
    table: Table, keys: Iterable[Key], rows: Mapping[Key, Row], within: Snapshot
) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for key in keys:
        found[_task(table, rows[key], within)].append(rows[key])
    return found


def _task(table: Table, row: Row, within: Snapshot) -> int:
    """Give the task that a row belongs to.

    Raises:
        LookupError: It belongs to none, so that the work of one task cannot be told from another's.
    """
    values = dict(zip(table.columns.keys(), row, strict=True))
    if table.name == "task":
        return int(values["id"])
    if values.get("task_id") is not None:
        return int(values["task_id"])
    if str(values.get("stream", "")).startswith("task:"):
        return int(values["stream"].removeprefix("task:"))
    for column, name in _OWNERS:
        if values.get(column) is not None:
            return _task(METADATA.tables[name], within[name][(values[column],)], within)
    message = f"a row of {table.name} belongs to no task"
    raise LookupError(message)


def _insert(table: Table, rows: list[Row]) -> Statement:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    return Statement(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', tuple(rows))


def _delete(table: Table, rows: list[Row]) -> Statement:
    return Statement(f'DELETE FROM "{table.name}" WHERE {_where(table)}', tuple(_key(table, r) for r in rows))


def _updates(table: Table, rows: list[Row], old: Mapping[Key, Row]) -> Iterator[Statement]:
    by_columns: dict[tuple[int, ...], list[Row]] = defaultdict(list)
    for row in rows:
        before = old[_key(table, row)]
        places = tuple(n for n, value in enumerate(row) if value != before[n])
        by_columns[places].append((*(row[n] for n in places), *_key(table, row)))
    names = table.columns.keys()
    for places, values in by_columns.items():
        sets = ", ".join(f'"{names[n]}" = ?' for n in places)
        yield Statement(f'UPDATE "{table.name}" SET {sets} WHERE {_where(table)}', tuple(values))


def _where(table: Table) -> str:
    return " AND ".join(f'"{column.name}" = ?' for column in table.columns if column.primary_key)
