"""A test that cannot run fails; only one marked ``shared`` may rest, and only where the folder is absent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.surroundings import ROOT

_TESTS = """
from __future__ import annotations
import pytest

def test_that_skips_itself() -> None:
    pytest.skip("no database")

@pytest.mark.skipif(True, reason="no browser")
def test_that_is_marked() -> None:
    pass

@pytest.mark.xfail
def test_that_is_expected_to_fail() -> None:
    assert False

@pytest.mark.shared
def test_that_needs_the_shared_folder() -> None:
    pass

def test_that_runs() -> None:
    pass
"""


def _run(folder: Path, text: str, shared: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    (folder / "conftest.py").write_text(
        f"from pathlib import Path\nimport tests.conftest\ntests.conftest.SHARED = Path({shared!r})\n"
        "from tests.conftest import *\n",
        encoding="utf-8",
    )
    arguments = ["-c", str(ROOT / "setup.cfg"), f"--rootdir={folder}", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_whatever_skips_itself_fails(tmp_path: Path) -> None:
    done = _run(tmp_path, _TESTS, shared=str(tmp_path))
    assert "2 failed, 2 passed, 1 error in" in done.stdout
    assert done.returncode == 1


def test_only_a_test_marked_shared_rests_where_the_folder_is_absent(tmp_path: Path) -> None:
    done = _run(tmp_path, _TESTS, shared=str(tmp_path / "absent"))
    assert "2 failed, 1 passed, 1 skipped, 1 error in" in done.stdout


@pytest.mark.parametrize(
    "how", ['pytest.importorskip("absent")', 'pytest.skip("x", allow_module_level=True)']
)
def test_a_module_that_skips_itself_fails(tmp_path: Path, how: str) -> None:
    done = _run(tmp_path, f"import pytest\n{how}\n", shared=str(tmp_path))
    assert "1 error" in done.stdout
    assert done.returncode != 0
