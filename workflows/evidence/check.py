"""The check of a handed-in file before anything of it is stored.

Knows which examination belongs to which type. Must not know who hands in the file or where it will lie.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import BinaryIO

from workflows.evidence import compound, media, packages, pdf, plain
from workflows.evidence.marking import find_in_text, refuse_marking
from workflows.evidence.names import clean_name, ending_of
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.reading import size_of
from workflows.evidence.records import CheckedFile, FileType

MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.OFD: "application/ofd",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileType.WPS: "application/vnd.ms-works",
    FileType.ET: "application/vnd.ms-excel",
    FileType.JPG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.MP4: "video/mp4",
    FileType.TXT: "text/plain",
}
"""What each type is called in a response's header."""

_OTHER_ENDINGS = {"jpeg": FileType.JPG}
_EXAMINATIONS: dict[FileType, Callable[[BinaryIO], bool]] = {
    FileType.PDF: pdf.examine_pdf,
    FileType.OFD: packages.examine_ofd,
    FileType.JPG: media.examine_jpg,
    FileType.PNG: media.examine_png,
    FileType.MP4: media.examine_mp4,
    FileType.TXT: plain.examine_txt,
    **{
        kind: partial(packages.examine_office, expected=kind)
        for kind in (FileType.DOCX, FileType.XLSX, FileType.PPTX)
    },
    **{kind: partial(compound.examine_compound, expected=kind) for kind in (FileType.WPS, FileType.ET)},
}


def check_file(given: str, stream: BinaryIO, allowed: Collection[FileType] = tuple(FileType)) -> CheckedFile:
    """Check a file's name, type, content and text; afterwards the stream stands at its beginning again.

    The memory used does not grow with the file.

    Args:
        given: The name as the browser gave it.
        stream: The whole file, seekable.
        allowed: The types that may be handed in here.

    Returns:
        What the check found out.

    Raises:
        FileRefusedError: ``file_name_invalid``; ``file_type_forbidden`` (``name``, ``allowed``);
            ``file_empty``, ``file_type_mismatch``, ``file_with_macros``, ``archive_too_large``
            (``name``, ``type``); ``classified_marking`` (``name``, ``type``, ``marking``).
    """
    name = clean_name(given)
    kind = _type_of(name)
    if kind is None or kind not in allowed:
        listed = ", ".join(each for each in FileType if each in allowed)
        raise FileRefusedError("file_type_forbidden", name=name, allowed=listed)
    if size_of(stream) == 0:
        raise FileRefusedError("file_empty", name=name, type=kind.value)
    try:
        refuse_marking(find_in_text(name))
        examined = _EXAMINATIONS[kind](stream)
    except FileRefusedError as refusal:
        raise FileRefusedError(refusal.code, **refusal.params, name=name, type=kind.value) from refusal
    stream.seek(0)
    return CheckedFile(name, kind, MEDIA_TYPES[kind], examined)


def _type_of(name: str) -> FileType | None:
    ending = ending_of(name)
    if ending in _OTHER_ENDINGS:
        return _OTHER_ENDINGS[ending]
    return FileType(ending) if ending in set(FileType) else None
