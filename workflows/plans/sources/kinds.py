"""Tells by name and content which reader a file needs, and refuses what none can read."""

from __future__ import annotations

from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from workflows.plans.errors import UnreadablePlanError

MOST_BYTES: Final = 20 * 1024 * 1024
"""The largest file that is read; plans of 300 pages have a few megabytes."""

_READERS = MappingProxyType(
    {".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".docx": "word"}
)
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_OLD = frozenset({".doc", ".wps", ".dot", ".rtf"})
_FORMATS = ".txt、.md、.docx"


def reader_for(name: str, data: bytes) -> str:
    """Give the module of ``sources`` that reads this file.

    Args:
        name: The file's name; its ending counts.
        data: All of its bytes.

    Raises:
        UnreadablePlanError: ``plan_empty``, ``plan_too_large``, ``plan_format_old``, ``plan_format_unknown``
            or ``plan_damaged``.
    """
    suffix = PurePath(name).suffix.lower()
    if not data.strip():
        raise UnreadablePlanError("plan_empty")
    if len(data) > MOST_BYTES:
        raise UnreadablePlanError("plan_too_large", limit_mb=MOST_BYTES // 2**20)
    if suffix in _OLD or (data.startswith(_COMPOUND) and suffix in _READERS):
        # An encrypted .docx is such a compound file too; both are mended by saving the file anew.
        raise UnreadablePlanError("plan_format_old", name=name)
    reader = _READERS.get(suffix or ".txt")
    if reader is None:
        raise UnreadablePlanError("plan_format_unknown", name=name, formats=_FORMATS)
    if data.startswith(_ZIP) != (reader == "word"):
        raise UnreadablePlanError("plan_damaged", name=name)
    return reader
