"""The stages of ``make test``: every one is run, the tests are counted, and one failure fails the whole."""

from __future__ import annotations

import sys

import pytest

from tests.support import stages
from tests.support.stages import Report
from tests.support.surroundings import SurroundingsError


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_failed_stage_stops_none_of_those_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.command("breaks", _python("raise SystemExit(3)"))
    report.command("holds", _python("print('was run')"))
    report.show()
    shown = capsys.readouterr().out
    assert "was run" in shown
    assert [(name, well) for name, _, well in report.lines] == [("breaks", False), ("holds", True)]
    assert not report.held
    assert [line.split()[-1] for line in shown.splitlines() if line.startswith("breaks")] == ["FAILED"]


def test_tests_are_counted_over_all_stages_and_errors_are_failures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = Report()
    report.command(
        "some", _python("print('==== 2 failed, 5 passed, 1 skipped, 1 error in 12.30s (0:00:12) ====')")
    )
    report.command("more", _python("print('7 passed in 0.12s'); print('a log line with 9 failed in it')"))
    report.show()
    assert capsys.readouterr().out.splitlines()[-1] == "tests: 12 passed, 3 failed, 1 skipped"


def test_missing_surroundings_fail_their_stage_with_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def missing() -> bool:
        raise SurroundingsError("No Chromium: install one.")

    report = Report()
    report.step("browser", missing)
    assert not report.held
    assert capsys.readouterr().out.splitlines()[-1] == "No Chromium: install one."


def test_a_stage_that_hangs_is_ended_with_everything_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_AT_MOST", 0.3)
    report = Report()
    hangs = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    report.command("hangs", _python(hangs))
    ((_, seconds, well),) = report.lines
    assert not well
    assert seconds < 30
