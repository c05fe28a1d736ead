"""From the settings to what the processes work with: database, evidence, calendar and ladders.

Everything that opens an installation does it through here, so that server, scheduler and commands find the
same things in the same places.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.settings import Settings

if TYPE_CHECKING:
    from storage.blobs.directory import DirectoryBlobStore
    from storage.database import Database
    from workflows.rectification.service import Rules

_EVIDENCE: Final = "evidence"


def evidence_folder(settings: Settings) -> Path:
    """Where the bytes of files lie."""
    return settings.data_dir / _EVIDENCE


def open_database(settings: Settings) -> Database:
    """The installation's database, with the schema this program was written for.

    Raises:
        SurroundingsError: it cannot be reached, or was not created or upgraded yet.
    """
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        database.check_migrated()
    except BaseException:
        database.close()
        raise
    return database


def open_blobs(settings: Settings) -> DirectoryBlobStore:
    """The installation's evidence.

    Raises:
        SurroundingsError: its folder cannot be made.
    """
    from storage.blobs.directory import DirectoryBlobStore

    return DirectoryBlobStore(evidence_folder(settings))


def rules(settings: Settings) -> Rules:
    """Calendar, time zone and ladders."""
    from workflows.deadlines.calendar import WorkingCalendar
    from workflows.deadlines.loading import standard_ladders
    from workflows.deadlines.timetable import Timetable
    from workflows.rectification.service import Rules

    return Rules(Timetable(WorkingCalendar(), settings.timezone), standard_ladders())
