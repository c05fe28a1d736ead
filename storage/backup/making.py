"""Makes a backup: the database, then all evidence that it speaks of, then the list that completes it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from engine.canonical import moment
from engine.errors import ZhenggaiError
from storage import migrating
from storage.backup import copying, evidence
from storage.backup.manifest import (
    BLOBS,
    DATABASE,
    EVIDENCE,
    TABLES,
    Manifest,
    Summary,
    Watch,
    digest_of,
    unwatched,
    write_blobs,
    write_manifest,
)
from storage.blobs.directory import DirectoryBlobStore
from storage.blobs.files import make_folder, speaking
from storage.database import Database
from workflows.evidence.ports import BlobStore


def back_up(
    database: Database, blobs: BlobStore, folder: Path, now: datetime, watch: Watch = unwatched
) -> Summary:
    """Copy database and evidence into an empty folder while everything runs.

    Evidence is stored before the database speaks of it, and copied after the database: what the copy speaks
    of is there.

    Raises:
        ZhenggaiError: ``backup_folder_used``.
        SurroundingsError: Database or disk failed; the folder is no backup then.
    """
    folder = folder.absolute()
    with speaking():
        make_folder(folder)
        used = any(folder.iterdir())
    if used:
        raise ZhenggaiError("backup_folder_used", folder=str(folder))
    tables: dict[str, tuple[str, ...]] = {}
    if database.path is not None:
        copying.copy_sqlite(database.path, folder)
    else:
        tables = copying.copy_tables(database, folder)
    total = evidence.count_blobs(database)
    write_blobs(folder, evidence.list_blobs(database))
    target = DirectoryBlobStore(folder / EVIDENCE)
    summary = evidence.copy_blobs(evidence.list_blobs(database), total, blobs, target, watch)
    names = [BLOBS, *([DATABASE] if database.path else [f"{TABLES}/{name}" for name in tables])]
    manifest = Manifest(
        made_at=moment(now),
        dialect=database.dialect,
        schema=migrating.newest(),
        summary=summary,
        tables=tables,
        files={name: digest_of(folder / name) for name in names},
    )
    write_manifest(folder, manifest)
    return summary
