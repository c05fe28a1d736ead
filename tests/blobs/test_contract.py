from __future__ import annotations

import hashlib
import io
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.blobs.stores import PLENTY, THREE_CHUNKS, Bench, Dribble, directory, memory
from workflows.evidence.ports import BlobDamagedError, BlobMissingError, FileRefusedError
from workflows.evidence.records import CHUNK_SIZE, Blob
from workflows.evidence.stream import open_stream


@pytest.fixture(params=[memory, directory])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    made: Bench = request.param(tmp_path)
    return made


def put(bench: Bench, data: bytes) -> Blob:
    return bench.store.put(io.BytesIO(data), PLENTY)


def read(bench: Bench, blob: Blob, offset: int = 0, length: int | None = None) -> bytes:
    return b"".join(bench.store.open(blob, offset, length))


def test_what_was_put_is_recorded_with_both_sums_and_one_per_chunk(bench: Bench) -> None:
    blob = put(bench, THREE_CHUNKS)
    assert blob.digest == hashlib.sha256(THREE_CHUNKS).hexdigest()
    assert blob.sm3 == hashlib.new("sm3", THREE_CHUNKS).hexdigest()
    assert blob.size == len(THREE_CHUNKS)
    assert blob.chunks == tuple(
        hashlib.sha256(THREE_CHUNKS[start : start + CHUNK_SIZE]).hexdigest()
        for start in range(0, len(THREE_CHUNKS), CHUNK_SIZE)
    )


@pytest.mark.parametrize("size", [1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1])
def test_sizes_around_a_chunk_come_back_whole(bench: Bench, size: int) -> None:
    data = b"x" * size
    blob = put(bench, data)
    assert len(blob.chunks) == (2 if size > CHUNK_SIZE else 1)
    assert read(bench, blob) == data


def test_a_stream_that_gives_little_at_a_time_makes_the_same_blob(bench: Bench) -> None:
    assert bench.store.put(Dribble(THREE_CHUNKS), PLENTY) == put(bench, THREE_CHUNKS)


@pytest.mark.parametrize("offset", [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, 2 * CHUNK_SIZE + 5, 1 << 30])
@pytest.mark.parametrize("length", [0, 1, 2, CHUNK_SIZE, CHUNK_SIZE + 2, 1 << 30, None])
def test_any_part_is_the_same_part_of_the_original(bench: Bench, offset: int, length: int | None) -> None:
    blob = put(bench, THREE_CHUNKS)
    end = None if length is None else offset + length
    assert read(bench, blob, offset, length) == THREE_CHUNKS[offset:end]


def test_pieces_are_never_longer_than_a_chunk(bench: Bench) -> None:
    pieces = list(bench.store.open(put(bench, THREE_CHUNKS), 3))
    assert [len(piece) for piece in pieces] == [CHUNK_SIZE - 3, CHUNK_SIZE, len(b"and the rest")]


@pytest.mark.parametrize(("offset", "length"), [(-1, None), (0, -1)])
def test_a_negative_part_is_a_mistake_of_the_caller(bench: Bench, offset: int, length: int) -> None:
    blob = put(bench, b"x")
    with pytest.raises(ValueError, match="beginning"):
        bench.store.open(blob, offset, length)


def test_an_empty_stream_is_refused(bench: Bench) -> None:
    with pytest.raises(FileRefusedError, match="file_empty"):
        put(bench, b"")


def test_a_stream_of_exactly_the_limit_is_taken(bench: Bench) -> None:
    assert bench.store.put(io.BytesIO(b"12345"), 5).size == 5


def test_a_stream_beyond_the_limit_is_refused_and_leaves_nothing(bench: Bench) -> None:
    with pytest.raises(FileRefusedError) as refused:
        bench.store.put(io.BytesIO(THREE_CHUNKS), 2 * CHUNK_SIZE)
    assert refused.value.code == "file_too_large"
    assert refused.value.params == {"limit": "2 MB"}
    assert not bench.store.exists(hashlib.sha256(THREE_CHUNKS).hexdigest())


def test_equal_bytes_are_one_blob(bench: Bench) -> None:
    first = put(bench, b"same")
    assert put(bench, b"same") == first
    bench.store.delete(first.digest)
    assert not bench.store.exists(first.digest)


def test_what_is_deleted_is_missing_and_deleting_again_is_no_error(bench: Bench) -> None:
    blob = put(bench, b"short-lived")
    assert bench.store.exists(blob.digest)
    bench.store.delete(blob.digest)
    bench.store.delete(blob.digest)
    with pytest.raises(BlobMissingError) as missing:
        bench.store.open(blob)
    assert missing.value.params == {"digest": blob.digest}


def test_deleting_while_reading_ends_the_reading_with_an_error(bench: Bench) -> None:
    blob = put(bench, THREE_CHUNKS)
    pieces = bench.store.open(blob)
    next(pieces)
    bench.store.delete(blob.digest)
    with pytest.raises(BlobMissingError):
        next(pieces)


