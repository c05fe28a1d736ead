"""The search for a marking of secrecy in a PDF.

Searched are the bytes as they stand, which also finds what no page shows any more where it is not packed,
and all text that ``documents.pdf_reading`` reads; the caller is told where that was not all there is.
"""

from __future__ import annotations

from typing import BinaryIO

from workflows.documents.pdf_reading import read_pdf
from workflows.evidence.marking import find_in_bytes, find_in_text, overlapping, refuse_marking
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import blocks, read_at


def examine_pdf(stream: BinaryIO) -> bool:
    """Examine a PDF.

    Returns:
        Whether all of its text was within reach.

    Raises:
        FileRefusedError: ``file_type_mismatch`` or ``classified_marking``.
    """
    if not read_at(stream, 0, 64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        raise FileRefusedError("file_type_mismatch")
    for piece in overlapping(blocks(stream)):
        refuse_marking(find_in_bytes(piece, ("utf-8", "utf-16-be", "gb18030")))
    found = read_pdf(stream)
    for text in (*found.pages, *found.beside):
        refuse_marking(find_in_text(text))
    return found.complete
