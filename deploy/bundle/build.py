#!/usr/bin/env python3
"""Builds the offline archive: all wheels of an installation, their sums, and the script that installs.

It must not know what is in the wheels; pip resolves them. The archive serves machines with the same Python
version, system and processor as the one it was built on.
"""

from __future__ import annotations

import configparser
import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent
# What a wheel of the product is built from; built elsewhere, so that no file of an earlier build slips in.
_SOURCES: Final = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "scheduler.py")
_PACKAGES: Final = ("engine", "workflows", "storage", "web", "cli")
_SUMS: Final = {"SHA256SUMS": "sha256", "SM3SUMS": "sm3"}


def main() -> None:
    """Writes the archive into ``dist``, or into the folder that is named, and prints its path."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    version = settings["metadata"]["version"]
    name = f"zhenggai-{version}-offline"
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / name
        (content / "wheels").mkdir(parents=True)
        _build_wheels(Path(folder) / "source", content / "wheels")
        for static in ("install.sh", "README.txt"):
            shutil.copy(HERE / static, content / static)
        (content / "PLATFORM").write_text(_platform() + "\n", encoding="ascii")
        (content / "requirements.txt").write_text(_requirements(content / "wheels"), encoding="ascii")
        for sums, algorithm in _SUMS.items():
            # Both lists are made of the same files; neither lists the other.
            (content / sums).write_text("".join(_sums(content, algorithm)), encoding="ascii")
        archive = into / f"{name}.tar.gz"
        archive.parent.mkdir(exist_ok=True)
        _pack(content, archive)
    sys.stdout.write(f"{archive}\n")


def _build_wheels(source: Path, wheels: Path) -> None:
    source.mkdir()
    for file in _SOURCES:
        shutil.copy(ROOT / file, source / file)
    for package in _PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    # The day that a wheel's files are said to be of; without it every build has other sums.
    environment = {"SOURCE_DATE_EPOCH": "1577836800"} | os.environ
    subprocess.run(
        [*pip, "wheel", "--wheel-dir", wheels, f"{source}[postgresql]"], check=True, env=environment
    )


def _platform() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor} {sysconfig.get_platform()}"


def _requirements(wheels: Path) -> str:
    """What pip is to install, each with its sum: a wheel that is not in this list is never looked at."""
    lines = []
    for wheel in sorted(wheels.iterdir()):
        name, version = wheel.name.split("-")[:2]
        extra = "[postgresql]" if name == "zhenggai" else ""
        lines.append(f"{name}{extra}=={version} --hash=sha256:{_digest(wheel, 'sha256')}\n")
    return "".join(lines)


def _sums(content: Path, algorithm: str) -> Iterator[str]:
    for path in sorted(content.rglob("*")):
        if path.is_file() and path.name not in _SUMS:
            yield f"{_digest(path, algorithm)}  {path.relative_to(content)}\n"


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(algorithm)).hexdigest()


def _pack(content: Path, archive: Path) -> None:
    # Names in order and no clock, no owner: the same wheels give the same archive.
    with (
        archive.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(content.rglob("*")):
            if path.is_file():
                member = tarfile.TarInfo(str(path.relative_to(content.parent)))
                member.size = path.stat().st_size
                member.mode = 0o755 if path.suffix == ".sh" else 0o644
                tar.addfile(member, io.BytesIO(path.read_bytes()))


if __name__ == "__main__":
    main()
