"""By which index the product's own query for due deadlines goes: overheard, and explained by the database."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, event

from storage.database import Database
from storage.sweep_store import SqlSweepStore
from trials.court.tasks import RULES

_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
_INDEX = re.compile(r"\bix_\w+")


def index_of_due(database: Database, now: datetime, limit: int) -> str | None:
    """Give the index that the query for due deadlines goes by; None where the plan names none."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        heard.append((statement, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        SqlSweepStore(database, RULES.timetable.zone).due(now, limit)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    statement, values = next(pair for pair in heard if "next_at" in pair[0])
    with database.read() as connection:
        plan = connection.exec_driver_sql(f"{_EXPLAIN[database.dialect]} {statement}", values).all()
    found = _INDEX.search("\n".join(str(row) for row in plan))
    return found.group() if found else None
