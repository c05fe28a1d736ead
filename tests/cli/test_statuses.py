"""An expected failure is one sentence and a status; the group starts fast and loads what it names."""

from __future__ import annotations

import subprocess
import sys
from types import MappingProxyType

import click
import pytest
from click.testing import CliRunner

import cli
from cli import errors
from cli.commands import COMMANDS
from cli.lazy import LazyGroup, Target
from engine.errors import NotFoundError, SurroundingsError

_FAILURES = {
    "unusable": NotFoundError("not_found"),
    "surroundings": SurroundingsError("database_away"),
    "disk": OSError(28, "No space left on device", "/data/zhenggai.db"),
    "wrong": errors.FoundWrong("第 3 条记录不符。"),
    "bug": RuntimeError("nobody foresaw this"),
}


@click.command
@click.argument("kind")
def fail(kind: str) -> None:
    """Fails in the way that is asked for."""
    raise _FAILURES[kind]


_GROUP = LazyGroup(MappingProxyType({"fail": Target(f"{__name__}:fail", "失败", "Fail")}), name="zhenggai")


@pytest.mark.parametrize(
    ("kind", "status"), [("unusable", 2), ("surroundings", 3), ("disk", 3), ("wrong", 1)]
)
def test_each_kind_of_failure_ends_with_its_status_and_one_sentence(kind: str, status: int) -> None:
    result = CliRunner().invoke(_GROUP, ["fail", kind])
    assert result.exit_code == status
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_a_full_disk_names_the_file() -> None:
    assert "/data/zhenggai.db" in CliRunner().invoke(_GROUP, ["fail", "disk"]).stderr


def test_a_fault_of_our_own_keeps_its_traceback() -> None:
    assert isinstance(CliRunner().invoke(_GROUP, ["fail", "bug"]).exception, RuntimeError)


def test_wrong_usage_ends_with_two() -> None:
    assert CliRunner().invoke(cli.main, ["no-such-command"]).exit_code == 2
    assert CliRunner().invoke(cli.main, ["--no-such-option"]).exit_code == 2


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_GB.UTF-8", "C"])
def test_help_lists_every_command_in_the_readers_language(
    locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    shown = CliRunner().invoke(cli.main, ["--help"]).stdout
    for name, target in COMMANDS.items():
        assert name in shown
        words = target.en if locale.startswith("en") else target.zh
        assert words.split()[0] in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_can_be_loaded_and_has_help(name: str) -> None:
    result = CliRunner().invoke(cli.main, [name, "--help"])
    assert result.exit_code == 0, result.output


def test_printing_the_version_imports_neither_flask_nor_sqlalchemy() -> None:
    code = (
        "import sys, cli\n"
        "try: cli.main(['--version'])\n"
        "finally: print(sorted({'flask', 'sqlalchemy', 'babel', 'engine', 'web'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0].startswith("zhenggai ")
    assert done.stdout.splitlines()[1] == "[]"
