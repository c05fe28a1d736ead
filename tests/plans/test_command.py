from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.plans.documents import text, word_of
from workflows.plans.sources.kinds import MOST_BYTES

PLAN = """
某院整改方案
（一）窗口服务
整改目标：缩短等候
整改措施：一是增设窗口；二是开通预约
责任部门：立案庭
完成时限：9月底前
二、工作要求
请于2023年7月5日前报送进展。
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_bytes(text(PLAN, "gb18030"))
    return path


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(
        main, ["plan", "read", *map(str, arguments)], env=env or {"LANG": "zh_CN.UTF-8"}
    )


def test_a_plan_is_printed_as_json_with_sentences_in_the_readers_language(file: Path) -> None:
    result = run(file, "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["tasks"][0]["measures"] == ["增设窗口", "开通预约"]
    assert "增设窗口" in result.stdout
    questions = {question["field"]: question["asks"] for question in found["questions"]}
    assert questions["deadline"] == "哪一年？"
    english = json.loads(run(file, "--format", "json", env={"LANG": "en_GB.UTF-8"}).stdout)
    assert {question["field"]: question["asks"] for question in english["questions"]}[
        "deadline"
    ] == "Which year?"


def test_a_named_year_gives_the_missing_one(file: Path) -> None:
    found = json.loads(run(file, "--year", "2023", "--format", "json").stdout)
    assert found["tasks"][0]["deadline"] == "2023-09-30"


def test_a_plan_is_printed_as_a_table_with_milestones_and_questions(file: Path) -> None:
    result = run(file)
    assert result.exit_code == 0
    for words in (
        "某院整改方案",
        "缩短等候",
        "立案庭",
        "9月底前",
        "2023-07-05  报送进展",
        "任务1  哪一年？  9月底前",
    ):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("新闻.txt", "我院召开推进会，要求立行立改。".encode(), "没有找到整改任务"),
        ("空.txt", b"", "文件里没有文字"),
        ("旧.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("坏.docx", b"PK\x03\x04", "已损坏"),
        ("大.txt", b"a" * (MOST_BYTES + 1), "最多可读 20 MB"),
    ],
)
def test_an_unusable_file_ends_with_status_2_and_one_sentence(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run(path, "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path / "none.txt").exit_code == 2


def test_a_word_file_is_read_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "plan.DOCX"
    path.write_bytes(word_of(PLAN))
    assert json.loads(run(path, "--format", "json").stdout)["tasks"][0]["lead_department"] == "立案庭"


def test_reading_a_text_loads_nothing_that_only_word_files_need(file: Path) -> None:
    code = (
        "import sys; from workflows.plans.read import read_plan;"
        f"read_plan('a.txt', open({str(file)!r}, 'rb').read());"
        "print([name for name in ('docx', 'lxml', 'sqlalchemy', 'flask', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
