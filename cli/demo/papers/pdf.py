"""A one-page PDF with a heading and lines of Chinese text.

The font is one that every reader of PDF stands in for, so the file stays small. Must not know what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_TOP, _LEFT = 760, 72
_HEADING, _TEXT, _STEP = 17, 11.5, 24
_PAGE: Final = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F 5 0 R >> >> >>"
)
_FONT: Final = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
    b" /DescendantFonts [6 0 R] >>"
)
# Glyphs 1 to 95 of this collection are the Latin ones, half as wide as a Chinese character.
_GLYPHS: Final = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>"
)
_DESCRIPTOR: Final = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def pdf(heading: str, lines: Sequence[str]) -> bytes:
    """Give a PDF; the same words give the same bytes."""
    content = _content(heading, lines)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        _FONT,
        _GLYPHS,
        _DESCRIPTOR,
    )
    out, places = bytearray(b"%PDF-1.5\n%\xe4\xb8\xad\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _content(heading: str, lines: Sequence[str]) -> bytes:
    said = [_line(heading, _HEADING, _TOP)]
    said += [_line(line, _TEXT, _TOP - _STEP * (n + 1)) for n, line in enumerate(lines, start=1)]
    return b"BT\n" + b"\n".join(said) + b"\nET"


def _line(words: str, size: float, height: int) -> bytes:
    shown = words.encode("utf-16-be").hex()
    return f"/F {size} Tf 1 0 0 1 {_LEFT} {height} Tm <{shown}> Tj".encode()
