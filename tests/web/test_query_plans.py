"""No page reads a table that grows from one end to the other: every statement goes by an index."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import event

from tests.support.seed import MEMBERS, Court
from tests.web.driving import completed, instructed, propose, sign, started

GROWS: Final = {
    "audit_entry",
    "audit_text",
    "conclusion",
    "deadline",
    "evidence",
    "evidence_part",
    "instruction",
    "matter",
    "measure",
    "notice",
    "outbox",
    "proposal",
    "proposal_revision",
    "report",
    "rung",
    "seat",
    "signature",
    "step",
    "task",
    "task_department",
    "task_leader",
    "verdict",
}
"""Tables with rows for each task, or for each thing that ever happened."""

ADDRESSES: Final = (
    "/tasks/1",
    "/tasks/1/instructions",
    "/conclusions/1",
    "/record/?person=5",
    "/record/?action=sign",
    "/record/?stream=task:1",
    "/record/?since=2026-06-01&until=2026-06-02",
    "/record/?before=9",
    "/ledger/?due=overdue&department=2&leader=1",
    "/ledger/?state=completed&kind=immediate",
    "/inbox/?box=done",
    "/public/1",
)


def read_whole(court: Court, statements: dict[str, Any]) -> set[str]:
    """Give the tables that some statement reads from end to end, with the statement.

    Open proposals have an index of their own, and the newest mails are read up to a limit: both are bounded.
    """
    found = set()
    with court.database.read() as connection:
        for statement, values in statements.items():
            aliases = dict(re.findall(r"\b(\w+) AS (\w+)\b", statement))
            called = {alias: table for table, alias in aliases.items()}
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
                scanned = re.match(r"SCAN (\w+)", row[-1])
                bounded = "uq_proposal_task_id_open" in row[-1] or "ORDER BY outbox.id DESC" in statement
                if scanned and not bounded and called.get(scanned[1], scanned[1]) in GROWS:
                    found.add(f"{row[-1]} in {statement}")
    return found


def test_no_page_reads_a_growing_table_whole(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])
    completed(seeded, seeded.tasks[0])
    propose(seeded, "handler", seeded.tasks[2], "acknowledge")
    propose(seeded, "handler", seeded.tasks[2], "start")
    assert sign(seeded, "stranger").status_code < 500
    instructed(seeded)
    seen: dict[str, Any] = {}

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            seen[statement] = values

    sql = seeded.database._sql  # noqa: SLF001  # Only the pool's own events see every statement.
    plain = [rule.rule for rule in seeded.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    addresses = [*(rule for rule in plain if "<" not in rule and "logout" not in rule), *ADDRESSES]
    event.listen(sql, "before_cursor_execute", note)
    for login in MEMBERS:
        client = seeded.visitor(login)
        assert all(client.get(address).status_code < 500 for address in addresses), login
    event.remove(sql, "before_cursor_execute", note)
    assert len(seen) > 100
    assert read_whole(seeded, seen) == set()