@pytest.mark.parametrize("position", [0, CHUNK_SIZE - 1, CHUNK_SIZE, 2 * CHUNK_SIZE, len(THREE_CHUNKS) - 1])
def test_a_chunk_with_one_flipped_bit_is_never_given_out(bench: Bench, position: int) -> None:
    blob = put(bench, THREE_CHUNKS)
    bench.flip(blob.digest, position)
    given: list[bytes] = []
    with pytest.raises(BlobDamagedError) as damaged:
        given.extend(bench.store.open(blob))
    chunk = position // CHUNK_SIZE
    assert damaged.value.params == {"digest": blob.digest, "chunk": chunk}
    assert b"".join(given) == THREE_CHUNKS[: chunk * CHUNK_SIZE]


def test_damage_in_the_first_wanted_chunk_is_told_before_anything_is_given(bench: Bench) -> None:
    blob = put(bench, THREE_CHUNKS)
    bench.flip(blob.digest, CHUNK_SIZE)
    with pytest.raises(BlobDamagedError):
        bench.store.open(blob, CHUNK_SIZE + 9, 1)
    assert read(bench, blob, 0, CHUNK_SIZE) == THREE_CHUNKS[:CHUNK_SIZE]


@pytest.mark.parametrize("kept", [0, 1, CHUNK_SIZE, len(THREE_CHUNKS) - 1])
def test_a_shortened_blob_is_damaged_wherever_it_is_read(bench: Bench, kept: int) -> None:
    blob = put(bench, THREE_CHUNKS)
    bench.replace(blob.digest, THREE_CHUNKS[:kept])
    with pytest.raises(BlobDamagedError):
        bench.store.open(blob, 0, 1)


def test_a_lengthened_blob_is_damaged(bench: Bench) -> None:
    blob = put(bench, THREE_CHUNKS)
    bench.replace(blob.digest, THREE_CHUNKS + b"!")
    with pytest.raises(BlobDamagedError):
        bench.store.open(blob)


def test_putting_the_true_bytes_again_mends_a_damaged_blob(bench: Bench) -> None:
    blob = put(bench, THREE_CHUNKS)
    bench.flip(blob.digest, 7)
    assert put(bench, THREE_CHUNKS) == blob
    assert read(bench, blob) == THREE_CHUNKS


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "g" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_digest_that_is_none_never_reaches_the_store(bench: Bench, digest: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        bench.store.exists(digest)
    with pytest.raises(ValueError, match="hexadecimal"):
        bench.store.delete(digest)
    with pytest.raises(ValueError, match="hexadecimal"):
        Blob(digest, "0" * 64, 1, ("0" * 64,))


def test_a_record_whose_chunks_do_not_make_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="chunks"):
        Blob("0" * 64, "0" * 64, CHUNK_SIZE + 1, ("0" * 64,))
    with pytest.raises(ValueError, match="chunks"):
        Blob("0" * 64, "0" * 64, 0, ())


def test_a_failing_stream_fails_as_it_is_and_leaves_nothing(bench: Bench) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        bench.store.put(Broken(), PLENTY)
    assert bench.store.collect_leftovers(datetime.now(UTC) + timedelta(days=1), timedelta()) == 0


def test_a_stored_blob_can_be_read_like_a_file(bench: Bench) -> None:
    blob = put(bench, THREE_CHUNKS)
    with open_stream(bench.store, blob) as stream:
        assert stream.seekable()
        assert stream.read(3) == THREE_CHUNKS[:3]
        assert stream.seek(-12, io.SEEK_END) == 2 * CHUNK_SIZE
        assert stream.read() == b"and the rest"
        stream.seek(CHUNK_SIZE - 2)
        assert stream.read(4) == THREE_CHUNKS[CHUNK_SIZE - 2 : CHUNK_SIZE + 2]
        stream.seek(1 << 40)
        assert stream.read() == b""


def test_a_stored_blob_can_be_copied_into_another_store(bench: Bench, tmp_path: Path) -> None:
    blob = put(bench, THREE_CHUNKS)
    other = directory(tmp_path / "copy")
    with open_stream(bench.store, blob) as stream:
        assert other.store.put(stream, blob.size) == blob
    bench.flip(blob.digest, 0)
    with open_stream(bench.store, blob) as stream, pytest.raises(BlobDamagedError):
        other.store.put(stream, blob.size)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    class Long:
        left = 48

        def read(self, size: int, /) -> bytes:
            self.left -= 1
            return b"\0" * size if self.left >= 0 else b""

    bench = directory(tmp_path)
    tracemalloc.start()
    try:
        blob = bench.store.put(Long(), PLENTY)
        assert sum(map(len, bench.store.open(blob))) == 48 * CHUNK_SIZE
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6 * CHUNK_SIZE
