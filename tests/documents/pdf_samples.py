"""Small PDF files put together by hand, sound ones and such as are not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

DESCENDANT = "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 >>]"
BY_TABLE = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /ToUnicode {} 0 R "
    + DESCENDANT
    + " >>"
)
BARE = "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H " + DESCENDANT + " >>"
HEAD = b"%PDF-1.7\n%\xe4\xb8\xad\n"


def encoded_font(encoding: str) -> str:
    """A font with one of the encodings that every viewer knows."""
    return f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} {DESCENDANT} >>"


def stream_of(content: bytes, extra: str = "", *, packed: bool = True) -> bytes:
    data = zlib.compress(content) if packed else content
    flate = "/Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(data)} {flate} {extra} >>\nstream\n".encode() + data + b"\nendstream"


def pdf_of(*objects: bytes, trailer: str = "", broken: bool = False) -> bytes:
    """A file of numbered objects; the first is the catalogue."""
    out, places = bytearray(HEAD), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = 7 if broken else len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % (place + 9 * broken) for place in places)
    root = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n"
    return bytes(out) + root.encode()


def document(pages: Sequence[bytes], fonts: str, *more: bytes, extra: str = "") -> tuple[bytes, ...]:
    """The objects of a document: catalogue, pages, what is given as more (from 3 on), and the pages' own.

    Args:
        pages: The stream that each page shows.
        fonts: The fonts that all pages may use, by name.
        more: Further objects.
        extra: What else stands in the dictionary of each page.
    """
    first = 3 + len(more)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        *more,
    ]
    for number, shown in enumerate(pages):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R"
            f" /Resources << /Font << {fonts} >> >> {extra} >>"
        )
        objects += [page.encode(), shown]
    return tuple(objects)


def pdf_showing(text: str) -> bytes:
    """One page with a text in a font that every viewer has, each sign placed by itself."""
    lines = []
    for number, line in enumerate(text.splitlines() or [""]):
        lines += [
            f"1 0 0 1 {90 + 16 * column} {700 - 28 * number} Tm <{sign.encode('utf-16-be').hex()}> Tj"
            for column, sign in enumerate(line)
        ]
    content = f"q BT /F1 16 Tf {' '.join(lines)} ET Q".encode()
    return pdf_of(*document([stream_of(content)], f"/F1 {encoded_font('UniGB-UTF16-H')}"))


def with_object_streams(objects: Sequence[bytes]) -> bytes:
    """The same objects as a program of today writes them: packed together, found by a packed table."""
    plain = {number: body for number, body in enumerate(objects, start=1) if b"stream\n" in body}
    within = [(number, body) for number, body in enumerate(objects, start=1) if number not in plain]
    holder, table = len(objects) + 1, len(objects) + 2
    places, bodies = [], b""
    for number, body in within:
        places.append(f"{number} {len(bodies)}")
        bodies += body + b"\n"
    head = " ".join(places).encode() + b"\n"
    plain[holder] = stream_of(head + bodies, f"/Type /ObjStm /N {len(within)} /First {len(head)}")
    out, rows = bytearray(HEAD), {0: (0, 0, 65535)}
    rows |= {number: (2, holder, index) for index, (number, _) in enumerate(within)}
    for number, body in plain.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[table] = (1, len(out), 0)
    entries = b"".join(struct.pack(">BIH", *rows[number]) for number in range(table + 1))
    extra = f"/Type /XRef /W [1 4 2] /Size {table + 1} /Root 1 0 R"
    start = len(out)
    return bytes(out + b"%d 0 obj\n%s\nendobj\n" % (table, stream_of(entries, extra))) + (
        b"startxref\n%d\n%%%%EOF\n" % start
    )
