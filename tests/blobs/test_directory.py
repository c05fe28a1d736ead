from __future__ import annotations

import errno
import io
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import SurroundingsError
from storage.blobs.directory import DirectoryBlobStore
from storage.blobs.memory import MemoryBlobStore
from tests.blobs.stores import PLENTY, THREE_CHUNKS, directory
from workflows.evidence.records import CHUNK_SIZE

CALLS = ["open", "write", "fsync", "close", "rename", "mkdir"]


def files_below(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


class FailingCalls:
    """Counts the calls of one function of ``os`` and lets the n-th of them fail as a full disk does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, code: int = errno.ENOSPC) -> None:
        self.calls = 0
        self.fail_at: int | None = None
        self._code = code
        self._real: Callable[..., object] = getattr(os, name)
        monkeypatch.setattr(os, name, self)

    def __call__(self, *args: object, **kwargs: object) -> object:
        self.calls += 1
        if self.calls == self.fail_at:
            raise OSError(self._code, os.strerror(self._code))
        return self._real(*args, **kwargs)


@pytest.mark.parametrize("name", CALLS)
def test_a_full_disk_at_any_system_call_is_one_clean_error_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    counting = DirectoryBlobStore(tmp_path / "counting")
    calls = FailingCalls(monkeypatch, name)
    digest = counting.put(io.BytesIO(THREE_CHUNKS), PLENTY).digest
    total, survived = calls.calls, 0
    assert total
    for point in range(1, total + 1):
        folder = tmp_path / f"{name}{point}"
        calls.fail_at = None
        store = DirectoryBlobStore(folder)
        calls.calls, calls.fail_at = 0, point
        with pytest.raises(SurroundingsError, match="disk_full"):
            store.put(io.BytesIO(THREE_CHUNKS), PLENTY)
        calls.fail_at = None
        # After the renaming the file is whole; before it there is nothing. Half a file is never seen.
        survived += store.exists(digest)
        assert files_below(folder) == ([digest[2:]] if store.exists(digest) else [])
        blob = store.put(io.BytesIO(THREE_CHUNKS), PLENTY)
        assert b"".join(store.open(blob)) == THREE_CHUNKS
    # What may still fail after the renaming is only making the new name durable.
    assert survived == {"open": 1, "fsync": 1, "close": 1}.get(name, 0)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EIO, "store_unavailable"),
        (errno.EROFS, "store_unavailable"),
    ],
)
def test_a_failing_file_system_is_named_for_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, expected: str
) -> None:
    store = DirectoryBlobStore(tmp_path)
    FailingCalls(monkeypatch, "write", code).fail_at = 1
    with pytest.raises(SurroundingsError) as failed:
        store.put(io.BytesIO(b"x"), PLENTY)
    assert failed.value.code == expected
    assert str(tmp_path) not in str(failed.value)


def test_a_full_memory_store_fails_as_a_full_disk_does() -> None:
    store = MemoryBlobStore(capacity=10)
    store.put(io.BytesIO(b"123456"), PLENTY)
    with pytest.raises(SurroundingsError, match="disk_full"):
        store.put(io.BytesIO(b"abcdef"), PLENTY)
    assert list(store.contents.values()) == [b"123456"]


def test_bytes_are_durable_before_they_are_named_and_the_name_before_success_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DirectoryBlobStore(tmp_path)
    order: list[str] = []
    fsync, rename = os.fsync, os.rename

    def record_sync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def record_rename(source: Path, target: Path) -> None:
        order.append("name")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "rename", record_rename)
    store.put(io.BytesIO(THREE_CHUNKS), PLENTY)
    assert order == ["file", "folder", "name", "folder"]


def test_writing_in_many_short_steps_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data[:70_001])))
    bench = directory(tmp_path)
    blob = bench.store.put(io.BytesIO(THREE_CHUNKS), PLENTY)
    assert bench.look(blob.digest) == THREE_CHUNKS


def test_a_folder_that_cannot_be_made_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(SurroundingsError, match="store_unavailable"):
        DirectoryBlobStore(tmp_path / "file" / "evidence")


def test_stored_bytes_and_their_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = DirectoryBlobStore(tmp_path / "evidence")
    store.put(io.BytesIO(b"x"), PLENTY)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (tmp_path / "evidence").rglob("*")}
    assert modes == {True: 0o700, False: 0o400}


def test_only_leftovers_that_nobody_writes_to_any_more_are_collected(tmp_path: Path) -> None:
    store = DirectoryBlobStore(tmp_path)
    kept = store.put(io.BytesIO(b"stored"), PLENTY)
    now = datetime.now(UTC)
    for name, hours in (("old", 25), ("young", 23)):
        path = tmp_path / "incoming" / f"{name}.part"
        path.write_bytes(b"half")
        moment = (now - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))
    assert store.collect_leftovers(now, timedelta(days=1)) == 1
    assert files_below(tmp_path / "incoming") == ["young.part"]
    assert store.exists(kept.digest)


WRITER = """
import sys
from pathlib import Path
from storage.blobs.directory import DirectoryBlobStore
DirectoryBlobStore(Path(sys.argv[1])).put(sys.stdin.buffer, 1 << 40)
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_killed_writer_leaves_only_a_leftover_that_is_collected(
    tmp_path: Path, writer: subprocess.Popen[bytes]
) -> None:
    assert writer.stdin is not None
    writer.stdin.write(THREE_CHUNKS)
    writer.stdin.flush()
    incoming = tmp_path / "incoming"
    until = time.monotonic() + 30
    while not any(path.stat().st_size >= CHUNK_SIZE for path in incoming.glob("*.part")):
        assert time.monotonic() < until
        time.sleep(0.01)
    writer.kill()
    writer.wait()
    assert [path.parent for path in tmp_path.rglob("*") if path.is_file()] == [incoming]
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert DirectoryBlobStore(tmp_path).collect_leftovers(later, timedelta(seconds=1)) == 1
    assert files_below(tmp_path) == []
