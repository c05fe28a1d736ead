"""The stores under test, each with a way to spoil what it keeps."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from storage.blobs.directory import DirectoryBlobStore
from storage.blobs.memory import MemoryBlobStore
from workflows.evidence.ports import BlobStore
from workflows.evidence.records import CHUNK_SIZE

PLENTY = 1 << 40
THREE_CHUNKS = bytes(range(256)) * (CHUNK_SIZE // 256) * 2 + b"and the rest"


@dataclass(frozen=True)
class Bench:
    """A store, and how to read and replace the bytes that it keeps under a digest behind its back."""

    store: BlobStore
    look: Callable[[str], bytes]
    replace: Callable[[str, bytes], None]

    def flip(self, digest: str, position: int) -> None:
        data = bytearray(self.look(digest))
        data[position] ^= 1
        self.replace(digest, bytes(data))


def memory(_folder: Path) -> Bench:
    store = MemoryBlobStore()
    return Bench(store, store.contents.__getitem__, store.contents.__setitem__)


def directory(folder: Path) -> Bench:
    store = DirectoryBlobStore(folder / "evidence")

    def path(digest: str) -> Path:
        return folder / "evidence" / digest[:2] / digest[2:]

    def replace(digest: str, data: bytes) -> None:
        path(digest).chmod(0o600)
        path(digest).write_bytes(data)

    return Bench(store, lambda digest: path(digest).read_bytes(), replace)


class Dribble(io.BytesIO):
    """A stream that never gives as much as it was asked for, as a slow connection does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 1, 65_537))
