"""Builds the archive once and unpacks it for each test that wants one of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.surroundings import ROOT

# Nobody listens on the discard port of this machine; whoever asks there is refused at once.
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Offline:
    """Runs programs without a network.

    In a network of their own where that is allowed, else with proxies and an index that lead nowhere.
    """

    prefix: tuple[str, ...]

    def run(self, arguments: Sequence[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
        """The program's end and everything it printed."""
        return subprocess.run(
            [*self.prefix, *arguments],
            cwd=cwd,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as ``make bundle`` writes it."""
    done = subprocess.run(
        [sys.executable, ROOT / "deploy" / "bundle" / "build.py", tmp_path_factory.mktemp("dist")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture
def unpacked(archive: Path, tmp_path: Path) -> Path:
    """The folder that the archive unpacks to."""
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="session")
def offline() -> Offline:
    """A way to run programs without a network."""
    unshare = shutil.which("unshare")
    if unshare:
        for prefix in ((unshare, "--net"), (unshare, "--net", "--map-root-user")):
            if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
                return Offline(prefix)
    return Offline(())


def _environment() -> Mapping[str, str]:
    # Settings of pip on this machine may name folders with wheels; only the archive's own may serve.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE)
    pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": _NOWHERE}
    return kept | proxies | pip | {"PYTHON": sys.executable}
