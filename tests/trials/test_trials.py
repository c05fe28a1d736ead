"""Every trial runs small, prints one JSON object with the promised keys, and ends with 0 only if all held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres
from tests.support.postgres import Server
from tests.support.surroundings import ROOT
from trials import outcome
from trials.outcome import Outcome, Tooth

_KEYS = {"name", "backend", "n", "seed", "passed", "counts", "tooth", "seconds"}
_CAUGHT = Tooth("a missing lock", caught=True, after=1)
_MISSED = Tooth("a missing lock", caught=False, after=9)


def _trial(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trials", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )


def test_without_a_name_the_trials_are_listed_one_per_line() -> None:
    done = _trial()
    assert (done.returncode, done.stdout.split("\n")) == (
        0,
        ["crash", "race", "races", "restarts", "writers", ""],
    )


def test_an_unknown_trial_is_wrong_usage() -> None:
    assert _trial("nonsense").returncode == 2


@pytest.mark.parametrize("name", ["crash", "race", "races", "restarts", "writers"])
def test_a_trial_prints_one_object_with_the_promised_keys(name: str) -> None:
    done = _trial(name, "--n", "1", "--seed", "7")
    found = json.loads(done.stdout)
    assert found.keys() >= _KEYS
    assert (found["name"], found["backend"], found["n"], found["seed"]) == (name, "sqlite", 1, 7)
    assert (found["faults"], found["passed"], done.returncode) == ([], True, 0)
    assert found["tooth"]["caught"] is True


def test_a_trial_runs_on_the_named_postgresql_and_leaves_nothing_there(postgres_server: Server) -> None:
    before = _databases(postgres_server)
    given = {postgres.VARIABLE: postgres_server.url}
    done = _trial("race", "--backend", "postgresql", "--n", "2", **given)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["backend"] == "postgresql"
    # Other tests use the same server at the same time; what is theirs goes when they end.
    left, give_up = _databases(postgres_server) - before, time.monotonic() + 120
    while left and time.monotonic() < give_up:
        time.sleep(0.5)
        left &= _databases(postgres_server)
    assert left == set()


def test_without_a_database_server_the_surroundings_failed() -> None:
    done = _trial("race", "--backend", "postgresql", **{postgres.VARIABLE: "mysql://nowhere"})
    assert (done.returncode, done.stdout) == (3, "")


def test_a_trial_passes_only_where_all_held_and_every_planted_fault_was_caught() -> None:
    assert Outcome(1, {}, [], _CAUGHT).passed
    assert not Outcome(1, {}, ["something is missing"], _CAUGHT).passed
    assert not Outcome(1, {}, [], _MISSED).passed
    assert not Outcome(1, {}, [], _CAUGHT, (_MISSED,)).passed


def test_a_full_run_is_kept_with_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "RESULTS", tmp_path / "results")
    record = Outcome(3, {"rounds": 3}, [], _CAUGHT).record("race", "sqlite", 7, 1.26)
    path = outcome.keep(record, "a machine")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "race-sqlite.json"
    assert (kept["seconds"], kept["machine"], len(kept["commit"])) == (1.3, "a machine", 40)
    assert kept["tooth"] == {"fault": "a missing lock", "caught": True, "after": 1}


def _databases(server: Server) -> set[str]:
    with psycopg.connect(server.url.replace("+psycopg", "", 1)) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
