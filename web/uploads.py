"""Takes what a browser sends as files: each is stored before anything else is decided, so nothing is lost."""

from __future__ import annotations

from flask import Request

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
