"""Plain text: it has to be text in one of three encodings, and is searched whole."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from workflows.evidence.marking import TextSearch, find_in_bytes, overlapping, refuse_marking
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import blocks, read_at

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
"""Signs that no text has; tabulators, ends of line and page, and the old sign of a file's end are allowed."""


def examine_txt(stream: BinaryIO) -> bool:
    """Examine a text in UTF-8, in UTF-16 with its byte order mark, or in GB 18030.

    Returns:
        True: all of it was searched.

    Raises:
        FileRefusedError: ``file_type_mismatch`` where it is no text; ``classified_marking``.
    """
    for piece in overlapping(blocks(stream)):
        # One bad byte turns UTF-8 into strange but valid GB 18030, in which no marking would be found.
        refuse_marking(find_in_bytes(piece, ("utf-8",)))
    mark = read_at(stream, 0, 2)
    if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            refuse_marking(_search(stream, encoding))
        except UnicodeDecodeError:
            continue
        return True
    raise FileRefusedError("file_type_mismatch")


def _search(stream: BinaryIO, encoding: str) -> str | None:
    """Read all text, so that what only begins as text is not taken for it, and give its first marking."""
    decoder = codecs.getincrementaldecoder(encoding)()
    search = TextSearch()
    for block in blocks(stream):
        text = decoder.decode(block)
        if _NO_TEXT.search(text):
            raise FileRefusedError("file_type_mismatch")
        search.feed(text)
    decoder.decode(b"", final=True)
    return search.found
