"""``zhenggai workflow`` lists, shows, checks and draws definitions without a database."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

import cli
from tests.engine.test_loading import BROKEN
from tests.engine.zoo import HERE
from workflows.rectification.definition import built_in, built_in_text

DEFINITION = built_in().definition


@pytest.fixture(autouse=True)
def _in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def _run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, ["workflow", *map(str, args)])


def test_the_list_names_version_and_digest() -> None:
    assert json.loads(_run("list", "--format", "json").stdout) == [
        {
            "name": "rectification",
            "version": 1,
            "digest": DEFINITION.digest,
            "states": 9,
            "transitions": len(DEFINITION.transitions),
        }
    ]
    heads, line = _run("list").stdout.splitlines()
    assert heads.split() == ["名称", "版本", "摘要", "状态数", "操作数"]
    assert line.split()[:2] == ["rectification", "1"]


def test_the_moves_are_shown_in_the_readers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _run("show", "rectification").stdout.splitlines()
    assert lines[2].split() == [
        "启动整改",
        "待启动",
        "整改中",
        "承办人",
        "部门负责人、责任领导",
        "推进计划",
        "acknowledged、measures_dated",
    ]
    assert any(line.split()[:3] == ["接收", "任何状态", "不变"] for line in lines)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "any state" in _run("show", "rectification").stdout


def test_a_definition_is_shown_whole_as_json() -> None:
    shown = json.loads(_run("show", "rectification", "--format", "json").stdout)
    assert [state["name"] for state in shown["states"]] == [state.name for state in DEFINITION.states]
    assert [each["trigger"] for each in shown["transitions"]] == [t.trigger for t in DEFINITION.transitions]
    start = shown["transitions"][1]
    assert (start["reports"], start["signed_by"]) == (
        "department_head",
        ["department_head", "responsible_leader"],
    )
    resume = next(each for each in shown["transitions"] if each["trigger"] == "resume")
    assert resume["when"] == {"name": "suspended_from", "at": "both", "state": "planned"}
    assert shown["deadlines"][-1]["kind"] == "signature_pending"


@pytest.mark.parametrize("command", ["show", "diagram"])
def test_a_workflow_that_does_not_exist_is_one_sentence_and_status_two(command: str) -> None:
    result = _run(command, "holidays")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip() == "错误：没有名为“holidays”的流程。已有：rectification。"


def test_a_right_definition_is_well(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(built_in_text(), encoding="utf-8")
    assert _run("check", file).exit_code == 0
    found = json.loads(_run("check", file, "--format", "json").stdout)
    assert (found["loads"], found["digest"]) == (True, DEFINITION.digest)


# Guards of the zoo are unknown here, so a file may fail earlier than in the engine's own test; it fails.
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_broken_definition_is_one_sentence_with_its_place_in_both_languages(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale, says in (("zh_CN.UTF-8", "错误："), ("en_GB.UTF-8", "Error: ")):
        monkeypatch.setenv("LC_ALL", locale)
        result = _run("check", path)
        unreadable = path.stem == "no_toml"
        assert (result.exit_code, result.stdout) == (2 if unreadable else 1, "")
        assert result.stderr.startswith(says)
        assert len(result.stderr.splitlines()) == 1
        assert "%(" not in result.stderr


def test_what_is_wrong_can_be_read_by_a_script() -> None:
    result = _run("check", HERE / "broken" / "no_end_at_all.toml", "--format", "json")
    found = json.loads(result.stdout)
    assert (found["loads"], found["code"], found["place"]) == (
        False,
        "guard_unknown",
        "transition 1 (send)",
    )
    assert found["says"] == "transition 1 (send)：没有条件“sealed”。"


def test_a_file_that_is_no_text_is_refused_with_status_two(tmp_path: Path) -> None:
    file = tmp_path / "picture.toml"
    file.write_bytes(b"\xff\xfe\x00")
    result = _run("check", file)
    assert result.exit_code == 2
    assert "不是 UTF-8 文本" in result.stderr
    assert _run("check", tmp_path / "absent.toml").exit_code == 2


def test_the_diagram_speaks_the_terminals_language(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = ET.fromstring(_run("diagram", "rectification").stdout_bytes)  # noqa: S314 - The text is our own.
    assert drawn[0].text == "流程 rectification@1 的状态图"
    assert "待启动" in ET.tostring(drawn, encoding="unicode")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "待启动" not in _run("diagram", "rectification").stdout
    text = _run("diagram", "rectification", "--format", "mermaid").stdout
    assert text.startswith("stateDiagram-v2\n")
    assert "    [*] --> planned\n" in text
