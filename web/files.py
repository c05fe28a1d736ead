"""Files that the product makes itself, handed out to be saved."""

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
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response
