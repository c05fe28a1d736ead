"""Results are printed as a table that lines up and as JSON that a script can read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import click
import pytest
from click.testing import CliRunner

from cli import output


class _Light(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class _Step:
    day: date
    what: str


_ROWS: list[output.Row] = [
    {"name": "审管办", "due": date(2026, 8, 15), "light": _Light.RED, "late": True, "who": ["甲", "乙"]},
    {"name": "IT", "due": None, "light": None, "late": False, "who": []},
]


@click.command
@output.format_option
def _command(output_format: str) -> None:
    output.note("note")
    output.rows(_ROWS, output_format, {"name": "部门", "due": "时限", "late": "逾期", "who": "谁"})


def test_columns_line_up_although_chinese_characters_are_two_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    result = CliRunner().invoke(_command)
    assert result.stdout.splitlines() == [
        "部门    时限        逾期  谁",
        "审管办  2026-08-15  是    甲、乙",
        "IT                  否",
    ]
    assert result.stderr == "note\n"


def test_json_is_utf_8_and_unescaped_whatever_the_terminal_is_set_to() -> None:
    result = CliRunner(charset="gbk").invoke(_command, ["--format", "json"])
    text = result.stdout_bytes.decode("utf-8")
    assert "审管办" in text
    assert json.loads(text)[0] == {
        "name": "审管办",
        "due": "2026-08-15",
        "light": "red",
        "late": True,
        "who": ["甲", "乙"],
    }


def test_no_records_are_a_table_of_heads_and_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    output.rows([], "table", {"name": "部门"})
    output.rows([], "json")
    assert capsys.readouterr().out == "部门\n[]\n"


def test_records_times_and_sets_have_a_form_in_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    value = {
        "step": _Step(date(2026, 1, 2), "签收"),
        "at": datetime(2026, 1, 2, 3, tzinfo=UTC),
        "all": {"b", "a"},
    }
    output.as_json(value)
    assert json.loads(capsysbinary.readouterr().out) == {
        "step": {"day": "2026-01-02", "what": "签收"},
        "at": "2026-01-02T03:00:00+00:00",
        "all": ["a", "b"],
    }


def test_a_cell_with_several_lines_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.rows([{"text": "one\ntwo"}], "table")
    assert capsys.readouterr().out == "text\none two\n"


def test_progress_leaves_the_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress(range(3), "reading") as bar:
        assert list(bar) == [0, 1, 2]
    assert capsys.readouterr().out == ""
