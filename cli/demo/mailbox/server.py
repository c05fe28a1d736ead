"""A real mail server on the loopback address that puts every mail into the mailbox and sends none on."""

from __future__ import annotations

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from cli.demo.mailbox.letters import Letters

HOST = "127.0.0.1"
"""Only this machine can hand mails in."""


class MailServer:
    """Runs beside the pages in a thread of its own."""

    def __init__(self, letters: Letters) -> None:
        self._controller = _Controller(_Handler(letters), hostname=HOST, port=0)

    def start(self) -> str:
        """Begin to listen, and give the address as the product's settings want it."""
        self._controller.start()
        return f"smtp://{HOST}:{self._controller.port}"

    def stop(self) -> None:
        """End; mails that were taken are kept."""
        self._controller.stop(no_assert=True)


class _Handler:
    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_DATA(  # noqa: N802  # aiosmtpd finds its hooks by these names.
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a whole mail; where the disk refuses, it has not arrived and is sent again later."""
        content = envelope.content or b""
        try:
            self._letters.take(content.encode() if isinstance(content, str) else content)
        except OSError:
            return "451 4.3.0 The mailbox cannot be written"
        return "250 2.0.0 Taken"


class _Controller(Controller):
    """A controller on a port of the system's choice."""

    def _trigger_server(self) -> None:
        if self.server is not None:
            self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # asyncio.Server has it.
        super()._trigger_server()  # type: ignore[no-untyped-call]  # The library names no types.
