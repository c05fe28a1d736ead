"""Durable files: one that is being written vanishes unless kept, and names outlast a power failure.

Knows system calls and their failures, nothing of blobs.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.errors import SurroundingsError

PART_SUFFIX = ".part"
"""Ending of a file that is being written."""

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextlib.contextmanager
def speaking() -> Iterator[None]:
    """Turn a failure of the file system into one that says what happened and names no path.

    Raises:
        SurroundingsError: ``disk_full`` or ``store_unavailable``; the original follows as its cause.
    """
    try:
        yield
    except OSError as error:
        code = "disk_full" if error.errno in _FULL else "store_unavailable"
        raise SurroundingsError(code) from error


def make_folder(folder: Path) -> None:
    """Make a folder for our own eyes, and those above it; each is durable when this returns."""
    if not folder.is_dir():
        if not folder.parent.is_dir():
            make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    # A folder that is already there may have been made by a process that died before this line.
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Part:
    """A file under a name of its own that is gone when its ``with`` block ends, unless it was kept.

    The file is open for writing to this object alone: its mode lets nobody open it for writing again.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{secrets.token_hex(16)}{PART_SUFFIX}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with speaking():
            self._handle: int | None = os.open(self._path, flags, 0o400)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What cannot be tidied up now is collected later by its age; the failure under way matters more.
        with contextlib.suppress(OSError):
            self._close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._handle is not None:
            handle, self._handle = self._handle, None
            os.close(handle)

    def write(self, data: bytes) -> None:
        """Append all of the data.

        Raises:
            SurroundingsError: The file system has no room or failed.
        """
        if self._handle is None:
            raise ValueError("this part was closed")
        rest = memoryview(data)
        with speaking():
            while rest:
                rest = rest[os.write(self._handle, rest) :]

    def keep(self, target: Path) -> None:
        """Give the file its lasting name, in place of whatever had it; all of it is durable afterwards.

        Fails before the renaming: there is nothing under the new name. Fails after it: the whole file is
        there, but a power failure may still take the name away.

        Raises:
            SurroundingsError: The file system has no room or failed.
        """
        if self._handle is None:
            raise ValueError("this part was closed")
        with speaking():
            os.fsync(self._handle)
            self._close()
            make_folder(target.parent)
            self._path.rename(target)
            sync_folder(target.parent)
