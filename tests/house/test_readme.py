"""The two READMEs say the same, and what they say of commands and settings is what the code has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import click
import pytest

from cli.commands import COMMANDS
from tests.house.readme import Readme, read
from tests.house.source import modules
from tests.support.surroundings import ROOT

_ENGLISH: Final = read(ROOT / "README.md")
_CHINESE: Final = read(ROOT / "README.zh.md")
_BOTH: Final = pytest.mark.parametrize("readme", [_ENGLISH, _CHINESE], ids=["README.md", "README.zh.md"])
_SETTING: Final = re.compile(r"\bZHENGGAI_[A-Z][A-Z_]*[A-Z]\b")


def _commands() -> Iterator[str]:
    for name, target in COMMANDS.items():
        command = target.load()
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in command.commands)
        else:
            yield name


def _name(code: str) -> str:
    # Arguments are written in capitals, options in brackets.
    return " ".join(word for word in code.split()[1:] if re.fullmatch(r"[a-z-]+", word) and word[0] != "-")


def test_both_have_the_same_headings() -> None:
    assert _ENGLISH.headings == _CHINESE.headings


def test_both_have_the_same_tables() -> None:
    assert [[len(row) for row in table.rows] for table in _ENGLISH.tables] == [
        [len(row) for row in table.rows] for table in _CHINESE.tables
    ]
    assert [table.codes() for table in _ENGLISH.tables] == [table.codes() for table in _CHINESE.tables]


def test_both_have_the_same_commands_to_type() -> None:
    def commands(blocks: tuple[str, ...]) -> list[str]:
        lines = [line.split(" #")[0].rstrip() for block in blocks for line in block.splitlines()]
        return [line for line in lines if line and not line.startswith("#")]

    assert commands(_ENGLISH.blocks) == commands(_CHINESE.blocks)


def test_both_begin_with_the_two_commands() -> None:
    assert _ENGLISH.blocks[0].splitlines()[0].startswith("make run")
    assert _ENGLISH.blocks[0].splitlines()[1].startswith("make test")


@_BOTH
def test_every_setting_of_the_code_stands_in_the_table_and_no_other(readme: Readme) -> None:
    in_code = {
        name
        for module in modules()
        for name in _SETTING.findall(module.text)
        if not name.startswith("ZHENGGAI_TEST_")
    }
    in_tables = [code for table in readme.tables for code in table.codes() if code.startswith("ZHENGGAI_")]
    assert sorted(in_tables) == sorted(in_code)


@_BOTH
def test_every_command_stands_in_the_table_and_no_other(readme: Readme) -> None:
    codes = [code for table in readme.tables for code in table.codes() if code.startswith("zhenggai ")]
    assert sorted(_name(code) for code in codes) == sorted(_commands())


@_BOTH
def test_every_link_into_the_repository_leads_somewhere(readme: Readme) -> None:
    inner = [link.split("#")[0] for link in readme.links if "://" not in link and not link.startswith("#")]
    assert [link for link in inner if not (ROOT / link).exists()] == []
