"""The text of a PDF, read by pypdf in a process of its own.

The promise: whatever the file holds, reading it ends, takes at most ``MAX_SECONDS`` of processor time and
``MAX_MEMORY`` bytes, and does not fail; what could not be read is said. Must not know what the text is for.

Read are the pages in the order in which they are drawn, and beside them titles, bookmarks, remarks, stamps
and the values of forms. Fonts are read by their own table to Unicode or by one of the predefined Chinese
encodings (GBK-EUC, GBK2K, UniGB-UCS2, UniGB-UTF16 and their like). Not read, and said so: scanned pages,
attached files, fonts of bare glyph numbers, AES encryption, filters that the library does not know, and what
lies beyond the limits. Not read, and not said: what an earlier version of the file showed, words given for
reading aloud (ActualText), and signs of a font of one byte that have invented names.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

MAX_SECONDS: Final = 10
"""Seconds of processor time for one file: about a hundred full pages."""

MAX_MEMORY: Final = 256 << 20
"""Bytes of address space of the reading process."""

MAX_OUTPUT: Final = 16 << 20
"""Bytes of text, in JSON, of one file."""

_PROGRAM: Final = Path(__file__).with_name("pdf_program.py")
_PATIENCE: Final = 6
"""How many times its processor time a process may take by the clock, on a machine with much else to do."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read of a PDF.

    Attributes:
        pages: The text of each page, with the ends of lines where the page has them.
        beside: Texts that belong to no page; one may come more than once, and those of pages may come again.
        complete: Whether all text of the file was within reach.
    """

    pages: tuple[str, ...]
    beside: tuple[str, ...]
    complete: bool


def read_pdf(stream: BinaryIO, seconds: int = MAX_SECONDS) -> PdfText:
    """Read a PDF; of one that cannot be read, whatever was found before the fault.

    Args:
        stream: The whole file, seekable; afterwards it stands anywhere.
        seconds: The most processor time to spend.

    Raises:
        OSError: There is no room for a copy of the file, or no process can be started.
    """
    stream.seek(0)
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as output:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        _run(file, output, seconds)
        output.seek(0)
        return _understood(output)


def _run(file: BinaryIO, output: BinaryIO, seconds: int) -> None:
    limits = map(str, (seconds, MAX_MEMORY, MAX_OUTPUT))
    try:
        # Isolated: neither the current folder nor a variable of the surroundings decides what is imported.
        subprocess.run(  # noqa: S603  # Our own program, by its path, with numbers of ours.
            [sys.executable, "-I", str(_PROGRAM), *limits],
            stdin=file,
            stdout=output,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return


def _understood(output: Iterable[bytes]) -> PdfText:
    pages: list[str] = []
    beside: list[str] = []
    complete = False
    for line in output:
        if not line.endswith(b"\n"):
            # The program was ended while it wrote.
            break
        kind, content = json.loads(line)
        if kind == "page":
            pages.append(content)
        elif kind == "beside":
            beside.append(content)
        else:
            complete = content
    return PdfText(tuple(pages), tuple(beside), complete)
