"""The web server as a process of its own: it answers, ends when told, and keeps to its line."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert CliRunner().invoke(cli.main, ["init"]).exit_code == 0


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A server on any free port, with the options of the test's parameter."""
    words = [sys.executable, "-m", "cli", "serve", "--port", "0", "--workers", "1", *request.param]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    found = re.search(r"http://[^:]+(:\d+)", process.stderr.readline())
    assert found
    return f"http://127.0.0.1{found[1]}"


@pytest.mark.parametrize("server", [()], indirect=True)
def test_it_answers_and_ends_when_told(server: subprocess.Popen[str]) -> None:
    with urllib.request.urlopen(f"{_address(server)}/login", timeout=30) as answer:  # noqa: S310  # Our own server.
        assert answer.status == 200
        assert "line is open" not in answer.read().decode()
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0


@pytest.mark.parametrize("server", [("--host", "0.0.0.0")], indirect=True)  # noqa: S104  # What must be refused.
def test_other_machines_are_not_served_without_tls(server: subprocess.Popen[str]) -> None:
    assert server.wait(timeout=30) == 2
    assert server.stderr is not None
    assert "ZHENGGAI_ALLOW_HTTP" in server.stderr.read()


def test_a_port_that_is_taken_is_told() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli.main, ["serve", "--port", port])
    assert result.exit_code == 3
    assert port in result.stderr


def test_an_address_that_does_not_exist_is_told() -> None:
    result = CliRunner().invoke(cli.main, ["serve", "--host", "no.such.host.invalid"])
    assert result.exit_code == 2
