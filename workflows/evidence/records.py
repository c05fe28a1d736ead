"""The records of evidence: the bytes that were stored, and what a check found out about a file.

Must not know where the bytes lie. A claim about what they prove is no part of them: the same bytes may be
claimed by many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CHUNK_SIZE = 1 << 20
"""Bytes of a chunk; every chunk of a blob but the last has exactly this size."""

_HEX_256 = re.compile(r"[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Say whether a text is a 256-bit digest in small hexadecimal letters."""
    return _HEX_256.fullmatch(text) is not None


def readable_size(size: int) -> str:
    """Give a number of bytes as people read it, rounded down: ``2 GB``, ``512 KB``, ``17 B``.

    A unit is 1,024 of the one before it, as file managers count.
    """
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} B"


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes in the store, named by their content.

    Attributes:
        digest: SHA-256 of all bytes; the name of the blob.
        sm3: SM3 of all bytes.
        size: Number of bytes, at least one.
        chunks: SHA-256 of each chunk in order, so that a part can be checked without reading the whole.
    """

    digest: str
    sm3: str
    size: int
    chunks: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a record that no bytes could have."""
        if not all(map(is_digest, (self.digest, self.sm3, *self.chunks))):
            raise ValueError("a digest of a blob is 64 small hexadecimal digits")
        if self.size < 1 or len(self.chunks) != -(-self.size // CHUNK_SIZE):
            raise ValueError(f"{self.size} bytes do not make {len(self.chunks)} chunks")


class FileType(StrEnum):
    """The types of file that may be handed in; the value is the ending of the name."""

    PDF = "pdf"  #: A document in the Portable Document Format.
    OFD = "ofd"  #: A document in the national layout format, GB/T 33190.
    DOCX = "docx"  #: A text document in Office Open XML.
    XLSX = "xlsx"  #: A workbook in Office Open XML.
    PPTX = "pptx"  #: A presentation in Office Open XML.
    WPS = "wps"  #: A text document of WPS Office in a compound file.
    ET = "et"  #: A workbook of WPS Office in a compound file.
    JPG = "jpg"  #: A photograph.
    PNG = "png"  #: A picture or a screenshot.
    MP4 = "mp4"  #: A film.
    TXT = "txt"  #: Plain text in UTF-8, UTF-16 with its mark, or GB 18030.


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed the checks.

    Attributes:
        name: The name as given, cleaned of what could mislead or harm.
        type: The type that both the name and the content have.
        media_type: What to call the type in a response's header.
        text_examined: Whether all text was within reach of the search for a marking of secrecy. False for
            pictures, films, encrypted and scanned documents: there only a person can look.
    """

    name: str
    type: FileType
    media_type: str
    text_examined: bool
