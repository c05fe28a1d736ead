"""Small sound files of every allowed type, each able to carry a given text."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import openpyxl

from tests.documents.pdf_samples import pdf_showing
from workflows.evidence.records import FileType

CONTENT_TYPES = "[Content_Types].xml"
TYPES_XML = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/main.xml" ContentType="{}"/></Types>'
)
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_of(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pptx_of(text: str) -> bytes:
    slide = f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
    return zipped({CONTENT_TYPES: TYPES_XML.format(PRESENTATION), "ppt/slides/slide1.xml": slide})


def ofd_of(text: str) -> bytes:
    root = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody/></ofd:OFD>'
    page = (
        '<ofd:Page xmlns:ofd="o"><ofd:TextObject Boundary="31.7 20 30 5">'
        f'<ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject></ofd:Page>'
    )
    return zipped({"OFD.xml": root, "Doc_0/Pages/Page_0/Content.xml": page})


def _entry(name: str, kind: int, left: int, right: int, child: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII", raw, len(raw), kind, 1, left, right, child).ljust(128, b"\0")


def compound_of(main: str, text: str, *more: str) -> bytes:
    """A compound file: table, directory with the main stream and further ones in a row, then the text."""
    none = 0xFFFFFFFF
    names = [main, *more]
    entries = [_entry("Root Entry", 5, none, none, 1)]
    entries += [
        _entry(name, 2, none, number + 1 if number < len(names) else none, none)
        for number, name in enumerate(names, 1)
    ]
    sectors = -(-len(entries) // 4)
    directory = b"".join(entries).ljust(512 * sectors, b"\0")
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    magic = bytes.fromhex("D0CF11E0A1B11AE1")
    head = (
        magic
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, none, 0, none, 0, 0)
    )
    return head.ljust(512, b"\xff") + table + directory + text.encode("utf-16-le")


def jpg() -> bytes:
    return base64.b64decode(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQ"
        "CgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
        "VN//2Q=="
    )


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def mp4(brand: bytes = b"isom") -> bytes:
    return (
        box(b"ftyp", brand + bytes(4) + b"mp42" * (brand == b"isom")) + box(b"mdat", b"film") + box(b"moov")
    )


def sample(kind: FileType, text: str = "整改情况") -> bytes:
    """A sound file of a type; a picture or film carries no text."""
    made: dict[FileType, bytes] = {
        FileType.PDF: pdf_showing(text),
        FileType.OFD: ofd_of(text),
        FileType.DOCX: docx_of(text),
        FileType.XLSX: xlsx_of(text),
        FileType.PPTX: pptx_of(text),
        FileType.WPS: compound_of("WordDocument", text),
        FileType.ET: compound_of("Workbook", text),
        FileType.JPG: jpg(),
        FileType.PNG: png(),
        FileType.MP4: mp4(),
        FileType.TXT: text.encode(),
    }
    return made[kind]
