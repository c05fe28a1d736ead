"""Whatever is taken from a task that was whole is noticed: nothing can be half there unseen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.task_store import SqlTaskStore
from trials.court import moves
from trials.court.people import settle
from trials.court.tasks import RULES, assign
from trials.crash.halves import halves
from trials.crash.traces import look
from workflows.rectification.vocabulary import Role

_NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
_LAST_ROW = "DELETE FROM THIS WHERE rowid = (SELECT max(rowid) FROM THIS)"


@pytest.fixture(scope="module")
def whole(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A task that was started, whose suspension was sent back once and waits for its second signature."""
    path = Path(shutil.copyfile(_migrated_file, tmp_path_factory.mktemp("whole") / "zhenggai.db"))
    database = Database(f"sqlite:///{path}")
    court = settle(database, _NOW)
    on = assign(database, court, 1, _NOW)[0]
    desk = moves.Desk(SqlTaskStore(database), court)
    desk.move("acknowledge", on, 1, _NOW)
    desk.move("start", on, 2, _NOW)
    handler, head = court.people[Role.HANDLER][0], court.people[Role.DEPARTMENT_HEAD][0]
    content = moves.bundle("suspend", on, RULES.timetable.local_day(_NOW))
    for sent_back in (True, False):
        opened = desk.submit(on.task, handler, moves.proposal(content, 3), _NOW).proposal or 0
        command = moves.sent_back(opened) if sent_back else moves.signature(opened, 1, content.digest)
        desk.submit(on.task, head, command, _NOW)
    database.close()
    return path, on.task


@pytest.fixture
def copied(whole: tuple[Path, int], tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, Database, int]]:
    """The task in a copy whose rows may be taken away."""
    path = Path(shutil.copyfile(whole[0], tmp_path / "zhenggai.db"))
    database = Database(f"sqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as rough:
        for (name,) in rough.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            rough.execute(f'DROP TRIGGER "{name}"')
        yield rough, database, whole[1]
    database.close()


def _faults(database: Database, task: int) -> list[str]:
    with database.read() as connection:
        return halves(look(connection, task))


def test_a_task_that_was_worked_on_is_whole(copied: tuple[sqlite3.Connection, Database, int]) -> None:
    _, database, task = copied
    assert _faults(database, task) == []


@pytest.mark.parametrize(
    "table",
    [
        "proposal_revision",
        "seat",
        "signature",
        "awaiting",
        "evidence",
        "evidence_part",
        "step",
        "measure_progress",
        "audit_entry",
        "audit_pending",
        "audit_text",
        "outbox",
    ],
)
def test_a_row_that_is_missing_is_noticed(
    copied: tuple[sqlite3.Connection, Database, int], table: str
) -> None:
    rough, database, task = copied
    assert rough.execute(_LAST_ROW.replace("THIS", table)).rowcount == 1
    assert _faults(database, task) != []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE task SET version = version + 1",
        "UPDATE task SET state = 'completed'",
        "UPDATE task SET acknowledged_at = NULL",
        "UPDATE proposal SET state = 'withdrawn' WHERE state = 'open'",
        "UPDATE proposal SET state = 'moved' WHERE state = 'sent_back'",
        "UPDATE proposal SET revision = 2 WHERE state = 'open'",
        "UPDATE proposal_revision SET bundle = replace(bundle, '材料', '别的')",
        "UPDATE signature SET digest = 'another' WHERE id = 1",
        "UPDATE audit_entry SET body = replace(body, 'sign', 'send') WHERE action = 'sign'",
        "DELETE FROM deadline WHERE kind = 'signature_pending' AND state = 'running'",
        "DELETE FROM notice WHERE person_id IN (SELECT person_id FROM awaiting)",
        "UPDATE deadline SET state = 'held' WHERE kind = 'completion'",
    ],
)
def test_a_row_that_says_something_else_is_noticed(
    copied: tuple[sqlite3.Connection, Database, int], change: str
) -> None:
    rough, database, task = copied
    assert rough.execute(change).rowcount > 0
    assert _faults(database, task) != []
