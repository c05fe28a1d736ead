"""``make bundle``: complete, checked before anything is installed, and independent of any network."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from pathlib import Path
from typing import Final

import pytest

from tests.bundle.conftest import Offline
from tests.house.source import PACKAGES, files
from tests.support.surroundings import ROOT

pytestmark = pytest.mark.bundle

_CATALOGUE: Final = "from workflows.catalogue import messages; print(len(messages('zh')) > 0)"


def test_it_installs_with_the_network_off(unpacked: Path, offline: Offline, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    done = offline.run(["./install.sh", target], unpacked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("zhenggai ")
    shown = offline.run([target / "bin" / "zhenggai", "--help"], tmp_path)
    assert "doctor" in shown.stdout
    # Sentences, definitions and pages are data; a wheel without them installs and then says nothing.
    read = offline.run([target / "bin" / "python", "-c", _CATALOGUE], tmp_path)
    assert (read.stdout, read.stderr) == ("True\n", "")
    driver = offline.run([target / "bin" / "python", "-c", "import psycopg"], tmp_path)
    assert driver.returncode == 0, driver.stderr


def test_the_wheel_has_every_file_of_the_packages_and_no_other(unpacked: Path) -> None:
    (wheel,) = (unpacked / "wheels").glob("zhenggai-*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {str(path) for path in files() if path.parts[0] in PACKAGES} | {"scheduler.py"}
    assert inside == ours


def test_both_lists_of_sums_are_right_and_complete(unpacked: Path) -> None:
    present = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    for name, algorithm in (("SHA256SUMS", "sha256"), ("SM3SUMS", "sm3")):
        sums = dict(line.split("  ")[::-1] for line in (unpacked / name).read_text().splitlines())
        assert set(sums) == present - {"SHA256SUMS", "SM3SUMS"}
        for path, digest in sums.items():
            assert hashlib.new(algorithm, (unpacked / path).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("sums", ["SHA256SUMS", "SM3SUMS"])
def test_a_changed_file_is_found_by_either_list_before_anything_is_installed(
    unpacked: Path, offline: Offline, tmp_path: Path, sums: str
) -> None:
    wheel = next((unpacked / "wheels").glob("flask-*.whl"))
    listed = unpacked / sums
    digest = next(line for line in listed.read_text().splitlines() if line.endswith(wheel.name)).split()[0]
    # The list itself is the changed file: the other list does not have it and cannot notice.
    listed.write_text(listed.read_text().replace(digest, digest[::-1]))
    done = offline.run(["./install.sh", tmp_path / "installed"], unpacked)
    assert done.returncode == 2
    assert sums in done.stderr
    assert not (tmp_path / "installed").exists()


def test_a_wheel_that_was_slipped_in_is_never_looked_at(
    unpacked: Path, offline: Offline, tmp_path: Path
) -> None:
    wheel = next((unpacked / "wheels").glob("click-*.whl"))
    # A build number makes pip prefer this one over the one that is listed.
    name, version, rest = wheel.name.split("-", 2)
    (unpacked / "wheels" / f"{name}-{version}-9-{rest}").write_bytes(wheel.read_bytes())
    done = offline.run(["./install.sh", tmp_path / "installed"], unpacked)
    assert done.returncode == 2
    assert f"{name}-{version}-9" in done.stderr
    assert not (tmp_path / "installed").exists()


def test_another_python_is_told_so_in_one_sentence(unpacked: Path, offline: Offline, tmp_path: Path) -> None:
    (unpacked / "PLATFORM").write_text("3.99 linux-x86_64\n")
    done = offline.run(["./install.sh", tmp_path / "installed"], unpacked)
    assert done.returncode == 3
    assert "3.99" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_nothing_in_the_archive_leads_out_of_its_folder(archive: Path) -> None:
    folder = archive.name.removesuffix(".tar.gz")
    with tarfile.open(archive) as tar:
        assert all(member.isfile() and member.name.startswith(f"{folder}/") for member in tar)


def test_make_bundle_is_what_builds_it() -> None:
    assert "deploy/bundle/build.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
