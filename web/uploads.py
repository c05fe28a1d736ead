"""Takes what a browser sends as files: each is stored before anything else is decided, so nothing is lost."""

from __future__ import annotations

from flask import Request

from engine.reasons import Reason, deny
from workflows.evidence.ports import FileRefusedError

_PIECE = 1 << 16


def drain(request: Request) -> None:
    """Read and throw away what is left of a request; a browser that is still sending would see no answer.

    A request of more than twice what may be sent is not worth the time.
    """
    patience = 2 * (request.max_content_length or 0)
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, patience)
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
