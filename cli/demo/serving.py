"""Serves the pages of a demonstration to this machine alone, with as many threads as are needed."""

from __future__ import annotations

import errno
import logging
import socket
from typing import TYPE_CHECKING, Final

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from cli.errors import SurroundingsFailed
from cli.language import pick

if TYPE_CHECKING:
    from flask import Flask

HOST: Final = "127.0.0.1"
"""Only this machine can open the pages."""

_WAITING: Final = 128
_NEXT_PORTS: Final = 20


class _Quiet(WSGIRequestHandler):
    """Says nothing about requests, and to browsers nothing about itself."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Leave the terminal to the people's own words."""

    def version_string(self) -> str:
        """Give the product's name alone."""
        return "zhenggai"


def reserve(port: int | None, preferred: int) -> socket.socket:
    """Take a port before anything else is done.

    Args:
        port: The port that was asked for; None where none was, and then one after the preferred one will do.
        preferred: The port that is taken where nobody else has it.

    Raises:
        SurroundingsFailed: It is taken, or may not be used.
    """
    candidates = [port] if port is not None else list(range(preferred, preferred + _NEXT_PORTS))
    for candidate in candidates:
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((HOST, candidate))
            line.listen(_WAITING)
        except OSError as error:
            line.close()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return line
    raise SurroundingsFailed(
        pick(
            f"端口 {candidates[0]} 已被占用：请用 --port 另选一个。",
            f"Port {candidates[0]} is taken: choose another with --port.",
        )
    )


def server_of(app: Flask, line: socket.socket) -> BaseWSGIServer:
    """Give a server on a reserved port."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    port = line.getsockname()[1]
    return make_server(HOST, port, app, threaded=True, request_handler=_Quiet, fd=line.fileno())
