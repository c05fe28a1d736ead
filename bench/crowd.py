"""Very many tasks with open deadlines, in seconds: copies of one that the product created.

Everything that a sweep looks up grows with them. Must not know what is measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, func, select, text

from bench.bare import Bare
from storage.database import Database
from storage.tables import (
    audit_entry,
    criterion,
    deadline,
    measure,
    task,
    task_department,
    task_leader,
)

_CLOCKS = 5
"""Open deadlines of a task that was just created."""

_OF_TASK = (measure, criterion, task_department, task_leader)
_LATER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', \"next_at\", '+' || (n.i * 7919 % 20000000) || ' seconds')",
    "postgresql": "\"next_at\" + (n.i * 7919::bigint % 20000000) * interval '1 second'",
}


def multiply(database: Database, pattern: int, open_deadlines: int, after: datetime) -> tuple[int, ...]:
    """Copy a task until so many deadlines are open, and give all the tasks.

    Every deadline looks for its next rung in the months behind ``after``.
    """
    count = open_deadlines // _CLOCKS
    with database.write() as connection:
        connection.execute(deadline.update().where(deadline.c.task_id == pattern).values(next_at=after))
        highest = int(connection.execute(select(func.max(task.c.id))).scalar_one())
        many = {"pattern": pattern, "base": highest, "count": count - 1}
        _copy(connection, task, '"id" = :pattern', {"id": ":base + n.i", "number": ":base + n.i"}, many)
        for table in _OF_TASK:
            _copy(connection, table, '"task_id" = :pattern', {"task_id": ":base + n.i"}, many)
        later = {"task_id": ":base + n.i", "next_at": _LATER[connection.dialect.name]}
        _copy(connection, deadline, '"task_id" = :pattern', later, many)
        # A copy's record holds what the pattern's does; only its place in a chain of its own counts here.
        chain = {"stream": "'task:' || (:base + n.i)"}
        _copy(connection, audit_entry, "\"stream\" = 'task:' || :pattern", chain, many)
        _go_on_behind(connection, task)
    _look_at_it(database)
    return (pattern, *range(highest + 1, highest + count))


def condition(look: Bare, last: int) -> dict[str, str]:
    """Say which rows can change while only the tasks up to ``last`` do, table by table."""
    newest = look.rows('SELECT max("id") FROM "audit_entry"')[0][0]
    of_task = {table.name: f'"task_id" <= {last}' for table in (*_OF_TASK, deadline)}
    return {**of_task, "task": f'"id" <= {last}', "audit_entry": f'"id" > {newest}'}


def _copy(
    connection: Connection, table: Table, where: str, changed: Mapping[str, str], many: Mapping[str, int]
) -> None:
    """Copy rows once for each number; whatever is not changed stays, and a row's own number is given anew."""
    own = {column.name for column in table.columns if column.autoincrement is True} - set(changed)
    columns = [column.name for column in table.columns if column.name not in own]
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    into = ", ".join(f'"{name}"' for name in columns)
    statement = (
        f'INSERT INTO "{table.name}" ({into}) '
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
        f'SELECT {values} FROM n, "{table.name}" WHERE {where}'
    )
    connection.execute(text(statement), _typed(statement, many))


def _typed(statement: str, many: Mapping[str, int]) -> dict[str, int]:
    return {name: value for name, value in many.items() if f":{name}" in statement}


def _go_on_behind(connection: Connection, table: Table) -> None:
    """PostgreSQL does not notice that numbers were given by hand."""
    if connection.dialect.name == "postgresql":
        name = table.name
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))")
        )


def _look_at_it(database: Database) -> None:
    """PostgreSQL would look at so many new rows by itself, only later."""
    if database.dialect == "postgresql":
        with database.write() as connection:
            connection.execute(text("ANALYZE"))


def let_come_due(database: Database, tasks: Sequence[int], kind: str, moments: Mapping[str, object]) -> None:
    """Give one deadline of each task other days.

    Args:
        database: The database.
        tasks: The tasks, numbered without a gap.
        kind: Which of their deadlines.
        moments: Its columns ``due_on``, ``started_at`` and ``next_at``.
    """
    with database.write() as connection:
        changed = connection.execute(
            deadline.update()
            .where(deadline.c.task_id.between(tasks[0], tasks[-1]), deadline.c.kind == kind)
            .values(**moments)
        )
    if changed.rowcount != len(tasks):
        message = f"{changed.rowcount} deadlines instead of {len(tasks)} come due"
        raise RuntimeError(message)
