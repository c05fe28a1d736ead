"""The folder of a demonstration: claimed by one, whole or made anew, and nobody else's files are touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli.demo.home import claimed
from cli.errors import Unusable

_DAY = date(2026, 3, 4)


def _build(folder: Path, words: str = "made") -> None:
    (folder / "zhenggai.db").write_text(words, encoding="utf-8")
    for name in ("evidence", "mailbox"):
        (folder / name).mkdir()


def _interrupted(folder: Path) -> None:
    _build(folder)
    raise KeyboardInterrupt


def test_what_was_made_is_found_again_with_its_day(tmp_path: Path) -> None:
    with claimed(tmp_path / "court") as home:
        assert home.made_on is None
        home.make(_DAY, _build)
    with claimed(tmp_path / "court") as again:
        assert again.made_on == _DAY
        assert (again.folder / "zhenggai.db").read_text(encoding="utf-8") == "made"


def test_a_making_that_is_interrupted_leaves_nothing_half_done(tmp_path: Path) -> None:
    with claimed(tmp_path) as home, pytest.raises(KeyboardInterrupt):
        home.make(_DAY, _interrupted)
    assert {path.name for path in tmp_path.iterdir()} == {"demo.json", "demo.lock"}
    with claimed(tmp_path) as home:
        assert home.made_on is None
        home.make(_DAY, _build)
        assert home.made_on == _DAY


def test_a_making_that_was_killed_while_it_was_put_in_place_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{}", encoding="utf-8")
    (tmp_path / "zhenggai.db").write_text("half", encoding="utf-8")
    with claimed(tmp_path) as home:
        assert home.made_on is None
        home.make(_DAY, _build)
    assert (tmp_path / "zhenggai.db").read_text(encoding="utf-8") == "made"


def test_making_it_anew_replaces_what_it_made_and_nothing_else(tmp_path: Path) -> None:
    with claimed(tmp_path) as home:
        home.make(_DAY, _build)
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        (tmp_path / "secret.key").write_text("old", encoding="utf-8")
        home.make(_DAY, lambda folder: _build(folder, "anew"))
    assert (tmp_path / "zhenggai.db").read_text(encoding="utf-8") == "anew"
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "secret.key").exists()


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zhenggai.db").write_text("somebody's", encoding="utf-8")
    with pytest.raises(Unusable, match="--data-dir"), claimed(tmp_path):
        raise AssertionError("it was claimed")


def test_two_cannot_claim_one_folder(tmp_path: Path) -> None:
    with claimed(tmp_path), pytest.raises(Unusable), claimed(tmp_path):
        raise AssertionError("it was claimed twice")
