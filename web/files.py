"""Files handed out to be saved: those that the product makes itself, and the name that any of them bears."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from workflows.evidence.check import MEDIA_TYPES
from workflows.evidence.records import FileType


def download(data: bytes, name: str, kind: FileType) -> Response:
    """Answer with a file of the product's own making.

    Args:
        data: Its bytes.
        name: Its name without the ending.
        kind: Its type, which gives the ending.
    """
    response = Response(data, mimetype=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = to_be_saved(f"{name}.{kind}")
    return response


def to_be_saved(name: str) -> str:
    """Give the header that lets a browser save an answer under a name.

    A header holds Latin letters alone, and a server breaks the answer off where it meets others; so the name
    is written as RFC 8187 has it.
    """
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
