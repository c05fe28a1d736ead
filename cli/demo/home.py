"""The folder that a demonstration lives in: claimed by one process, made aside and put in place as a whole.

It touches nothing but what a demonstration made. Must not know what is in the files.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Final

from cli.errors import Unusable
from cli.language import pick

_MARK: Final = "demo.json"
_CLAIM: Final = "demo.lock"
_MADE: Final = ("zhenggai.db", "evidence", "mailbox")
# What running it leaves beside those: the key of the cookies, SQLite's turn-taking and its journal.
_ALSO: Final = ("secret.key", "zhenggai.db.lock", "zhenggai.db-journal", "zhenggai.db-wal", "zhenggai.db-shm")
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # Not a name anybody could guess: a folder is made inside.
_ROOM: Final = 200 << 20


class Home:
    """The folder; use it while it is claimed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def made_on(self) -> date | None:
        """The day the demonstration was made; None where there is none, or only half of one."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return date.fromisoformat(json.loads(self._mark.read_text(encoding="utf-8"))["made_on"])
        return None

    def clear(self) -> None:
        """Remove what a demonstration made here."""
        for name in (*_MADE, *_ALSO, _MARK):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def make(self, day: date, build: Callable[[Path], None]) -> None:
        """Let a demonstration be made aside, and put it in place.

        Args:
            day: The day it is made on.
            build: Makes ``zhenggai.db``, ``evidence`` and ``mailbox`` in the folder it is handed.
        """
        self.clear()
        self._mark.write_text("{}", encoding="utf-8")
        with tempfile.TemporaryDirectory(prefix="zhenggai-demo-", dir=scratch(self.folder)) as aside:
            build(Path(aside))
            for name in _MADE:
                shutil.move(Path(aside) / name, self.folder / name)
        self._mark.write_text(json.dumps({"made_on": day.isoformat()}), encoding="utf-8")

    @property
    def _mark(self) -> Path:
        return self.folder / _MARK


@contextmanager
def claimed(folder: Path) -> Iterator[Home]:
    """Claim a folder for this process.

    Raises:
        Unusable: Something else lies in it, or another demonstration runs in it.
        OSError: It cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / _MARK).exists() and any(path.name != _CLAIM for path in folder.iterdir()):
        raise Unusable(
            pick(
                f"“{folder}”里有别的内容，演示不会动它：请用 --data-dir 另选一个文件夹。",
                f"{folder} holds something else, which a demonstration leaves alone: choose another folder"
                " with --data-dir.",
            )
        )
    with (folder / _CLAIM).open("w", encoding="ascii") as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Unusable(
                pick(f"另一个演示正在“{folder}”中运行。", f"Another demonstration is running in {folder}.")
            ) from error
        yield Home(folder)


def scratch(folder: Path) -> Path:
    """Give where to make it: in memory where there is room, because a disk makes every step wait.

    Nothing is lost by that: a demonstration that was not put in place is made anew.
    """
    with suppress(OSError):
        if shutil.disk_usage(_MEMORY).free > _ROOM:
            with tempfile.TemporaryFile(dir=_MEMORY):
                return _MEMORY
    return folder
