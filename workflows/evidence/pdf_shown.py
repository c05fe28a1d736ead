"""The strings that a page of a PDF shows, in the order they are shown, with the ends of lines between them.

Must not know what the strings mean.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

_TOKEN = re.compile(
    rb"(?P<open>\()|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))"
    rb"|(?P<name>/[^\s/<>\[\](){}%]*)|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)|(?P<comment>%[^\r\n]*)"
)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PICTURE_END = re.compile(rb"\sEI(?=\s|$)")
_MATRIX = 6
_SAME_LINE = 0.5


def shown_strings(content: bytes) -> Iterator[bytes | None]:
    """Give every shown string of a content stream, and ``None`` where the text moves up or down."""
    numbers: deque[float] = deque(maxlen=_MATRIX)
    strings: list[bytes] = []
    line = 0.0
    position = 0
    while token := _TOKEN.search(content, position):
        position = token.end()
        kind = token.lastgroup
        if kind == "open":
            text, position = _literal(content, position)
            strings.append(text)
        elif kind == "hex":
            strings.append(_from_hex(token["hex"]))
        elif kind == "number":
            numbers.append(float(token["number"]))
        elif kind == "operator":
            operator = token["operator"]
            if operator == b"ID":
                position = _after_picture(content, position)
            new_line = operator in {b"T*", b"'", b'"'} or (operator in {b"Td", b"TD"} and _moves(numbers))
            if operator == b"Tm" and len(numbers) >= _MATRIX:
                new_line = abs(numbers[-1] - line) > _SAME_LINE
                line = numbers[-1]
            if new_line:
                yield None
            if operator in {b"Tj", b"TJ", b"'", b'"'}:
                yield from strings
            numbers.clear()
            strings.clear()


def _moves(numbers: deque[float]) -> bool:
    """Say whether a step goes up or down."""
    return bool(numbers) and abs(numbers[-1]) > _SAME_LINE


def _literal(content: bytes, start: int) -> tuple[bytes, int]:
    """Read a string in parentheses, which may hold balanced ones; give it and where it ends."""
    depth = 1
    for found in _PARENTHESIS.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return _ESCAPE.sub(_unescaped, content[start : found.start()]), found.end()
    return b"", len(content)


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, line_end, sign = found.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if line_end else _ESCAPED.get(sign, sign)


def _from_hex(digits: bytes) -> bytes:
    clean = b"".join(digits.split())
    return bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode())


def _after_picture(content: bytes, start: int) -> int:
    """Give the position after a picture that stands among the operators."""
    end = _PICTURE_END.search(content, start)
    return end.end() if end else len(content)
