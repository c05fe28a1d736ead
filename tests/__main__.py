"""``python -m tests``: everything that ``make test`` examines, stage by stage.

It sees to a browser and a database first; what can be examined without them is examined all the same.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.support import browser_setup, postgres
from tests.support.stages import Report
from tests.support.surroundings import ROOT

_PARTS: Final = (
    "engine",
    "workflows",
    "storage",
    "web",
    "cli",
    "scheduler.py",
    "tests",
    "bench",
    "trials",
    "deploy/bundle/build.py",
)
_BACKENDS: Final = ("sqlite", "postgresql")
# Trials and benches are run small here, only to see that they run; the full figures are run by hand.
_SMALL: Final = {
    "crash": "4",
    "race": "2",
    "restarts": "4",
    "transitions": "20",
    "sweep": "2000",
    "startup": "5",
}
_SMALL_OTHERWISE: Final = "3"
_BIN: Final = Path(sys.executable).parent


def main() -> int:
    """Runs every stage; 0 where all of them held."""
    report = Report()
    with contextlib.ExitStack() as stack:
        report.step("browser and font", _browser)
        report.step("database", lambda: _database(stack))
        _examine_the_text(report)
        _run_small(report, "trials")
        _run_small(report, "bench")
        _run_the_tests(report)
    report.show()
    return 0 if report.held else 1


def _browser() -> bool:
    browser_setup.see_to_it()
    return True


def _database(stack: contextlib.ExitStack) -> bool:
    server = stack.enter_context(postgres.running())
    os.environ[postgres.VARIABLE] = server.url
    return server.answers()


def _examine_the_text(report: Report) -> None:
    report.command("ruff check", [_tool("ruff"), "check", "."])
    report.command("ruff format", [_tool("ruff"), "format", "--check", "."])
    report.command("mypy --strict", [_tool("mypy"), *(part for part in _PARTS if (ROOT / part).exists())])
    report.command("import contracts", [_tool("lint-imports"), "--config", "setup.cfg", "--no-cache"])


def _run_the_tests(report: Report) -> None:
    pytest = [sys.executable, "-m", "pytest"]
    two = ["-n", "2", "--dist", "worksteal"]
    # The engine is held to every branch by its own tests, whatever other tests pass through it.
    measured = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "tests/engine"]
    report.command("tests of engine/", measured)
    report.command("branches of engine/", [sys.executable, "-m", "coverage", "report"])
    report.command("offline bundle", [*pytest, "-m", "bundle"])
    report.command("browser journeys", [*pytest, *two, "-m", "browser"])
    report.command("tests", [*pytest, *two, "-m", "not browser and not bundle", "--ignore", "tests/engine"])


def _run_small(report: Report, package: str) -> None:
    names: list[str] = []
    report.step(f"{package}: names", lambda: _list(package, names))
    for name in names:
        number = _SMALL.get(name, _SMALL_OTHERWISE)
        for backend in _BACKENDS:
            command = [sys.executable, "-m", package, name, "--backend", backend, "--n", number]
            report.command(f"{package}: {name} {backend}", command)


def _list(package: str, names: list[str]) -> bool:
    command = [sys.executable, "-m", package]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    names += done.stdout.split()
    print(*names, flush=True)
    return done.returncode == 0


def _tool(name: str) -> str:
    return str(_BIN / name)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("stopped")
