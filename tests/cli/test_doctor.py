"""The doctor looks at everything, changes nothing and says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli


@pytest.fixture(autouse=True)
def _in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def _run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, words)


def _levels(result: Result) -> dict[str, str]:
    return {row["check"]: row["level"] for row in json.loads(result.stdout)}


def test_after_init_nothing_is_bad() -> None:
    _run("init")
    result = _run("doctor", "--format", "json")
    assert result.exit_code == 0
    assert set(_levels(result)) >= {"database", "clock", "evidence", "mail", "scheduler", "fonts"}


def test_before_init_it_says_what_is_missing_and_makes_nothing(tmp_path: Path) -> None:
    result = _run("doctor", "--format", "json")
    assert result.exit_code == 1
    assert _levels(result)["database"] == "bad"
    assert list(tmp_path.iterdir()) == []


def test_a_mail_server_that_is_not_there_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    _run("init")
    monkeypatch.setenv("ZHENGGAI_SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("ZHENGGAI_MAIL_FROM", "office@example.test")
    result = _run("doctor")
    assert result.exit_code == 1
    assert "Mail" in result.stderr


def test_a_key_that_others_can_read_is_bad(tmp_path: Path) -> None:
    _run("init")
    (tmp_path / "data" / "secret.key").chmod(0o644)
    assert _levels(_run("doctor", "--format", "json"))["secret_key"] == "bad"
