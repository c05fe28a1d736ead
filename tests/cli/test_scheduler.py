"""The deadline process as a command: its options, one round of its jobs, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from storage.database import Database
from tests.support.surroundings import ROOT


@pytest.fixture
def prepared(migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ZHENGGAI_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return migrated_sqlite_url


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["scheduler", *arguments])


def test_one_round_says_what_each_job_did(prepared: str) -> None:
    done = _run("--once")
    assert done.exit_code == 0
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["Job", "Done"],
        ["positions", "0"],
        ["sweep", "0"],
        ["digest", "0"],
        ["outbox", "0"],
    ]
    assert "mail waits in the queue" in done.stderr


def test_the_clock_may_not_be_set_without_leave(prepared: str) -> None:
    done = _run("--once", "--at", "2026-03-02T08:30:00+08:00")
    assert done.exit_code == 2
    assert "ZHENGGAI_ALLOW_CLOCK=1" in done.stderr


def test_the_clock_may_be_set_for_one_round_alone(prepared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_ALLOW_CLOCK", "1")
    done = _run("--at", "2026-03-02T08:30:00+08:00")
    assert done.exit_code == 2
    assert "--once" in done.stderr


def test_a_round_runs_at_the_moment_it_is_told(prepared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_ALLOW_CLOCK", "1")
    assert _run("--once", "--at", "2026-03-02T08:30:00+08:00").exit_code == 0
    database = Database(prepared)
    with database.read() as connection:
        started = {str(row[0]) for row in connection.exec_driver_sql("SELECT started_at FROM job_run")}
    database.close()
    assert {moment[:19] for moment in started} == {"2026-03-02 00:30:00"}


@pytest.mark.parametrize(
    ("moment", "said"), [("yesterday", "no ISO 8601 moment"), ("2026-03-02T08:30", "needs a time zone")]
)
def test_a_moment_that_is_none_is_refused(prepared: str, moment: str, said: str) -> None:
    done = _run("--once", "--at", moment)
    assert done.exit_code == 2
    assert said in done.stderr


def test_help_needs_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path / "nothing"))
    done = _run("--help")
    assert done.exit_code == 0
    assert "--once" in done.stdout
    assert not (tmp_path / "nothing").exists()


def test_a_database_that_is_not_there_is_a_failure_of_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path / "nothing"))
    done = _run("--once")
    assert done.exit_code == 3
    assert "Traceback" not in done.output


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_the_process_ends_well_when_it_is_told_to(prepared: str, told: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "scheduler.py"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _wait_for_rounds(prepared)
            process.send_signal(told)
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "has ended" in said
    assert "Traceback" not in said


def _wait_for_rounds(url: str) -> None:
    """Wait until every job has run once: from then on the process beats."""
    import time

    database = Database(url)
    try:
        for _ in range(300):
            with database.read() as connection:
                names = {str(row[0]) for row in connection.exec_driver_sql("SELECT name FROM job_run")}
            if names == {"positions", "sweep", "digest", "outbox"}:
                return
            time.sleep(0.1)
    finally:
        database.close()
    raise AssertionError(f"the jobs did not run: {json.dumps(sorted(names))}")
