"""An installation by its commands: created, its accounts kept, its record checked, copied and put back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from storage.accounts import enter
from storage.database import Database
from storage.directory import organisations
from tests.contract.court import NOW

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of an installation on each kind of database."""
    monkeypatch.setenv("ZHENGGAI_DATABASE_URL", database_url)
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def command(*words: str) -> Result:
        return CliRunner().invoke(cli.main, words)

    return command


def _printed(result: Result) -> dict[str, str]:
    assert result.exit_code == 0, result.output
    (row,) = json.loads(result.stdout)
    assert isinstance(row, dict)
    return row


def test_the_first_administrators_password_is_printed_once_and_opens_the_door(
    run: Run, database_url: str
) -> None:
    shown = _printed(run("init", "--organisation", "云岭市中级人民法院", "--format", "json"))
    again = run("init")
    assert (again.exit_code, again.stdout) == (0, "")
    database = Database(database_url)
    assert isinstance(enter(database, shown["login"], shown["password"], "192.0.2.1", NOW), str)
    with database.read() as connection:
        assert [one.name for one in organisations(connection)] == ["云岭市中级人民法院"]
    database.close()


def test_a_command_before_init_says_what_to_do(run: Run) -> None:
    result = run("user", "list")
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 1


def test_an_account_is_added_listed_disabled_enabled_and_reset(run: Run, database_url: str) -> None:
    run("init")
    added = ("user", "add", "p1", "--name", "上官梅", "--department", "立案庭", "--role", "handler")
    assert run(*added).exit_code == 2
    first = _printed(run(*added, "--role", "department_head", "--new-department", "--format", "json"))
    assert run(*added).exit_code == 2
    (row,) = [
        one for one in json.loads(run("user", "list", "--format", "json").stdout) if one["login"] == "p1"
    ]
    assert (row["name"], row["roles"]) == ("上官梅", ["handler", "department_head"])
    assert run("user", "disable", "p1").exit_code == 0
    assert run("user", "disable", "p1").exit_code == 2
    database = Database(database_url)
    assert not isinstance(enter(database, "p1", first["password"], "192.0.2.1", NOW), str)
    assert run("user", "enable", "p1").exit_code == 0
    second = _printed(run("user", "reset", "p1", "--format", "json"))
    assert not isinstance(enter(database, "p1", first["password"], "192.0.2.1", NOW), str)
    assert isinstance(enter(database, "p1", second["password"], "192.0.2.1", NOW), str)
    database.close()


@pytest.mark.parametrize(
    "words", [("disable", "nobody"), ("add", "p 1", "--name", "n", "--department", "d", "--role", "handler")]
)
def test_a_wrong_account_is_one_sentence(run: Run, words: tuple[str, ...]) -> None:
    run("init")
    result = run("user", *words)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_role_is_refused_with_the_known_ones(run: Run) -> None:
    run("init")
    result = run("user", "add", "p1", "--name", "n", "--department", "d", "--role", "king")
    assert result.exit_code == 2
    assert "handler" in result.stderr


def test_the_record_is_whole_and_is_given_out_as_it_was_hashed(run: Run) -> None:
    run("init")
    assert run("audit", "verify").exit_code == 0
    found = json.loads(run("audit", "verify", "--format", "json").stdout)
    lines = [json.loads(line) for line in run("audit", "export").stdout.splitlines()]
    assert found == {"entries": len(lines), "streams": 2, "findings": []}
    assert all(json.loads(line["body"])["stream"] == line["stream"] for line in lines)


def test_a_backup_is_put_back_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    run("init", "--organisation", "云岭市中级人民法院")
    before = run("user", "list", "--format", "json").stdout
    assert run("backup", str(tmp_path / "copy")).exit_code == 0
    assert run("backup", str(tmp_path / "copy")).exit_code == 2
    assert run("restore", str(tmp_path / "copy")).exit_code == 2
    monkeypatch.setenv("ZHENGGAI_DATABASE_URL", _another(request, tmp_path))
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path / "other"))
    assert run("restore", str(tmp_path / "copy")).exit_code == 0
    assert run("user", "list", "--format", "json").stdout == before
    assert run("audit", "verify").exit_code == 0


def _another(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if "sqlite" in request.node.callspec.id:
        return f"sqlite:///{tmp_path / 'other' / 'zhenggai.db'}"
    server = request.getfixturevalue("postgres_server")
    url = server.create_database()
    request.addfinalizer(lambda: server.drop_database(url))  # A second one beside the fixture's.
    return str(url)


def test_a_tampered_record_ends_with_one_and_names_the_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    CliRunner().invoke(cli.main, ["init"])
    with closing(sqlite3.connect(tmp_path / "zhenggai.db")) as database:
        database.execute("DROP TRIGGER audit_entry_refuses_update")
        database.execute("UPDATE audit_entry SET body = replace(body, '\"init\"', '\"else\"') WHERE id = 2")
        database.commit()
    result = CliRunner().invoke(cli.main, ["audit", "verify"])
    assert result.exit_code == 1
    assert "organisation:1" in result.stdout
    assert "内容被改动" in result.stdout
    assert "1 处不符" in result.stderr
