"""The list that makes a folder a backup: written last, checked first.

Owns the folder's layout. Must not know how a database is copied.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import ZhenggaiError
from storage.blobs.files import speaking, sync_folder
from workflows.evidence.records import Blob

FORM = 1
"""Version of the layout."""
MANIFEST = "manifest.json"
BLOBS = "blobs.jsonl"
EVIDENCE = "evidence"
DATABASE = "database.db"
TABLES = "tables"

_PIECE = 1 << 20

Watch = Callable[[Iterable[Blob], int], Iterable[Blob]]
"""Lets somebody see how far the copying of so many blobs has come."""


def unwatched(blobs: Iterable[Blob], _total: int) -> Iterable[Blob]:
    """Copy without anybody looking."""
    return blobs


@dataclass(frozen=True, slots=True)
class Summary:
    """What was copied.

    Attributes:
        blobs: How many files were copied whole.
        size: Their bytes.
        damaged: Digests of files that were missing or damaged where they were copied from.
    """

    blobs: int
    size: int
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: When it was made.
        dialect: The kind of database it comes from.
        schema: The number of its last migration.
        summary: What was copied of the evidence.
        tables: For a copy of tables their columns, in the order of writing.
        files: SHA-256 of every file but the evidence, which is named by its own.
    """

    made_at: str
    dialect: str
    schema: str
    summary: Summary
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the list of a backup whose files are all there; without it a folder is no backup."""
    summary = manifest.summary
    record = {
        "form": FORM,
        "made_at": manifest.made_at,
        "database": manifest.dialect,
        "schema": manifest.schema,
        "blobs": summary.blobs,
        "bytes": summary.size,
        "damaged": list(summary.damaged),
        "tables": {name: list(columns) for name, columns in manifest.tables.items()},
        "files": dict(manifest.files),
    }
    with speaking():
        write_durably(folder / MANIFEST, [json.dumps(record, ensure_ascii=False, indent=2).encode()])


def read_manifest(folder: Path) -> Manifest:
    """Read the list and check every file against it.

    Raises:
        ZhenggaiError: ``backup_unreadable`` or ``backup_damaged``.
    """
    try:
        manifest = _understood((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ZhenggaiError("backup_unreadable", folder=str(folder), what=MANIFEST) from error
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            raise ZhenggaiError("backup_unreadable", folder=str(folder), what=name)
        if digest_of(path) != digest:
            raise ZhenggaiError("backup_damaged", what=name)
    return manifest


def _understood(text: str) -> Manifest:
    record = json.loads(text)
    if record["form"] != FORM:
        raise ValueError(f"form {record['form']}")
    return Manifest(
        made_at=str(record["made_at"]),
        dialect=str(record["database"]),
        schema=str(record["schema"]),
        summary=Summary(record["blobs"], record["bytes"], tuple(record["damaged"])),
        tables={name: tuple(columns) for name, columns in record["tables"].items()},
        files=dict(record["files"]),
    )


def write_blobs(folder: Path, blobs: Iterable[Blob]) -> None:
    """Write down which evidence there is."""
    with speaking():
        write_durably(folder / BLOBS, (_line(blob) for blob in blobs))


def read_blobs(folder: Path) -> Iterator[Blob]:
    """Give the evidence that was written down."""
    with speaking(), (folder / BLOBS).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Blob(record["digest"], record["sm3"], record["size"], tuple(record["chunks"]))


def _line(blob: Blob) -> bytes:
    record = {"digest": blob.digest, "sm3": blob.sm3, "size": blob.size, "chunks": list(blob.chunks)}
    return f"{json.dumps(record)}\n".encode()


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    found = hashlib.sha256()
    with speaking(), path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def write_durably(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a new file that outlasts a power failure when this returns."""
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
