"""Takes what a browser sends as files: each is stored before anything else is decided, so nothing is lost."""

from __future__ import annotations

from flask import Request

from engine.reasons import Reason, deny
from workflows.evidence.ports import FileRefusedError

_PIECE = 1 << 16
_PATIENCE = 512 << 20
"""Bytes that are still read of a request that is too large, so that the browser listens to the answer."""


def drain(request: Request) -> None:
    """Read and throw away what is left of a request; a browser that is still sending would see no answer."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _PATIENCE)
    while left > 0:
        piece = stream.read(min(_PIECE, left))
        if not piece:
            return
        left -= len(piece)


def why_refused(error: FileRefusedError, name: str) -> Reason:
    """Say why a file was refused, always with its name: a request may bring several.

    Args:
        error: The refusal; a store of bytes knows no name.
        name: The file's name as the browser gave it.
    """
    if error.code == "file_empty":
        return deny("upload_empty", name=name)
    if error.code == "file_too_large":
        return deny("upload_too_large", name=name, limit=error.params["limit"])
    return deny(error.code, **{"name": name, **error.params})
