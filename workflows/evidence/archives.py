"""A zip archive opened inside limits: whatever it claims, little memory and a bounded time are spent on it.

Must not know which kind of document the archive is.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import BLOCK, read_at, size_of

MAX_ENTRIES = 10_000
"""The most entries of an archive."""

MAX_DIRECTORY = 2 << 20
"""The most bytes of an archive's directory, which is held in memory."""

MAX_UNPACKED = 256 << 20
"""The most bytes that are unpacked of one archive to look at them."""

MAX_RATIO = 100
"""How many times its size an archive may claim to unpack to, beyond the first 64 MiB."""

_FREE = 64 << 20
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 1
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # A feature or version that the library does not have.
    RuntimeError,  # An encrypted entry.
    ValueError,  # An impossible date or name.
    OverflowError,
)


class Archive:
    """The entries of an archive, with one allowance of unpacked bytes for all readings together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MAX_UNPACKED
        self.names = tuple(entry.filename for entry in archive.infolist())

    def entries(self) -> list[zipfile.ZipInfo]:
        """Give all entries in the order of the directory; two may have one name."""
        return self._archive.infolist()

    def entry(self, name: str) -> zipfile.ZipInfo | None:
        """Give the entry that readers take for this name, or ``None``."""
        return self._archive.NameToInfo.get(name)

    def read(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack an entry in blocks.

        Raises:
            FileRefusedError: ``archive_too_large`` when the allowance is used up.
        """
        with self._archive.open(entry) as file:
            while block := file.read(BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise FileRefusedError("archive_too_large")
                yield block


@contextlib.contextmanager
def open_archive(stream: BinaryIO) -> Iterator[Archive]:
    """Open an archive, and name every fault found in the block for what it is.

    Raises:
        FileRefusedError: ``file_type_mismatch`` where it is no sound, plain archive from its first byte on;
            ``archive_too_large`` where it goes beyond a limit.
    """
    try:
        if read_at(stream, 0, 4) != b"PK\x03\x04":
            # Something else with an archive behind it has two faces: one for us, one for its reader.
            raise FileRefusedError("file_type_mismatch")
        with zipfile.ZipFile(_Frugal(stream)) as archive:
            _require_sound(archive.infolist(), size_of(stream))
            yield Archive(archive)
    except _FAULTS as error:
        raise FileRefusedError("file_type_mismatch") from error


def _require_sound(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > _FREE + MAX_RATIO * packed:
        raise FileRefusedError("archive_too_large")
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if (
            entry.flag_bits & _ENCRYPTED
            or entry.compress_type not in _METHODS
            or path.startswith("/")
            or ".." in path.split("/")
        ):
            raise FileRefusedError("file_type_mismatch")


class _Frugal:
    """The stream as the zip library sees it: nothing larger than a directory may be is read at once.

    The library reads a directory whole, as long as the file says it is; a file made to harm says gigabytes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET and offset < 0:
            raise zipfile.BadZipFile("a position before the beginning")
        return self._stream.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        if size > MAX_DIRECTORY:
            raise FileRefusedError("archive_too_large")
        data = self._stream.read(MAX_DIRECTORY + 1 if size < 0 else size)
        if len(data) > MAX_DIRECTORY:
            raise FileRefusedError("archive_too_large")
        return data
