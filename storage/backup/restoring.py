"""Puts a backup back into an empty installation: evidence first, the database last, all of it checked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import inspect, select

from engine.errors import ZhenggaiError
from storage import migrating
from storage.backup import copying, evidence
from storage.backup.manifest import (
    DATABASE,
    EVIDENCE,
    Manifest,
    Summary,
    Watch,
    read_blobs,
    read_manifest,
    unwatched,
)
from storage.blobs.directory import DirectoryBlobStore
from storage.blobs.files import make_folder, speaking, sync_folder
from storage.database import Database
from storage.tables import organisation
from workflows.evidence.ports import BlobStore

_ASIDE = ".restoring"


def restore(folder: Path, database: Database, blobs: BlobStore, watch: Watch = unwatched) -> Summary:
    """Put a backup back while nothing runs.

    Evidence that the backup itself names as damaged is left out and named again.

    Raises:
        ZhenggaiError: ``restore_not_empty``, ``backup_unreadable``, ``backup_damaged``, ``backup_newer`` or
            ``backup_other_database``; nothing was put into the database.
        SurroundingsError: Database or disk failed; nothing was put into the database.
    """
    folder = folder.absolute()
    manifest = read_manifest(folder)
    _refuse_unfitting(manifest, database)
    source = DirectoryBlobStore(folder / EVIDENCE)
    known = set(manifest.summary.damaged)
    wanted = (blob for blob in read_blobs(folder) if blob.digest not in known)
    summary = evidence.copy_blobs(wanted, manifest.summary.blobs, source, blobs, watch)
    if summary.damaged:
        raise ZhenggaiError("backup_damaged", what=f"{EVIDENCE}/{summary.damaged[0]}")
    if database.path is not None:
        _put_back_file(folder / DATABASE, database.path)
        database.migrate()
    else:
        with database.write() as connection:
            copying.load_tables(connection, folder, manifest.schema, manifest.tables)
    return Summary(summary.blobs, summary.size, manifest.summary.damaged)


def _refuse_unfitting(manifest: Manifest, database: Database) -> None:
    if manifest.dialect != database.dialect:
        raise ZhenggaiError("backup_other_database", found=manifest.dialect, wanted=database.dialect)
    if not migrating.is_known(manifest.schema):
        raise ZhenggaiError("backup_newer", found=manifest.schema, wanted=migrating.newest())
    if not _is_empty(database):
        raise ZhenggaiError("restore_not_empty", what=database.dialect)


def _is_empty(database: Database) -> bool:
    if database.path is not None and not database.path.exists():
        return True
    with database.read() as connection:
        if not inspect(connection).has_table(organisation.name):
            return not inspect(connection).get_table_names()
        return connection.execute(select(organisation.c.id).limit(1)).first() is None


def _put_back_file(copy: Path, target: Path) -> None:
    """Let the whole file appear at once under its name, or nothing."""
    aside = target.with_name(f"{target.name}{_ASIDE}")
    with speaking():
        make_folder(target.parent)
        shutil.copyfile(copy, aside)
        aside.chmod(0o600)
    copying.check_sqlite(aside)
    with speaking():
        handle = os.open(aside, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        aside.rename(target)
        sync_folder(target.parent)
