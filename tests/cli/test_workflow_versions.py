"""``zhenggai workflow publish``, ``migrate`` and ``rehearse`` as somebody at a terminal meets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from storage.database import Database
from tests.versions.changed import changed, more_evidence, more_signers, unsound, without_suspension
from tests.versions.conftest import NOW, Office
from trials.court.people import settle
from trials.court.tasks import assign
from workflows.versions import migrating


@pytest.fixture
def office(tmp_path: Path, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A court whose first task was acknowledged and whose second one was started."""
    monkeypatch.setenv("ZHENGGAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    database = Database(migrated_sqlite_url)
    court = settle(database, NOW)
    found = Office(database, court, assign(database, court, 3, NOW))
    found.acknowledge(found.tasks[0])
    found.start(found.tasks[1])
    yield found
    database.close()


def _run(*args: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(cli.main, ["workflow", *map(str, args)], input=typed)


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "definition.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def published(office: Office, tmp_path: Path) -> Office:
    """The court with a second version."""
    assert _run("publish", _file(tmp_path, more_signers())).exit_code == 0
    return office


@pytest.mark.usefixtures("office")
def test_publishing_says_what_it_did_and_the_same_again_does_nothing(tmp_path: Path) -> None:
    file = _file(tmp_path, more_signers())
    first = _run("publish", file)
    assert (first.exit_code, first.stdout) == (0, "已发布流程“rectification”第2版，新任务从此使用这一版。\n")
    again = _run("publish", file)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "没有改动" in again.stderr
    listed = json.loads(_run("list", "--format", "json").stdout)
    assert [(one["name"], one["version"], one["tasks"], one["newest"]) for one in listed] == [
        ("rectification", 1, 3, False),
        ("rectification", 2, 0, True),
        ("extension", 1, None, True),
    ]
    assert _run("show", "rectification", "--format", "toml").stdout == more_signers()


@pytest.mark.usefixtures("office")
def test_what_must_not_be_published_is_refused_with_its_sentence(tmp_path: Path) -> None:
    another = _run("publish", _file(tmp_path, changed(version=1) + "# other\n"))
    assert (another.exit_code, another.stdout) == (2, "")
    assert "第1版已经发布，内容不同" in another.stderr
    skipping = _run("publish", _file(tmp_path, changed(version=5)))
    assert "下一版应为第2版" in skipping.stderr
    broken = _run("publish", _file(tmp_path, unsound()))
    assert broken.exit_code == 1
    assert "1. " in broken.stderr
    assert len(json.loads(_run("list", "--format", "json").stdout)) == 2


def test_without_a_person_migrating_only_shows(published: Office) -> None:
    shown = _run("migrate", "rectification", "--to", "2")
    assert shown.exit_code == 0
    heads, first, *_ = shown.stdout.splitlines()
    assert heads.split()[0] == "任务"
    assert "“启动整改”的签批人由“部门负责人、责任领导”变为“部门负责人、院绩效办负责人、责任领导”" in first
    assert "没有迁移任何任务" in shown.stderr
    assert [one.version for one in published.migrations.tasks(published.system, 0, 9)] == [1, 1, 1]


def test_whoever_agrees_moves_the_tasks(published: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.plan_import.at_terminal", lambda: True)
    assert "没有迁移" in _run("migrate", "rectification", "--to", "2", typed="n\n").stderr
    done = _run("migrate", "rectification", "--to", "2", typed="y\n")
    assert "3项任务已迁移到第2版" in done.stderr
    assert [one.version for one in published.migrations.tasks(published.system, 0, 9)] == [2, 2, 2]
    assert "没有可迁移的任务" in _run("migrate", "rectification", "--to", "2", "--yes").stderr


def test_tasks_that_may_not_move_are_named_and_the_others_move(office: Office, tmp_path: Path) -> None:
    office.desk.move("suspend", office.tasks[1], 3, NOW)
    office.publish(without_suspension())
    done = _run("migrate", "rectification", "--to", "2", "--yes", "--format", "json")
    assert done.exit_code == 1
    assert "1项任务不能迁移" in done.stderr
    tasks = json.loads(done.stdout)["tasks"]
    assert [one["moved"] for one in tasks] == [True, False, True]
    assert tasks[1]["against"] == [
        {"code": "version_state_missing", "state": "suspended", "says": "新版本没有“暂缓”这一状态"}
    ]


def test_a_move_that_was_stopped_goes_on_where_it_was(
    published: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = migrating.migrate, list[int]()

    def stopped(*args: object, **kwargs: object) -> object:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return real(*args, **kwargs)  # type: ignore[arg-type]  # Handed on as it came.

    monkeypatch.setattr(migrating, "migrate", stopped)
    first = _run("migrate", "rectification", "--to", "2", "--yes")
    assert first.exit_code == 1
    assert "已中断：迁移了1项" in first.stderr
    monkeypatch.setattr(migrating, "migrate", real)
    assert [one.version for one in published.migrations.tasks(published.system, 0, 9)] == [2, 1, 1]
    assert "2项任务已迁移" in _run("migrate", "rectification", "--to", "2", "--yes").stderr


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("rectification", "--to", "9"), "没有发布过第9版。已发布：1, 2"),
        (("holidays", "--to", "1"), "没有名为“holidays”的流程"),
        (("extension", "--to", "1"), "按原版本办完，不迁移"),
    ],
)
def test_a_target_that_is_not_there_is_one_sentence(args: tuple[str, ...], says: str) -> None:
    result = _run("migrate", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.usefixtures("office")
def test_a_rehearsal_lists_what_would_have_been_otherwise_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = _run("rehearse", _file(tmp_path, more_evidence()))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("2026-03-02 任务2（task:2，第3条） 提请 启动整改 — 会被拒绝：")
    assert "依据" in lines[0]
    assert "重新判断了5次提请和签批：3处不同，其中3处会被拒绝" in result.stderr
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    english = _run("rehearse", _file(tmp_path, more_signers())).stdout.splitlines()
    assert "would have been signed by others" in english[0]
    assert english[-1].startswith("“")


@pytest.mark.usefixtures("office")
def test_a_rehearsal_can_be_read_by_a_script_and_changes_nothing(tmp_path: Path) -> None:
    file = _file(tmp_path, more_signers())
    found = json.loads(_run("rehearse", file, "--format", "json").stdout)
    assert (found["name"], found["version"]) == ("rectification", 2)
    assert [(one["action"], one["verdict"]) for one in found["steps"]] == [("propose", "other_signers")]
    assert [reason["code"] for reason in found["steps"][0]["reasons"]] == ["version_signers_changed"]
    assert [(one["number"], [c["code"] for c in one["changes"]]) for one in found["tasks"]] == [
        (1, ["version_signers_changed"])
    ]
    assert found["counts"] == {"steps": 5, "other_signers": 1, "tasks": 3, "tasks_different": 1}
    assert len(json.loads(_run("list", "--format", "json").stdout)) == 2
