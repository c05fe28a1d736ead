"""The small court behind a real server on a port of its own: real log-ins, real tokens against forgery.

It knows how pages are served, and none of them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.seed import Court, court
from web import WebConfig
from web.context import EXTENSION

_HERE: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """The court and where it is found."""

    court: Court
    address: str


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Leave the test's output to what failed."""


@contextmanager
def served(url: str, *, file_limit: int = 1 << 20, request_limit: int = 8 << 20) -> Iterator[Served]:
    """Make the court in an empty database and serve its pages, each request in a thread of its own.

    Args:
        url: The database.
        file_limit: The most bytes of one file; far fewer than usual, so that a test can go beyond.
        request_limit: The most bytes of one request; likewise.
    """
    found = court(url)
    config: WebConfig = found.app.extensions[EXTENSION]
    found.app.extensions[EXTENSION] = replace(config, file_limit=file_limit, request_limit=request_limit)
    found.app.config["MAX_CONTENT_LENGTH"] = request_limit
    found.app.config["WTF_CSRF_ENABLED"] = True
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server(_HERE, 0, found.app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, name="pages")
    thread.start()
    try:
        yield Served(found, f"http://{_HERE}:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        found.database.close()
