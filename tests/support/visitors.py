"""People in front of a browser: each has a window of their own, and none may be led to another host.

It knows no page of the product.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

_HERE: Final = {"127.0.0.1", "localhost", "::1"}
_DESK: Final = (1440, 900)


# Without slots: Playwright hangs its own notes on whoever listens to it.
@dataclass
class Visitors:
    """Opens windows and remembers what no page of the product may do.

    Attributes:
        complaints: requests for another host, errors of scripts, what the Content-Security-Policy refused.
    """

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, size: tuple[int, int] = _DESK, language: str = "zh-CN", *, scripts: bool = True) -> Page:
        """A window with cookies of its own.

        Args:
            size: width and height in CSS pixels.
            language: what the browser asks for in ``Accept-Language``.
            scripts: whether JavaScript runs.
        """
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self._contexts.append(context)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        return context.new_page()

    def close(self) -> None:
        """Closes every window that was opened."""
        for context in self._contexts:
            context.close()

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in _HERE:
            self.complaints.append(f"request for another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # An answer of 4xx is also written to the console; tests of refusals want those.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")
