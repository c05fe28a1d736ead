"""``zhenggai plan import``: what is shown, asked, refused and created."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from storage.database import Database
from tests.plans_import.conftest import furnish
from tests.plans_import.samples import DIRECTORY, PLAN

UNKNOWN = PLAN.replace("责任领导：方知远", "责任领导：陌生人")


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with the invented court."""
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    database = Database(f"sqlite:///{tmp_path / 'zhenggai.db'}")
    database.migrate()
    furnish(database)
    database.close()
    return tmp_path


def run(folder: Path, *options: str, text: str = PLAN, typed: Sequence[str] = ()) -> Result:
    file = folder / "方案.txt"
    file.write_text(text, encoding="utf-8")
    arguments = ["plan", "import", str(file), "--organisation", "云岭市中级人民法院", *options]
    return CliRunner().invoke(cli.main, arguments, input="".join(f"{line}\n" for line in typed))


def count(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / "zhenggai.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # Names of ours.


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command believe that a person sits before it."""
    monkeypatch.setattr("cli.plan_import.at_terminal", lambda: True)


def test_with_yes_a_plan_without_questions_becomes_tasks(installation: Path) -> None:
    result = run(installation, "--yes")

    assert result.exit_code == 0, result.output
    assert "已创建方案1的2项任务。" in result.stdout
    assert count(installation, "task") == 2
    assert count(installation, "blob") == 1


def test_with_yes_open_questions_are_named_and_nothing_is_kept(installation: Path) -> None:
    result = run(installation, "--yes", text=UNKNOWN)

    assert result.exit_code == 2
    assert "通讯录中没有“陌生人”（任务1），责任领导是谁？" in result.stderr
    assert [count(installation, table) for table in ("task", "plan", "plan_draft", "blob")] == [0] * 4


def test_without_a_person_the_import_is_kept_for_the_browser(installation: Path) -> None:
    result = run(installation)

    assert result.exit_code == 0
    assert "/plans/drafts/1" in result.stderr
    assert (count(installation, "plan_draft"), count(installation, "task")) == (1, 0)


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_is_asked_and_answers_by_number(installation: Path) -> None:
    result = run(installation, text=UNKNOWN, typed=["1", "y"])

    assert result.exit_code == 0, result.output
    assert f"1. {DIRECTORY.people[0].name}" in result.stderr
    assert count(installation, "task") == 2


@pytest.mark.usefixtures("at_a_terminal")
def test_an_answer_is_kept_even_where_the_next_is_left_open(installation: Path) -> None:
    text = UNKNOWN.replace("责任领导：沈若衡", "责任领导：另一人")
    run(installation, text=text, typed=["1", ""])
    result = run(installation, text=text, typed=["1", "y"])

    assert "继续上次没有确认的导入。" in result.stderr
    assert "陌生人" not in result.stderr
    assert (count(installation, "plan_draft"), count(installation, "task")) == (1, 2)


@pytest.mark.usefixtures("at_a_terminal")
def test_saying_no_creates_nothing(installation: Path) -> None:
    result = run(installation, typed=["n"])

    assert result.exit_code == 0
    assert count(installation, "task") == 0


@pytest.mark.usefixtures("at_a_terminal")
def test_measures_can_be_taken_over_as_criteria(installation: Path) -> None:
    text = PLAN.replace("核验标准：一是印发《案件排期办法》；二是等候时间平均缩短五日。\n", "")
    run(installation, text=text, typed=["=", "y"])

    with closing(sqlite3.connect(installation / "zhenggai.db")) as connection:
        statement = "SELECT count(*) FROM criterion WHERE taken_from_measure_id IS NOT NULL"
        assert connection.execute(statement).fetchone()[0] == 2


@pytest.mark.usefixtures("at_a_terminal")
def test_a_doubt_of_the_reader_can_be_settled_as_read(installation: Path) -> None:
    text = PLAN.replace("完成时限：2026年9月底前", "完成时限：9月底前")
    result = run(installation, text=text, typed=[".", ".", "y"])

    assert count(installation, "task") == 2, result.output


def test_the_same_file_of_a_plan_that_exists_is_pointed_out(installation: Path) -> None:
    run(installation, "--yes")
    result = run(installation)

    assert "同一份文件已导入为方案" in result.stderr


def test_the_same_plan_twice_is_refused(installation: Path) -> None:
    run(installation, "--yes")
    result = run(installation, "--yes")

    assert result.exit_code == 2
    assert "没有重复创建" in result.stderr
    assert count(installation, "task") == 2


def test_a_marked_file_is_refused_and_not_kept(installation: Path) -> None:
    result = run(installation, "--yes", text=f"秘密★3年\n{PLAN}")

    assert result.exit_code == 2
    assert count(installation, "blob") == 0


def test_a_text_without_tasks_is_refused(installation: Path) -> None:
    assert run(installation, text="今天天气很好。").exit_code == 2


def test_a_missing_database_is_said_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))

    assert run(tmp_path, "--yes").exit_code == 3
