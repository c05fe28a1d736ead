"""The name of a handed-in file: kept as given, cleaned of what could mislead a reader or harm a system.

Must not know what the file holds; whether the ending is allowed is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

from workflows.evidence.ports import FileRefusedError

MAX_BYTES = 200
"""The most bytes of a cleaned name in UTF-8: folders hold 255, and an archive puts a number before it."""

_MAX_ENDING = 16
_NOT_ON_WINDOWS = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_DROPPED = {
    "Cc",  # Control characters, the line feed among them.
    "Cf",  # Invisible ones, among them those that turn the direction of writing and hide the true ending.
    "Cs",  # Halves of a character, which no file system can store.
    "Zl",  # Line separator.
    "Zp",  # Paragraph separator.
}


def clean_name(given: str) -> str:
    """Clean the name that a browser gave.

    Folders before the name, invisible and direction-turning characters are dropped; characters that Windows
    forbids become ``_``; a name too long is cut before its ending. Everything else stays as it was given.

    Raises:
        FileRefusedError: ``file_name_invalid`` where nothing of a name remains.
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    composed = unicodedata.normalize("NFC", last)
    visible = "".join(sign for sign in composed if unicodedata.category(sign) not in _DROPPED)
    # Windows drops dots and blanks at the end, and a dot in front hides the file elsewhere.
    name = visible.translate(_NOT_ON_WINDOWS).strip().strip(". \u3000")
    stem, dot, ending = name.rpartition(".")
    if not (stem if dot else ending).strip("_. \u3000"):
        raise FileRefusedError("file_name_invalid")
    if _DEVICES.match(name):
        name = f"_{name}"
    return _shortened(name)


def ending_of(name: str) -> str:
    """Give the ending of a cleaned name in small letters without its dot; empty where it has none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _shortened(name: str) -> str:
    """Cut a name to its limit at the boundary of a character, keeping a short ending."""
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _MAX_ENDING:
        stem, dot, ending = name, "", ""
    room = MAX_BYTES - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". \u3000") + dot + ending
