"""Evidence bytes in a folder of the local file system.

Owns the layout below its folder: ``incoming/`` holds what is being written, ``ab/cdef…`` what is stored. Must
not know what the bytes mean or who refers to them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.blobs.chunks import Sums, checked, chunks_of, require_digest
from storage.blobs.files import PART_SUFFIX, Part, make_folder, speaking, sync_folder
from workflows.evidence.ports import BlobDamagedError, BlobMissingError, Readable
from workflows.evidence.records import CHUNK_SIZE, Blob


class DirectoryBlobStore:
    """A :class:`workflows.evidence.ports.BlobStore` over a folder; several processes may share it."""

    def __init__(self, folder: Path) -> None:
        """Take a folder, making it where it is missing.

        Raises:
            SurroundingsError: It cannot be made.
        """
        self._folder = folder.absolute()
        self._incoming = self._folder / "incoming"
        with speaking():
            make_folder(self._incoming)

    def put(self, stream: Readable, limit: int) -> Blob:
        """Store what a stream holds; see the port."""
        sums = Sums()
        with Part(self._incoming) as part:
            for chunk in chunks_of(stream, limit):
                part.write(chunk)
                sums.add(chunk)
            blob = sums.blob()
            # Replacing equal bytes is harmless to whoever is reading them, mends them if they were
            # damaged, and shows by their age that somebody is about to refer to them.
            part.keep(self._path(blob.digest))
        return blob

    def open(self, blob: Blob, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Give part of a blob, checked; see the port."""
        with _reading(blob.digest):
            stored = self._path(blob.digest).stat().st_size
        if stored != blob.size:
            raise BlobDamagedError(blob.digest, min(stored, blob.size - 1) // CHUNK_SIZE)

        # The file is opened for each chunk anew: a reader that goes away in the middle leaves nothing open.
        def read(start: int, size: int) -> bytes:
            with _reading(blob.digest), self._path(blob.digest).open("rb") as file:
                file.seek(start)
                return file.read(size)

        return checked(blob, offset, length, read)

    def exists(self, digest: str) -> bool:
        """Say whether there are bytes under this digest; see the port."""
        path = self._path(digest)
        with speaking():
            return path.is_file()

    def delete(self, digest: str) -> None:
        """Remove the bytes under this digest; see the port."""
        path = self._path(digest)
        with speaking(), contextlib.suppress(FileNotFoundError):
            path.unlink()
            sync_folder(path.parent)

    def collect_leftovers(self, now: datetime, older_than: timedelta, /) -> int:
        """Remove parts that nobody wrote to since ``now - older_than``; see the port."""
        removed = 0
        with speaking():
            for path in self._incoming.glob(f"*{PART_SUFFIX}"):
                # A part that was kept or given up since the listing is not ours to remove any more.
                with contextlib.suppress(FileNotFoundError):
                    if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - older_than:
                        path.unlink()
                        removed += 1
        return removed

    def _path(self, digest: str) -> Path:
        require_digest(digest)
        return self._folder / digest[:2] / digest[2:]


@contextlib.contextmanager
def _reading(digest: str) -> Iterator[None]:
    """Tell missing bytes from a failing file system."""
    with speaking():
        try:
            yield
        except FileNotFoundError as error:
            raise BlobMissingError(digest) from error
