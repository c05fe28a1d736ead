"""A process that was stopped in the middle of writing: the others wait for a while, and are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engine.errors import SurroundingsError
from storage import sqlite
from storage.database import Database
from storage.turns import turn
from tests.support.seed import court
from tests.support.surroundings import ROOT
from tests.web.driving import sentences

_WRITES = """
import sys, time
from storage.database import Database
with Database(sys.argv[1]).write() as connection:
    print("inside", flush=True)
    time.sleep(60)
"""

_IS_INTERRUPTED = """
import sys
from pathlib import Path
from storage.turns import turn
lock = Path(sys.argv[1])
sys.stdin.readline()
try:
    print("waits", flush=True)
    with turn(lock, 30):
        pass
except KeyboardInterrupt:
    print("interrupted", flush=True)
sys.stdin.readline()
with turn(lock, 5):
    print("had a turn", flush=True)
"""


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for half a minute here."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.3)


@contextmanager
def stopped_writer(url: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that writes and was stopped, not killed."""
    command = [sys.executable, "-c", _WRITES, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "inside\n"
            process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED)
            yield process
        finally:
            process.kill()


def _waiting() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "turn"]


def _all_gone() -> bool:
    for _ in range(100):
        if not _waiting():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.usefixtures("hurry")
def test_nobody_waits_for_ever_for_a_process_that_was_stopped(sqlite_database: Database) -> None:
    assert sqlite_database.path is not None
    with stopped_writer(f"sqlite:///{sqlite_database.path}") as stopped:
        for _ in range(3):
            with pytest.raises(SurroundingsError, match="database_busy"), sqlite_database.write():
                pass
        assert len(_waiting()) == 1, "who waits next takes over the place that was given up"
        stopped.kill()
        stopped.wait()
        assert _all_gone(), "the place that nobody wants any more locks nothing"
        with sqlite_database.write():
            pass


@pytest.mark.usefixtures("hurry")
def test_whoever_waits_while_the_process_goes_on_gets_the_turn(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sqlite_database.path is not None
    with stopped_writer(f"sqlite:///{sqlite_database.path}") as stopped:
        with pytest.raises(SurroundingsError), sqlite_database.write():
            pass
        monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 30)
        threading.Timer(0.3, stopped.kill).start()
        with sqlite_database.write():
            pass
    assert _all_gone()


@pytest.mark.usefixtures("hurry")
def test_a_page_says_that_the_database_is_busy(migrated_sqlite_url: str) -> None:
    made = court(migrated_sqlite_url)
    client = made.visitor("inspector")
    with stopped_writer(migrated_sqlite_url):
        answer = client.get("/inspector/")
    made.database.close()
    assert answer.status_code == 503
    assert "系统正忙，没有办理。请稍后重试。" in sentences(answer.text)


@pytest.mark.usefixtures("hurry")
def test_a_command_says_that_the_database_is_busy(
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with stopped_writer(migrated_sqlite_url):
        done = CliRunner().invoke(main, ["scheduler", "--once"])
    assert done.exit_code == 3
    assert "busy" in done.stderr
    assert "Traceback" not in done.output


def test_ctrl_c_while_waiting_leaves_no_lock_behind(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", _IS_INTERRUPTED, str(lock)]
    pipe = subprocess.PIPE
    with (
        ExitStack() as held,
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process,
    ):
        held.enter_context(turn(lock, 1))
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write("wait\n")
            process.stdin.flush()
            assert process.stdout.readline() == "waits\n"
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            assert process.stdout.readline() == "interrupted\n"
            held.close()
            said, _ = process.communicate("go on\n", timeout=30)
        finally:
            process.kill()
    assert said == "had a turn\n"
