"""Every bench runs small on both databases and prints one JSON object with the promised keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.support import postgres
from tests.support.postgres import Server
from tests.support.surroundings import ROOT

_KEYS = {"name", "backend", "n", "ours", "floor", "ratio", "unit", "machine"}


def _bench(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )


def test_without_a_name_the_benches_are_listed_one_per_line() -> None:
    done = _bench()
    assert (done.returncode, done.stdout.split("\n")) == (
        0,
        ["transitions", "bulk", "sweep", "startup", "rehearse", ""],
    )


def test_an_unknown_bench_is_wrong_usage() -> None:
    assert _bench("nonsense").returncode == 2


def test_less_than_one_is_wrong_usage() -> None:
    assert _bench("startup", "--n", "0").returncode == 2


@pytest.mark.parametrize(
    ("name", "n"), [("transitions", 1), ("bulk", 2), ("sweep", 500), ("startup", 1), ("rehearse", 50)]
)
def test_a_bench_prints_one_object_with_the_promised_keys(name: str, n: int) -> None:
    done = _bench(name, "--n", str(n))
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found.keys() >= _KEYS
    assert (found["name"], found["backend"], found["n"]) == (name, "sqlite", n)
    assert found["runs"] >= 5
    assert found["ratio"] == pytest.approx(found["ours"] / found["floor"], rel=0.02)


def test_the_bench_of_moves_counts_the_server_too(postgres_server: Server) -> None:
    given = {postgres.VARIABLE: postgres_server.url}
    done = _bench("transitions", "--backend", "postgresql", "--n", "1", **given)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["backend"], found["same_rows"], found["transactions"]) == ("postgresql", True, 3)


def test_the_bench_of_signatures_compares_one_page_with_many(postgres_server: Server) -> None:
    given = {postgres.VARIABLE: postgres_server.url}
    done = _bench("bulk", "--backend", "postgresql", "--n", "2", **given)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["same_rows"]
    assert 0 < found["against_single"] < 1
    assert found["password"] < found["single"]


def test_the_bench_of_the_sweep_tells_growth_and_index(postgres_server: Server) -> None:
    given = {postgres.VARIABLE: postgres_server.url}
    done = _bench("sweep", "--backend", "postgresql", "--n", "2000", **given)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["growth"] > 0
    assert (found["due"], found["index"], found["same_rows"]) == (20, "ix_deadline_next_at", True)
