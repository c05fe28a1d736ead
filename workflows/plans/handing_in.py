"""Takes a plan document in: checks the file, then reads it. Nothing is stored here."""

from __future__ import annotations

import io

from workflows.evidence.check import check_file
from workflows.evidence.records import FileType
from workflows.plans.keeping import Kept
from workflows.plans.read import read_plan
from workflows.plans.sources.kinds import reader_for

TYPES = (FileType.TXT, FileType.DOCX)
"""The types of file a plan may be handed in as."""


def take_in(name: str, data: bytes, year: int | None) -> tuple[str, Kept]:
    """Give a plan document's cleaned name and what was read of it.

    Args:
        name: The file's name as given.
        data: All of its bytes.
        year: The year of dates that name none.

    Raises:
        UnreadablePlanError: It cannot be read as a plan, or has no tasks.
        FileRefusedError: The file may not be stored, for example because it bears a marking of secrecy.
    """
    # What cannot be read as a plan is told first: its sentence says what to do about it.
    reader_for(name, data)
    checked = check_file(name, io.BytesIO(data), TYPES)
    return checked.name, Kept(read_plan(name, data, year), year)
