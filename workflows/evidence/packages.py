"""Documents that are zip archives of XML: docx, xlsx, pptx and ofd.

Knows what makes an archive each of them; must not know names of files or the other types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from workflows.evidence import xml_text
from workflows.evidence.archives import Archive, open_archive
from workflows.evidence.marking import refuse_marking
from workflows.evidence.ports import FileRefusedError
from workflows.evidence.records import FileType

_MAIN_PARTS = {
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    FileType.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_MACROS = ("macroenabled", "vbaproject", "macrosheet")
_TEXT_ENDINGS = (".xml", ".rels", ".vml")
_CONTENT_TYPES = "[Content_Types].xml"


def examine_office(stream: BinaryIO, expected: FileType) -> bool:
    """Examine a document in Office Open XML.

    Args:
        stream: The whole file, seekable.
        expected: Which of docx, xlsx and pptx it has to be.

    Returns:
        Whether all its text was searched; documents embedded in it are not opened.

    Raises:
        FileRefusedError: ``file_type_mismatch``, ``file_with_macros``, ``archive_too_large`` or
            ``classified_marking``.
    """
    with open_archive(stream) as archive:
        types = _attributes(archive, _CONTENT_TYPES, "ContentType")
        if any(word in text.lower() for text in (*types, *archive.names) for word in _MACROS):
            raise FileRefusedError("file_with_macros")
        if _MAIN_PARTS[expected] not in types:
            raise FileRefusedError("file_type_mismatch")
        _refuse_marking(archive)
        return not any("/embeddings/" in name.lower() for name in archive.names)


def examine_ofd(stream: BinaryIO) -> bool:
    """Examine a document in OFD; the same promises as :func:`examine_office`."""
    with open_archive(stream) as archive:
        roots: list[str] = []
        parser = xml_text.new_parser()
        parser.StartElementHandler = lambda name, _: roots.append(xml_text.local(name))
        xml_text.parse(_part(archive, "OFD.xml"), parser)
        if roots[:1] != ["OFD"] or "DocBody" not in roots:
            raise FileRefusedError("file_type_mismatch")
        _refuse_marking(archive)
        return True


def _part(archive: Archive, name: str) -> Iterable[bytes]:
    entry = archive.entry(name)
    if entry is None:
        raise FileRefusedError("file_type_mismatch")
    return archive.read(entry)


def _attributes(archive: Archive, part: str, wanted: str) -> set[str]:
    """Give the values of one attribute wherever it stands in a part."""
    values: set[str] = set()
    parser = xml_text.new_parser()
    parser.StartElementHandler = _collector(values, wanted)
    xml_text.parse(_part(archive, part), parser)
    return values


def _collector(values: set[str], wanted: str) -> Callable[[str, list[str]], None]:
    def collect(_: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        values.update(value for name, value in pairs if name == wanted)

    return collect


def _refuse_marking(archive: Archive) -> None:
    """Search every text part, also those that no other part refers to."""
    for entry in archive.entries():
        if not entry.filename.lower().endswith(_TEXT_ENDINGS):
            continue
        if xml_text.may_hold_marking(archive.read(entry)):
            refuse_marking(xml_text.marking_in_xml(archive.read(entry)))
