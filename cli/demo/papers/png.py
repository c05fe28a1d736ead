"""Small pictures that stand for photographs: lamps along a road at dusk, and rows of equipment.

Every picture is drawn point by point; must not know what it is handed in for.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

_WIDTH, _HEIGHT = 320, 200
Colour = tuple[int, int, int]


def lamps(count: int) -> bytes:
    """Give a road at dusk with so many lamps."""
    gap = _WIDTH // count
    ground, pole, glow = 150, 60, 13

    def point(x: int, y: int) -> Colour:
        lamp = (x // gap) * gap + gap // 2
        distance = (x - lamp) ** 2 + (y - pole) ** 2
        if distance < glow**2:
            return (255, 236, 170) if distance < (glow // 2) ** 2 else (214, 190, 130)
        if abs(x - lamp) <= 1 and pole < y < ground:
            return (70, 72, 80)
        if y >= ground:
            return (58, 60, 66) if (x // 20) % 2 or abs(y - 175) > 1 else (190, 190, 180)
        shade = y * 70 // ground
        return (30 + shade, 40 + shade, 80 + shade)

    return _png(point)


def shelves(count: int) -> bytes:
    """Give a wall with so many rows of boxes."""
    row = _HEIGHT // count

    def point(x: int, y: int) -> Colour:
        across, down = x % 40, y % row
        if down < row // 6:
            return (120, 96, 70)
        if across in range(4, 36) and down > row // 3:
            return (86, 120, 150) if (x // 40 + y // row) % 3 else (150, 160, 170)
        return (228, 226, 220)

    return _png(point)


def _png(point: Callable[[int, int], Colour]) -> bytes:
    # Every line begins with the number of its filter, which is none.
    lines = (b"\x00" + b"".join(bytes(point(x, y)) for x in range(_WIDTH)) for y in range(_HEIGHT))
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
